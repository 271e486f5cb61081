/** Programs as text, in the notation of llvm-objdump and bpftool; labels and maps keep their names. */

import { assertNever } from "../base/assert-never.ts";
import { encodeProgram, widthOf } from "./encode.ts";
import { helperNumbers } from "./helpers.ts";
import type { AtomicOperation, Instruction, Operand, Register } from "./instruction.ts";
import type { ProgramSpec } from "./program-spec.ts";

/** One line an instruction, numbered as the verifier numbers them, and one a function or label. */
export function disassembleProgram(spec: ProgramSpec): string {
  const lines: string[] = [];
  let index = 0;
  for (const { name, instructions } of spec.functions) {
    lines.push(`${name}:`);
    for (const { instruction } of instructions) {
      const text = disassemble(instruction);
      lines.push(instruction.op === "label" ? `${text}` : `${String(index).padStart(5)}: ${text}`);
      index += widthOf(instruction);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** One instruction as the kernel has it, or a label, which takes no room. */
export interface ListedInstruction {
  /** Counted in 8-byte words through the program. */
  readonly index: number;
  /** In hexadecimal: two where it is 16 bytes long, none for a label. Descriptors of maps are 0. */
  readonly words: readonly string[];
  readonly text: string;
  /** Where a jump or a call inside the program goes. */
  readonly target: number | undefined;
}

/** Function by function, in the order of their instructions. */
export function listInstructions(spec: ProgramSpec): readonly (readonly ListedInstruction[])[] {
  const { bytes } = encodeProgram(spec, {
    mapDescriptor: () => 0,
    kernelFunction: () => 0,
    hasLongJumps: true,
  });
  const view = new DataView(bytes);
  const places = placesOf(spec);
  let next = 0;
  return spec.functions.map(({ instructions }) =>
    instructions.map(({ instruction }) => {
      const index = next;
      next += widthOf(instruction);
      const words: string[] = [];
      for (let at = index; at < next; at += 1) {
        words.push(
          view
            .getBigUint64(at * 8)
            .toString(16)
            .padStart(16, "0"),
        );
      }
      return {
        index,
        words,
        text: disassemble(instruction),
        target: targetOf(instruction, places),
      };
    }),
  );
}

/** Of labels and functions. */
function placesOf({ functions }: ProgramSpec): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  let index = 0;
  for (const { name, instructions } of functions) {
    places.set(`function ${name}`, index);
    for (const { instruction } of instructions) {
      if (instruction.op === "label") places.set(instruction.label, index);
      index += widthOf(instruction);
    }
  }
  return places;
}

function targetOf(
  instruction: Instruction,
  places: ReadonlyMap<string, number>,
): number | undefined {
  if ("target" in instruction) return places.get(instruction.target);
  if ("function" in instruction) return places.get(`function ${instruction.function}`);
  return undefined;
}

export function disassemble(instruction: Instruction): string {
  switch (instruction.op) {
    case "alu": {
      const { operator, width, into, by } = instruction;
      return `${register(into, width)} ${operator}= ${operand(by, width)}`;
    }
    case "move":
      return `${register(instruction.into, instruction.width)} = ${operand(instruction.from, instruction.width)}`;
    case "negate": {
      const name = register(instruction.into, instruction.width);
      return `${name} = -${name}`;
    }
    case "to-big-endian":
      return `r${instruction.into} = be${instruction.bits} r${instruction.into}`;
    case "load-immediate":
      return `r${instruction.into} = ${instruction.value} ll`;
    case "load-map":
      return `r${instruction.into} = map ${instruction.map} ll`;
    case "load-map-value":
      return `r${instruction.into} = map ${instruction.map} value +${instruction.offset} ll`;
    case "load-function":
      return `r${instruction.into} = function ${instruction.function} ll`;
    case "load":
      return `r${instruction.into} = ${place(instruction)}`;
    case "store":
      return `${place(instruction)} = ${operand(instruction.from, 64)}`;
    case "atomic":
      return atomicText(instruction);
    default:
      return controlText(instruction);
  }
}

type Control = Extract<
  Instruction,
  { op: "jump" | "jump-if" | "exit" | "label" | `call-${string}` }
>;

function controlText(instruction: Control): string {
  switch (instruction.op) {
    case "jump":
      return `goto ${instruction.target}`;
    case "jump-if": {
      const { comparison, width, left, right, target } = instruction;
      return `if ${register(left, width)} ${comparison} ${operand(right, width)} goto ${target}`;
    }
    case "call-helper":
      return `call ${instruction.helper}#${helperNumbers.get(instruction.helper)}`;
    case "call-kfunc":
      return `call ${instruction.name}`;
    case "call-function":
      return `call function ${instruction.function}`;
    case "exit":
      return "exit";
    case "label":
      return `${instruction.label}:`;
    default:
      return assertNever(instruction);
  }
}

type Atomic = Extract<Instruction, { op: "atomic" }>;

const fetchNames: Record<Exclude<AtomicOperation, `${string}exchange`>, string> = {
  "+": "add",
  "|": "or",
  "&": "and",
  "^": "xor",
};

function atomicText(instruction: Atomic): string {
  const { operation, size, base, from, offset } = instruction;
  const bits = size * 8;
  const address = `r${base} ${signed(offset)}`;
  if (operation === "exchange") return `r${from} = xchg_${bits}(${address}, r${from})`;
  if (operation === "compare-exchange") return `r0 = cmpxchg_${bits}(${address}, r0, r${from})`;
  return instruction.fetch
    ? `r${from} = atomic_fetch_${fetchNames[operation]}((u${bits} *)(${address}), r${from})`
    : `lock ${place(instruction)} ${operation}= r${from}`;
}

function place(access: {
  readonly base: Register;
  readonly offset: number;
  readonly size: number;
}): string {
  return `*(u${access.size * 8} *)(r${access.base} ${signed(access.offset)})`;
}

function operand(value: Operand, width: 32 | 64): string {
  return "register" in value ? register(value.register, width) : String(value.immediate);
}

/** `w3` is the lower half of `r3`. */
const register = (number: Register, width: 32 | 64): string =>
  `${width === 64 ? "r" : "w"}${number}`;

const signed = (offset: number): string => (offset < 0 ? String(offset) : `+${offset}`);
