/**
 * instr: every instruction of the kernel's functions, by name
 * (`instr:vmlinux:vfs_read-jne:0xffffffff81345678`) or by its offset (`instr:vmlinux:vfs_read:28`).
 * There are millions: they are made for descriptions of this provider that name functions.
 */

import type { Probe } from "../../compiler/environment.ts";
import type { KernelFunction } from "../../kernel/symbols/kernel-symbols.ts";
import { kernelMemory } from "../../kernel/symbols/kernel-text.ts";
import { type Provider, type ProviderSystem, stabilityOf } from "../provider.ts";
import type { Instruction } from "./decoder.ts";
import { decodeFunction } from "./function-code.ts";
import { jumpOf } from "./jumps.ts";
import { type InstructionPattern, instructionPattern } from "./pattern.ts";
import { wantedFunctions } from "./wanted-functions.ts";

const stability = stabilityOf({
  provider: ["Evolving", "ISA"],
  name: ["Evolving", "ISA"],
  arguments: ["Private", "ISA"],
});

/** More are asked for by mistake: each has to be attached, and detached, on its own. */
const mostFunctions = 2_000;
const mostProbes = 10_000;

type NewProbe = Omit<Probe, "id">;

export const instrProvider: Provider = {
  name: "instr",
  mayHaveName: () => true,
  listProbes: () => [],

  makeProbes(system, pattern) {
    const wanted = instructionPattern(pattern);
    const functions = wantedFunctions(system, wanted);
    const found =
      functions.length === 0 ? whyNone(system) : findInstructions(system, functions, wanted);
    if (typeof found !== "string") return found;
    system.tellUnread(found);
    return [];
  },
};

/** There may be functions that lie nowhere. */
function whyNone(system: ProviderSystem): readonly NewProbe[] | string {
  const isHidden = system.kernelFunctions().names.length > 0 && system.kernelSymbols().isHidden;
  return isHidden ? "the kernel hides where its functions are (kernel.kptr_restrict)" : [];
}

/** A text says why not. */
function findInstructions(
  system: ProviderSystem,
  functions: readonly KernelFunction[],
  wanted: InstructionPattern,
): readonly NewProbe[] | string {
  if (functions.length > mostFunctions) {
    return `the instructions of ${functions.length} functions are too many, name fewer functions (at most ${mostFunctions})`;
  }
  const text = system.kernelText();
  if (!text) return `instr reads the kernel's code in ${kernelMemory}, which cannot be read`;
  const traced = replacedIn(system, functions);
  if (traced) return `another tracer has a probe within ${traced.name}, whose code is hidden by it`;

  const decode = system.decoder();
  const found: NewProbe[] = [];
  for (const place of functions) {
    const { start, end } = place.range;
    const last = wanted.offset === undefined ? wanted.address : start + BigInt(wanted.offset);
    const instructions = decodeFunction(text, decode, { start, end, last });
    if (!instructions) return `the code of ${place.name} is not in ${kernelMemory}`;
    for (const instruction of instructions) {
      const probe = probeIf(system, { place, instruction, wanted });
      if (probe) found.push(probe);
    }
  }
  return found.length <= mostProbes
    ? found
    : `${found.length} instructions are too many, describe fewer (at most ${mostProbes})`;
}

/** On arm64 a breakpoint has the size of any instruction: what follows is read right. */
function replacedIn(
  system: ProviderSystem,
  functions: readonly KernelFunction[],
): KernelFunction | undefined {
  const replaced = system.architecture === "x64" ? system.replacedCode() : [];
  return functions.find(({ range: { start, end } }) =>
    replaced.some((address) => address >= start && address < end),
  );
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
