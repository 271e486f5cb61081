/** What an IR operation reads and writes, and how to replace what it reads. */

import type { Comparison } from "../../bpf/instruction.ts";
import type { BlockId, IrOperation, Terminator, Value, Virtual } from "./ir.ts";

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

/** The operation with every operand replaced; `base` stays where `replace` gives a constant. */
export function replaceOperands<Operation extends IrOperation>(
  operation: Operation,
  replace: (value: Value) => Value,
): IrOperation;
export function replaceOperands(
  operation: IrOperation,
  replace: (value: Value) => Value,
): IrOperation {
  const register = (from: Virtual): Virtual => {
    const to = replace(from);
    return isConstant(to) ? from : to;
  };
  switch (operation.op) {
    case "copy":
    case "extend":
    case "to-big-endian":
      return { ...operation, from: replace(operation.from) };
    case "negate":
      return { ...operation, of: replace(operation.of) };
    case "alu":
    case "compare":
      return { ...operation, left: replace(operation.left), right: replace(operation.right) };
    case "load":
      return { ...operation, base: register(operation.base) };
    case "store":
      return { ...operation, base: register(operation.base), from: replace(operation.from) };
    case "atomic":
      return {
        ...operation,
        base: register(operation.base),
        from: replace(operation.from),
        expected: operation.expected === undefined ? undefined : replace(operation.expected),
      };
    case "call":
      return { ...operation, arguments: operation.arguments.map(replace) };
    default:
      return operation;
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
