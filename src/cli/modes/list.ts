/** `dtrace -l`: lists the probes that match, all of them where no description is given. */

import type { Probe } from "../../compiler/environment.ts";
import { macroVariables } from "../../consumer/macros.ts";
import { openSystem } from "../../consumer/system.ts";
import type { ProbeRegistry } from "../../providers/registry.ts";
import type { CommandLine, ProgramArgument } from "../arguments.ts";
import { describedClauses } from "../compile-programs.ts";
import { exitStatuses } from "../failure.ts";
import { type Description, describedProbes } from "../probe-specifier.ts";
import { readSettings } from "../settings.ts";
import { OutputFile } from "../text/output-file.ts";
import { type ArgumentTypes, argumentTypesIn, probeInformation } from "../text/stability-text.ts";

interface ListInputs {
  readonly line: CommandLine;
  readonly registry: ProbeRegistry;
  readonly typesOf: ArgumentTypes;
  /** What the clauses of a whole program describe. */
  readonly compile: (program: ProgramArgument) => readonly Description[];
  readonly write: (text: string) => void;
  readonly writeError: (message: string) => void;
}

export function listMode(line: CommandLine, writeError: (message: string) => void): number {
  const options = readSettings(line);
  const { registry, environment } = openSystem(macroVariables(undefined), options);
  const output = new OutputFile(line.outputFile);
  const status = listProbes({
    line,
    registry,
    typesOf: argumentTypesIn(environment),
    compile: (program) => describedClauses(program, { line, environment, options }),
    write: (text) => output.write(text),
    writeError,
  });
  output.flush();
  const { unreadProbes } = environment;
  if (unreadProbes !== undefined) writeError(`not all probes are listed: ${unreadProbes}`);
  return status;
}

function listProbes(inputs: ListInputs): number {
  const { line, registry, write } = inputs;
  write(row(["ID", "PROVIDER", "MODULE", "FUNCTION", "NAME"]));

  if (line.programs.length === 0) {
    for (const probe of registry.listProbes()) {
      if (isFirstWay(probe)) write(probeText(probe, inputs));
    }
    return exitStatuses.success;
  }
  for (const { text, probes } of line.programs.flatMap((program) => described(program, inputs))) {
    for (const probe of probes) if (isFirstWay(probe)) write(probeText(probe, inputs));
    if (probes.length === 0) {
      inputs.writeError(`failed to match ${text}: No probe matches description`);
    }
  }
  return exitStatuses.success;
}

const isFirstWay = ({ derivation }: Probe): boolean => (derivation?.way ?? 0) === 0;

function described(program: ProgramArgument, inputs: ListInputs): readonly Description[] {
  const bare = program.kind === "specifier" ? describedProbes(program, inputs.registry) : undefined;
  return bare ?? inputs.compile(program);
}

function probeText(probe: Probe, { line, typesOf }: ListInputs): string {
  const columns = row([String(probe.id), probe.provider, probe.module, probe.function, probe.name]);
  return line.verbose ? columns + probeInformation(probe, typesOf) : columns;
}

function row([
  id = "",
  provider = "",
  module = "",
  name = "",
  last = "",
]: readonly string[]): string {
  const columns = [id.padStart(5), provider.padStart(10), module.padStart(17), name.padStart(33)];
  return `${columns.join(" ")} ${last}\n`;
}
