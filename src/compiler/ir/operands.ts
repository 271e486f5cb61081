/** What an IR operation reads and writes, and how to replace what it reads. */

import type { Comparison } from "../../bpf/instruction.ts";
import type { BlockId, IrInstruction, IrOperation, Terminator, Value, Virtual } from "./ir.ts";

export function isConstant(value: Value): value is bigint {
  return typeof value === "bigint";
}

/** The register it assigns, if any. */
export function definitionOf(operation: IrOperation): Virtual | undefined {
  return operation.op === "store" ? undefined : operation.into;
}

/** Every operand, constants included. */
export function operandsOf(operation: IrOperation): readonly Value[] {
  switch (operation.op) {
    case "copy":
    case "extend":
    case "to-big-endian":
      return [operation.from];
    case "negate":
      return [operation.of];
    case "alu":
    case "compare":
      return [operation.left, operation.right];
    case "load":
      return [operation.base];
    case "store":
      return [operation.base, operation.from];
    case "atomic":
      return operation.expected === undefined
        ? [operation.base, operation.from]
        : [operation.base, operation.from, operation.expected];
    case "call":
      return operation.arguments;
    default:
      return [];
  }
}

export function terminatorOperands(terminator: Terminator): readonly Value[] {
  switch (terminator.op) {
    case "branch":
      return [terminator.left, terminator.right];
    case "return":
      return [terminator.value];
    case "jump":
      return [];
  }
}

export function successorsOf(terminator: Terminator): readonly BlockId[] {
  switch (terminator.op) {
    case "branch":
      return [terminator.whenTrue, terminator.whenFalse];
    case "jump":
      return [terminator.target];
    case "return":
      return [];
  }
}

/**
 * The instruction with every operand replaced, itself if none changes; `base` stays where `replace`
 * gives a constant.
 */
export function replaceOperands(
  instruction: IrInstruction,
  replace: (value: Value) => Value,
): IrInstruction {
  const operands = operandsOf(instruction);
  if (!operands.some((operand) => replace(operand) !== operand)) return instruction;
  const register = (from: Virtual): Virtual => {
    const to = replace(from);
    return isConstant(to) ? from : to;
  };
  switch (instruction.op) {
    case "copy":
    case "extend":
    case "to-big-endian":
      return { ...instruction, from: replace(instruction.from) };
    case "negate":
      return { ...instruction, of: replace(instruction.of) };
    case "alu":
    case "compare":
      return {
        ...instruction,
        left: replace(instruction.left),
        right: replace(instruction.right),
      };
    case "load":
      return { ...instruction, base: register(instruction.base) };
    case "store":
      return {
        ...instruction,
        base: register(instruction.base),
        from: replace(instruction.from),
      };
    case "atomic":
      return {
        ...instruction,
        base: register(instruction.base),
        from: replace(instruction.from),
        expected: instruction.expected === undefined ? undefined : replace(instruction.expected),
      };
    case "call":
      return { ...instruction, arguments: instruction.arguments.map(replace) };
    default:
      return instruction;
  }
}

export function replaceTerminatorOperands(
  terminator: Terminator,
  replace: (value: Value) => Value,
): Terminator {
  switch (terminator.op) {
    case "branch":
      return { ...terminator, left: replace(terminator.left), right: replace(terminator.right) };
    case "return":
      return { ...terminator, value: replace(terminator.value) };
    case "jump":
      return terminator;
  }
}

/** `b swapped a` holds where `a comparison b` does. */
export const swappedComparisons: Readonly<Record<Comparison, Comparison>> = {
  "==": "==",
  "!=": "!=",
  ">": "<",
  ">=": "<=",
  "<": ">",
  "<=": ">=",
  "s>": "s<",
  "s>=": "s<=",
  "s<": "s>",
  "s<=": "s>=",
  "&": "&",
};

/** Holds where the comparison does not; there is none for `&`. */
export const invertedComparisons: Readonly<Record<Comparison, Comparison | undefined>> = {
  "==": "!=",
  "!=": "==",
  ">": "<=",
  ">=": "<",
  "<": ">=",
  "<=": ">",
  "s>": "s<=",
  "s>=": "s<",
  "s<": "s>=",
  "s<=": "s>",
  "&": undefined,
};
