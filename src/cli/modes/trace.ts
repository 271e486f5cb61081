/** `dtrace -n …`, `dtrace -s …`: compiles, traces until the end, prints. */

import { writeSync } from "node:fs";
import type { CheckedClause } from "../../compiler/check/checked-program.ts";
import { flagOption } from "../../compiler/options/options.ts";
import { kernelAccess } from "../../consumer/kernel-access.ts";
import { macroVariables } from "../../consumer/macros.ts";
import { Session } from "../../consumer/session.ts";
import { openSystem } from "../../consumer/system.ts";
import { Targets } from "../../consumer/target.ts";
import { setOwnName } from "../../kernel/process/own-name.ts";
import type { CommandLine } from "../arguments.ts";
import { type Compilation, compilePrograms } from "../compile-programs.ts";
import { exitStatuses, Failure } from "../failure.ts";
import { enabling } from "../kernel-refusal.ts";
import { readSettings } from "../settings.ts";
import { openTargets } from "../targets.ts";
import { systemNames } from "../text/names.ts";
import { OutputFile } from "../text/output-file.ts";
import { TextOutput } from "../text/text-output.ts";

export async function traceMode(
  line: CommandLine,
  writeError: (message: string) => void,
): Promise<number> {
  const options = readSettings(line);
  using opened = openTargets(line.compileOnly ? [] : line.targets, options);
  const { targets } = opened;
  const { environment, features } = openSystem(macroVariables(targets[0]?.pid), options);

  if (line.programs.length === 0 && !line.compileOnly) throw new Failure("no probes specified");
  const compilation = compilePrograms(line, environment, options);
  if (line.showCode) await showCode(compilation);
  if (line.compileOnly) return compiledOnly(line, compilation);
  if (compilation.destructive && !flagOption(options, "destructive")) {
    throw new Failure("could not enable tracing: Destructive actions not allowed");
  }

  const notice = (message: string): void => {
    if (!flagOption(options, "quiet")) writeError(message);
  };
  const output = new OutputFile(line.outputFile);
  tellMatches(compilation, notice);
  if (line.verbose) output.write(`${await stabilityText(compilation)}\n`);
  if (compilation.enabling.ecbs.length === 0 && !flagOption(options, "zdefs")) {
    throw new Failure("no probes matched");
  }

  using names = systemNames({ targets: targets.map(({ pid }) => pid), notice });
  names.watchProcesses(compilation.enabling);
  const text = new TextOutput({
    enabling: compilation.enabling,
    options,
    output,
    names,
    writeError,
  });
  using session = enabling(
    options,
    () =>
      new Session({
        enabling: compilation.enabling,
        options,
        observer: text,
        targets: new Targets(targets),
        kernel: kernelAccess(features, options),
        names,
      }),
  );
  enabling(options, () => session.attach());
  if (flagOption(options, "destructive")) notice("allowing destructive actions");

  const interrupt = (): void => session.interrupt();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  setOwnName("dtrace");
  const status = await session.trace();
  output.write("\n");
  if (!session.isImpatient) text.printRemaining(session.remainingAggregations());
  output.flush();
  return status;
}

async function compiledOnly(line: CommandLine, compilation: Compilation): Promise<number> {
  if (line.verbose) {
    const output = new OutputFile(line.outputFile);
    output.write(await stabilityText(compilation));
    output.flush();
  }
  return exitStatuses.success;
}

async function showCode({ enabling: made }: Compilation): Promise<void> {
  const { codeText } = await import("../text/code-text.ts");
  writeSync(2, codeText(made));
}

/** -v: what the programs depend on, with the probes of each where they are only compiled. */
async function stabilityText({ programs }: Compilation): Promise<string> {
  const { stabilityOf, stabilityReport } = await import("../text/stability-text.ts");
  return programs
    .map(({ title, clauses }) => stabilityReport(title.replaceAll("'", ""), stabilityOf(clauses)))
    .join("");
}

function tellMatches({ programs }: Compilation, notice: (message: string) => void): void {
  for (const { title, clauses } of programs) {
    const count = matchCount(clauses);
    notice(`${title} matched ${count} probe${count === 1 ? "" : "s"}`);
  }
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
