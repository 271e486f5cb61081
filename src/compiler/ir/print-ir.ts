/** IR as text, for `dtrace -S` and for tests. */

import { assertNever } from "../../base/assert-never.ts";
import type { Callee, IrFunction, IrOperation, Terminator, Value } from "./ir.ts";

export function printIr(irFunction: IrFunction): string {
  const { name, role, frameSlots, blocks } = irFunction;
  const lines = [`${role} ${name}`];
  for (const [slot, size] of frameSlots.entries()) lines.push(`  frame${slot}: ${size} bytes`);
  for (const [id, { instructions, terminator }] of blocks.entries()) {
    lines.push(`b${id}:`);
    for (const instruction of instructions) lines.push(`  ${printOperation(instruction)}`);
    lines.push(`  ${printTerminator(terminator)}`);
  }
  return `${lines.join("\n")}\n`;
}

export function printOperation(operation: IrOperation): string {
  switch (operation.op) {
    case "store":
      return `${access(operation)} = ${text(operation.from)}`;
    case "atomic":
      return assigned(operation.into, printAtomic(operation));
    case "call": {
      const values = operation.arguments.map(text).join(", ");
      const pure = operation.pure ? "pure " : "";
      return assigned(operation.into, `${pure}${calleeName(operation.callee)}(${values})`);
    }
    default:
      return assigned(operation.into, printValue(operation));
  }
}

function printValue(operation: Exclude<IrOperation, { op: "store" | "atomic" | "call" }>): string {
  switch (operation.op) {
    case "copy":
      return text(operation.from);
    case "alu": {
      const width = operation.width === 32 ? " (32)" : "";
      return `${text(operation.left)} ${operation.operator} ${text(operation.right)}${width}`;
    }
    case "negate":
      return `-${text(operation.of)}`;
    case "extend":
      return `${operation.signed ? "s" : "u"}${operation.size * 8} ${text(operation.from)}`;
    case "to-big-endian":
      return `be${operation.bits} ${text(operation.from)}`;
    case "compare":
      return `${text(operation.left)} ${operation.comparison} ${text(operation.right)}`;
    case "load":
      return `${operation.pure ? "pure " : ""}${access(operation)}`;
    case "context":
      return "context";
    case "parameter":
      return `parameter ${operation.index}`;
    case "frame-address":
      return `&frame${operation.slot}${signed(operation.offset)}`;
    case "map":
      return `map ${operation.map}`;
    case "map-value":
      return `&${operation.map}${signed(operation.offset)}`;
    case "function-address":
      return `function ${operation.function}`;
    default:
      return assertNever(operation);
  }
}

function printAtomic(operation: Extract<IrOperation, { op: "atomic" }>): string {
  const expected = operation.expected === undefined ? "" : `, expected ${text(operation.expected)}`;
  return `atomic ${operation.operation} ${access(operation)}, ${text(operation.from)}${expected}`;
}

export function printTerminator(terminator: Terminator): string {
  switch (terminator.op) {
    case "jump":
      return `goto b${terminator.target}`;
    case "return":
      return `return ${text(terminator.value)}`;
    case "branch": {
      const { left, comparison, right, whenTrue, whenFalse, unlikely } = terminator;
      const width = terminator.width === 32 ? " (32)" : "";
      const rare = unlikely ? ` (${unlikely} is unlikely)` : "";
      const condition = `${text(left)} ${comparison} ${text(right)}${width}`;
      return `if ${condition} goto b${whenTrue} else b${whenFalse}${rare}`;
    }
  }
}

function assigned(into: Value | undefined, value: string): string {
  return into === undefined ? value : `${text(into)} = ${value}`;
}

function access({
  base,
  offset,
  size,
}: {
  readonly base: Value;
  readonly offset: number;
  readonly size: number;
}): string {
  return `u${size * 8} [${text(base)}${signed(offset)}]`;
}

function signed(offset: number): string {
  if (offset === 0) return "";
  return offset < 0 ? ` - ${-offset}` : ` + ${offset}`;
}

function calleeName(callee: Callee): string {
  return callee.kind === "function" ? `function ${callee.name}` : callee.name;
}

function text(value: Value): string {
  if (typeof value === "number") return `v${value}`;
  const small = value > -0x1_0000n && value < 0x1_0000n;
  return small ? value.toString() : `0x${BigInt.asUintN(64, value).toString(16)}`;
}
