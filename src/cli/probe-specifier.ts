/** A bare probe description as -P, -m, -f, -n and -i take it: which probes it means. */

import type { Probe, ProbePattern } from "../compiler/environment.ts";
import type { ProbeRegistry } from "../providers/registry.ts";
import type { ProgramArgument, Specifier } from "./arguments.ts";
import { Failure } from "./failure.ts";

export interface Description {
  readonly text: string;
  readonly probes: readonly Probe[];
}

const fieldNames = ["provider", "module", "function", "name"] as const;

/** Which fields a specifier may fill; a description is read from the right. */
const fieldCounts: Readonly<Record<Exclude<Specifier, "id">, number>> = {
  provider: 1,
  module: 2,
  function: 3,
  name: 4,
};

/** Undefined where the text is more than descriptions: a predicate or actions follow. */
export function describedProbes(
  { specifier, text }: Extract<ProgramArgument, { kind: "specifier" }>,
  registry: ProbeRegistry,
): readonly Description[] | undefined {
  if (/[{}/;$]/.test(text)) return undefined;
  return text.split(",").map((each) => {
    const description = each.trim();
    if (specifier === "id") {
      return { text: description, probes: registry.findProbesById(Number(description)) };
    }
    const pattern = patternOf(description, specifier);
    return { text: fullText(pattern), probes: registry.findProbes(pattern) };
  });
}

export const fullText = (pattern: ProbePattern): string =>
  fieldNames.map((field) => pattern[field]).join(":");

function patternOf(description: string, specifier: Exclude<Specifier, "id">): ProbePattern {
  const fields = description.split(":");
  const allowed = fieldCounts[specifier];
  if (fields.length > allowed) {
    throw new Failure(
      `invalid probe specifier ${description}: Overspecified probe description: ${description}`,
    );
  }
  const [provider = "", module = "", functionName = "", name = ""] = [
    ...Array<string>(allowed - fields.length).fill(""),
    ...fields,
  ];
  return { provider, module, function: functionName, name };
}
