/** Which buffers are too small for an enabling to start at all (dtrace_state_go of Solaris). */

import type { Ecb, Enabling } from "../../compiler/enabling.ts";
import { numberOption, type Options, textOption } from "../../compiler/options/options.ts";

/** A buffer holds a word at least, if anything is to go into it. */
const smallestBuffer = 8;

/** speculation() looks at them one after the other, and the kernel's verifier at each of them. */
const mostSpeculations = 4096;

/** Why tracing cannot be enabled, in libdtrace's words; undefined where it can. */
export function sizeRefusal(enabling: Enabling, options: Options): string | undefined {
  const { ecbs, aggregations } = enabling;
  const isTooSmall = (name: "bufsize" | "specsize" | "aggsize"): boolean =>
    numberOption(options, name) < smallestBuffer;
  if (
    (isTooSmall("bufsize") && ecbs.some(({ record }) => record.charge > 0)) ||
    (isTooSmall("specsize") && ecbs.some(({ record }) => record.speculates)) ||
    (isTooSmall("aggsize") && aggregations.length > 0)
  ) {
    return "Enabling exceeds size of buffer";
  }
  if (numberOption(options, "nspec") > mostSpeculations) {
    return `nspec of ${numberOption(options, "nspec")}: there can be ${mostSpeculations} speculations`;
  }
  if (textOption(options, "bufpolicy") !== "fill") return undefined;
  const reserve = ecbs.filter(isOfEnd).reduce((sum, { record }) => sum + record.charge, 0);
  return reserve > numberOption(options, "bufsize")
    ? "END enablings exceed size of principal buffer"
    : undefined;
}

/** `fill` keeps room for END's records, whatever else is recorded. */
export function isOfEnd({ probe }: Ecb): boolean {
  return probe.context.kind === "session" && probe.name === "END";
}
