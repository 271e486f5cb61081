/**
 * instr: every instruction of the kernel's functions, by name
 * (`instr:vmlinux:vfs_read-jne:0xffffffff81345678`) or by its offset (`instr:vmlinux:vfs_read:28`).
 * There are millions: they are made for descriptions of this provider that name functions.
 */

import type { Probe } from "../../compiler/environment.ts";
import type { KernelFunction } from "../../kernel/symbols/kernel-symbols.ts";
import { coreModule, isModuleNamed } from "../core-module.ts";
import { matcherOf } from "../glob.ts";
import { type Provider, type ProviderSystem, stabilityOf } from "../provider.ts";
import type { Instruction } from "./decoder.ts";
import { decodeFunction } from "./function-code.ts";
import { jumpOf } from "./jumps.ts";
import { type InstructionPattern, instructionPattern } from "./pattern.ts";

const stability = stabilityOf({
  provider: ["Evolving", "ISA"],
  name: ["Evolving", "ISA"],
  arguments: ["Private", "ISA"],
});

/** More are asked for by mistake: each has to be attached, and detached, on its own. */
const mostFunctions = 2_000;
const mostProbes = 10_000;

export const instrProvider: Provider = {
  name: "instr",
  mayHaveName: () => true,
  listProbes: () => [],

  *makeProbes(system, pattern) {
    const wanted = instructionPattern(pattern);
    const functions = wantedFunctions(system, wanted);
    if (functions.length === 0) return;
    if (functions.length > mostFunctions) {
      system.tellUnread(
        `the instructions of ${functions.length} functions are too many: name fewer functions (at most ${mostFunctions})`,
      );
      return;
    }
    yield* instructionsOf(system, functions, wanted);
  },
};

type NewProbe = Omit<Probe, "id">;

function instructionsOf(
  system: ProviderSystem,
  functions: readonly KernelFunction[],
  wanted: InstructionPattern,
): readonly NewProbe[] {
  const text = system.kernelText();
  if (!text) {
    system.tellUnread("instr reads the kernel's code in /proc/kcore, which cannot be read");
    return [];
  }
  const decode = system.decoder();
  const found: NewProbe[] = [];
  for (const place of functions) {
    for (const instruction of decodeFunction(text, decode, place.range)) {
      const probe = probeIf(system, { place, instruction, wanted });
      if (probe) found.push(probe);
    }
  }
  if (found.length <= mostProbes) return found;
  system.tellUnread(
    `${found.length} instructions are too many: describe fewer (at most ${mostProbes})`,
  );
  return [];
}

/** Those that kprobes take and that are alone with their name, as fbt has them. */
function wantedFunctions(
  system: ProviderSystem,
  wanted: InstructionPattern,
): readonly KernelFunction[] {
  const { names, modules, leftOut } = system.kernelFunctions();
  const isWanted = nameTest(system, wanted);
  const keys = new Set<string>();
  for (const [index, name] of names.entries()) {
    const module = modules[index] ?? coreModule;
    if (leftOut.has(index) || !isWanted(name) || !isModuleNamed(module, wanted.module)) continue;
    keys.add(`${module}:${name}`);
  }
  if (keys.size === 0) return [];
  return system.kernelSymbols().findFunctions((module, name) => keys.has(`${module}:${name}`));
}

/** An address means the function around it. */
function nameTest(
  system: ProviderSystem,
  { function: functionName, address }: InstructionPattern,
): (name: string) => boolean {
  const matches = matcherOf(functionName);
  if (address === undefined) return matches;
  const around = system.kernelSymbols().placeOf(address)?.symbol;
  return (name) => name === around && matches(name);
}

interface Candidate {
  readonly place: KernelFunction;
  readonly instruction: Instruction;
  readonly wanted: InstructionPattern;
}

function probeIf(
  { architecture }: ProviderSystem,
  { place: { module, name: symbol, range }, instruction, wanted }: Candidate,
): NewProbe | undefined {
  const { address, mnemonic } = instruction;
  const offset = Number(address - range.start);
  const name = wanted.nameOf({ address, offset, mnemonic });
  if (name === undefined) return undefined;
  return {
    provider: "instr",
    module,
    function: wanted.form === "mnemonic" ? `${symbol}-${mnemonic}` : symbol,
    name,
    stability,
    context: {
      kind: "instruction",
      address,
      place: `${symbol}+${offset}`,
      module,
      architecture,
      jump: jumpOf(architecture, instruction),
    },
    arguments: () => taken,
  };
}

/** Whether a jump is taken. */
const taken = [{ type: { kind: "text", text: "int" }, source: 0 }] as const;
