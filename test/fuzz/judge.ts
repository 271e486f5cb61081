/** What must hold of any text: it is compiled or refused in order, and the kernel takes it then. */

import { shippedLibraries } from "../../src/cli/libraries/shipped-libraries.ts";
import { compile, type Failure } from "../../src/compiler/compile.ts";
import { renderFailure, renderTeaching } from "../../src/compiler/diagnostics/render.ts";
import type { Enabling } from "../../src/compiler/enabling.ts";
import { initialOptions, setOption } from "../../src/compiler/options/options.ts";
import { openSystem } from "../../src/consumer/system.ts";
import { VerifierError } from "../../src/kernel/kernel-error.ts";
import { LoadedMaps, loadProgram } from "../../src/kernel/load.ts";

const { environment } = openSystem(
  new Map(
    Object.entries({
      ...{ target: "4711", pid: "4712", uid: "0", gid: "0", euid: "0", egid: "0" },
      ...{ ppid: "1", pgid: "1", sid: "1", projid: "0", taskid: "0" },
    }),
  ),
  initialOptions(),
);
const libraries = shippedLibraries();

export type Verdict =
  | { readonly kind: "loaded" | "compiled" | "refused" }
  | { readonly kind: "wrong"; readonly problem: string };

/** `load` also asks the verifier. */
export function judge(text: string, load: boolean): Verdict {
  try {
    return judgeCompiling(text, load);
  } catch (error) {
    if (error instanceof VerifierError) {
      const log = error.log.trimEnd().split("\n").slice(-12).join("\n");
      return { kind: "wrong", problem: `${error.message}\n${log}` };
    }
    return { kind: "wrong", problem: error instanceof Error ? `${error.stack}` : String(error) };
  }
}

function judgeCompiling(text: string, load: boolean): Verdict {
  const options = initialOptions();
  for (const [name, value] of [
    ["argref", undefined],
    ["bufsize", "64k"],
    ["aggsize", "64k"],
    ["dynvarsize", "256k"],
  ] as const) {
    setOption(options, "command-line", { name, value });
  }
  const result = compile({
    sources: [{ text: { name: "fuzz", kind: "file", text }, probeField: "name" }],
    arguments: ["fuzz", "1", "word"],
    environment,
    options,
    libraries,
  });
  if (result.kind === "failed") return judgeFailures(result.failures);
  if (!load || !isSmall(result.enabling)) return { kind: "compiled" };
  loadAll(result.enabling);
  return { kind: "loaded" };
}

function judgeFailures(failures: readonly Failure[]): Verdict {
  const [failure] = failures;
  if (failure === undefined || failure.diagnostics.length === 0) {
    return { kind: "wrong", problem: "refused without a reason" };
  }
  for (const diagnostic of failure.diagnostics) {
    const source = diagnostic.library?.source ?? failure.source;
    const { start, end, line } = diagnostic.span;
    // Control lines number lines as they like.
    const lines = source.text.includes("#") ? line : source.text.split("\n").length;
    if (start < 0 || start > end || end > source.text.length || line < 1 || line > lines) {
      return {
        kind: "wrong",
        problem: `[${diagnostic.tag}] at ${start} to ${end}, line ${line}: outside the source`,
      };
    }
    const context = { source: failure.source, lineMarkers: failure.lineMarkers, tags: true };
    renderFailure(diagnostic, context);
    renderTeaching(diagnostic, context);
  }
  return { kind: "refused" };
}

const largestMap = 1 << 24;

const isSmall = ({ maps }: Enabling): boolean =>
  maps.every(({ valueSize, maxEntries }) => valueSize * maxEntries <= largestMap);

/** Nothing is attached. */
function loadAll({ maps: specs, programs }: Enabling): void {
  using maps = LoadedMaps.create(specs);
  for (const { spec } of programs) {
    using _loaded = loadProgram(spec, maps);
  }
}
