/** `dtrace -n …`, `dtrace -s …`: compiles, traces until the end, prints. */

import { writeSync } from "node:fs";
import type { CheckedClause } from "../../compiler/check/checked-program.ts";
import type { Environment } from "../../compiler/environment.ts";
import {
  flagOption,
  numberOption,
  type Options,
  textOption,
} from "../../compiler/options/options.ts";
import { kernelAccess } from "../../consumer/kernel-access.ts";
import { LateModules } from "../../consumer/late-modules.ts";
import { macroVariables } from "../../consumer/macros.ts";
import { sizeRefusal } from "../../consumer/records/check-sizes.ts";
import { Session } from "../../consumer/session.ts";
import { openSystem } from "../../consumer/system.ts";
import { Targets } from "../../consumer/target.ts";
import { setOwnName } from "../../kernel/process/own-name.ts";
import type { CommandLine } from "../arguments.ts";
import { type Compilation, type CompiledProgram, compilePrograms } from "../compile-programs.ts";
import { exitStatuses, Failure } from "../failure.ts";
import { enabling } from "../kernel-refusal.ts";
import { readSettings } from "../settings.ts";
import { openTargets } from "../targets.ts";
import { systemNames } from "../text/names.ts";
import { OutputFile } from "../text/output-file.ts";
import { TextOutput, type TextOutputParts } from "../text/text-output.ts";
import type { TreeWriters } from "../text/tree-text.ts";
import type { TraceOutput } from "../trace-output.ts";

export async function traceMode(
  line: CommandLine,
  writeError: (message: string) => void,
): Promise<number> {
  const options = readSettings(line);
  try {
    return await trace(line, options, writeError);
  } catch (error) {
    if (textOption(options, "format") === "json") await tellFailure(line, error);
    throw error;
  }
}

/** Who reads JSON learns from it how it ended; the command's error is shown all the same. */
async function tellFailure({ outputFile }: CommandLine, error: unknown): Promise<void> {
  if (!(error instanceof Failure) || error.quiet) return;
  const { endJson, failureJson } = await import("../json/lifecycle-json.ts");
  const output = new OutputFile(outputFile);
  output.write(`${failureJson(error.message, error.explanation?.tag)}\n`);
  output.write(`${endJson({ status: exitStatuses.error, interrupted: false })}\n`);
  output.flush();
}

async function trace(
  line: CommandLine,
  options: Options,
  writeError: (message: string) => void,
): Promise<number> {
  using opened = openTargets(line.targets, options);
  const { targets } = opened;
  const { environment, features, findModuleProbes } = openSystem(
    macroVariables(targets[0]?.pid),
    options,
  );

  if (line.programs.length === 0 && !line.compileOnly) throw new Failure("no probes specified");
  const trees = await treesToShow(options);
  const compilation = compilePrograms(line, environment, options, trees?.parsed);
  trees?.checked(compilation.checked);
  if (line.showCode) await showCode(compilation);
  if (line.compileOnly) return compiledOnly(line, compilation, environment);
  if (compilation.destructive && !flagOption(options, "destructive")) {
    throw new Failure("could not enable tracing: Destructive actions not allowed");
  }

  const output = new OutputFile(line.outputFile);
  const notice = (message: string): void => {
    if (!flagOption(options, "quiet")) shown.notice(message);
  };
  using names = systemNames({ targets: targets.map(({ pid }) => pid), notice });
  const made = { ...compilation.enabling, ecbs: [...compilation.enabling.ecbs] };
  const shown = await openOutput({ enabling: made, options, output, names, writeError });
  tellStart(compilation, options, shown);
  if (line.verbose) shown.stability(await stabilityText(compilation, () => "\n"));
  if (made.ecbs.length === 0 && !flagOption(options, "zdefs")) {
    throw new Failure("no probes matched");
  }

  const refusal = sizeRefusal(made, options);
  if (refusal !== undefined) throw new Failure(`could not enable tracing: ${refusal}`);

  names.watchProcesses(made);
  using session = enabling(
    options,
    () =>
      new Session({
        enabling: made,
        options,
        observer: shown,
        targets: new Targets(targets),
        kernel: kernelAccess(features, options, notice),
        names,
        notice,
        lateModules: LateModules.for({
          clauses: compilation.checked.clauses,
          environment,
          findModuleProbes,
          compile: compilation.again,
          ecbCount: () => made.ecbs.length,
        }),
        moduleLoaded: (enabling) => names.moduleLoaded(enabling),
      }),
  );
  enabling(options, () => session.attach());
  if (flagOption(options, "destructive")) notice("allowing destructive actions");

  const interrupt = (): void => session.interrupt();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  setOwnName("dtrace");
  const status = await session.trace();
  shown.ended({
    status,
    remaining: session.isImpatient ? [] : session.remainingAggregations(),
    interrupted: session.isInterrupted,
  });
  return status;
}

async function openOutput(parts: TextOutputParts): Promise<TraceOutput> {
  if (textOption(parts.options, "format") !== "json") return new TextOutput(parts);
  const { JsonOutput } = await import("../json/json-output.ts");
  return new JsonOutput(parts);
}

async function compiledOnly(
  line: CommandLine,
  compilation: Compilation,
  environment: Environment,
): Promise<number> {
  if (line.verbose) {
    const output = new OutputFile(line.outputFile);
    const { argumentTypesIn, describedProbesReport } = await import("../text/stability-text.ts");
    const typesOf = argumentTypesIn(environment);
    output.write(
      await stabilityText(compilation, ({ clauses }) => describedProbesReport(clauses, typesOf)),
    );
    output.flush();
  }
  return exitStatuses.success;
}

/** -xtree: what shows the program as written and as checked, on standard error as on Solaris. */
async function treesToShow(options: Options): Promise<TreeWriters | undefined> {
  const bits = numberOption(options, "tree");
  if (bits === 0) return undefined;
  const { treeWriters } = await import("../text/tree-text.ts");
  return treeWriters(bits, (text) => writeSync(2, text));
}

async function showCode({ enabling: made, checked, programs }: Compilation): Promise<void> {
  const { codeText } = await import("../text/code-text.ts");
  writeSync(2, codeText({ enabling: made, variables: checked.variables, programs }));
}

/** -v: what each program depends on, and what follows that. */
async function stabilityText(
  { programs }: Compilation,
  after: (program: CompiledProgram) => string,
): Promise<string> {
  const { stabilityOf, stabilityReport } = await import("../text/stability-text.ts");
  return programs
    .map((program) => {
      const report = stabilityReport(
        program.title.replaceAll("'", ""),
        stabilityOf(program.clauses),
      );
      return report + after(program);
    })
    .join("");
}

function tellStart({ programs }: Compilation, options: Options, shown: TraceOutput): void {
  const isJson = textOption(options, "format") === "json";
  if (flagOption(options, "quiet") && !isJson) return;
  shown.started(programs.map(({ title, clauses }) => ({ title, matched: matchCount(clauses) })));
}

/** Probes by description: not by the pieces of a clause with if/else, nor by the ways of a probe. */
function matchCount(clauses: readonly CheckedClause[]): number {
  const matched = new Map<CheckedClause["pattern"], Set<number>>();
  for (const { pattern, probes } of clauses) {
    const ids = matched.get(pattern) ?? new Set();
    for (const { id } of probes) ids.add(id);
    matched.set(pattern, ids);
  }
  return [...matched.values()].reduce((count, ids) => count + ids.size, 0);
}
