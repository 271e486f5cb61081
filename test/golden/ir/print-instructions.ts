/** eBPF instructions in the verifier's manner, for golden files. */

import type { Instruction, Operand, PlacedInstruction } from "../../../src/bpf/instruction.ts";

export function printInstructions(instructions: readonly PlacedInstruction[]): string {
  return instructions.map(({ instruction }) => `${printInstruction(instruction)}\n`).join("");
}

function printInstruction(instruction: Instruction): string {
  return instruction.op === "label" ? `${instruction.label}:` : `  ${printed(instruction)}`;
}

function printed(instruction: Exclude<Instruction, { op: "label" }>): string {
  switch (instruction.op) {
    case "alu": {
      const { operator, width, into, by } = instruction;
      return `${register(into, width)} ${operator}= ${operand(by, width)}`;
    }
    case "move": {
      const { width, into, from } = instruction;
      return `${register(into, width)} = ${operand(from, width)}`;
    }
    case "negate":
      return `${register(instruction.into, instruction.width)} = -${register(instruction.into, instruction.width)}`;
    case "to-big-endian":
      return `r${instruction.into} = be${instruction.bits} r${instruction.into}`;
    case "load-immediate":
      return `r${instruction.into} = 0x${BigInt.asUintN(64, instruction.value).toString(16)} ll`;
    case "load-map":
      return `r${instruction.into} = map ${instruction.map}`;
    case "load-map-value":
      return `r${instruction.into} = &${instruction.map}[0] + ${instruction.offset}`;
    case "load-function":
      return `r${instruction.into} = &${instruction.function}`;
    case "load":
      return `r${instruction.into} = ${memory(instruction)}`;
    case "store":
      return `${memory(instruction)} = ${operand(instruction.from, 64)}`;
    case "atomic": {
      const { operation, fetch, from } = instruction;
      return `lock ${memory(instruction)} ${operation}${fetch ? " fetch" : ""} r${from}`;
    }
    case "jump":
      return `goto ${instruction.target}`;
    case "jump-if": {
      const { comparison, width, left, right, target } = instruction;
      return `if ${register(left, width)} ${comparison} ${operand(right, width)} goto ${target}`;
    }
    case "call-helper":
      return `call ${instruction.helper}`;
    case "call-kfunc":
      return `call kfunc ${instruction.name}`;
    case "call-function":
      return `call ${instruction.function}`;
    case "exit":
      return "exit";
  }
}

function register(number: number, width: 32 | 64): string {
  return `${width === 32 ? "w" : "r"}${number}`;
}

function operand(value: Operand, width: 32 | 64): string {
  return "immediate" in value ? value.immediate.toString() : register(value.register, width);
}

function memory({
  base,
  offset,
  size,
}: {
  readonly base: number;
  readonly offset: number;
  readonly size: number;
}): string {
  const sign = offset < 0 ? "-" : "+";
  return `*(u${size * 8} *)(r${base} ${sign} ${Math.abs(offset)})`;
}
