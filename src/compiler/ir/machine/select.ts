/** Instruction selection: an IR function, its blocks in their final order, as machine code. */

import type { Callee, IrFunction, IrInstruction, IrOperation, Terminator, Value } from "../ir.ts";
import { isConstant, swappedComparisons } from "../operands.ts";
import { splitCriticalEdges } from "./critical-edges.ts";
import type { FrameLayout } from "./frame.ts";
import type { MachineEnd, MachineFunction, MachineOperation } from "./machine.ts";
import { selectAlu, selectExtend } from "./select-alu.ts";
import { Selector, virtualRegister } from "./selector.ts";

export interface SelectOptions {
  readonly instructionSetV4: boolean;
}

/** `context` and `parameter` must stand at the front of the entry block. */
export function selectInstructions(
  irFunction: IrFunction,
  frame: FrameLayout,
  options: SelectOptions,
): MachineFunction {
  const selector = new Selector(irFunction, frame, options.instructionSetV4);
  const blocks = irFunction.blocks.map(({ instructions, terminator }) => {
    selector.instructions = [];
    for (const instruction of instructions) {
      selector.span = instruction.span;
      selectOperation(selector, instruction);
    }
    const end = selectTerminator(selector, terminator);
    const unlikely = terminator.op === "branch" ? terminator.unlikely : undefined;
    return { instructions: selector.instructions, end, unlikely };
  });
  return { blocks: splitCriticalEdges(blocks), registerCount: selector.registerCount };
}

function selectOperation(selector: Selector, operation: IrInstruction): void {
  switch (operation.op) {
    case "copy":
      selector.moveInto(virtualRegister(operation.into), operation.from);
      return;
    case "alu":
      selectAlu(selector, operation);
      return;
    case "extend":
      selectExtend(selector, operation);
      return;
    case "negate":
      selector.moveInto(virtualRegister(operation.into), operation.of);
      selector.emit({ op: "negate", width: 64, into: virtualRegister(operation.into) });
      return;
    case "to-big-endian":
      selector.moveInto(virtualRegister(operation.into), operation.from);
      selector.emit({
        op: "to-big-endian",
        bits: operation.bits,
        into: virtualRegister(operation.into),
      });
      return;
    case "compare":
      selectCompare(selector, operation);
      return;
    case "load":
    case "store":
    case "atomic":
      selectMemory(selector, operation);
      return;
    case "call":
      selectCall(selector, operation);
      return;
    default:
      selectAddress(selector, operation);
  }
}

type Memory = Extract<IrOperation, { op: "load" | "store" | "atomic" }>;
type Call = Extract<IrOperation, { op: "call" }>;
type Compare = Extract<IrOperation, { op: "compare" }>;
type Address = Extract<
  IrOperation,
  { op: "context" | "parameter" | "frame-address" | "map" | "map-value" | "function-address" }
>;

function selectAddress(selector: Selector, operation: Address): void {
  const into = virtualRegister(operation.into);
  switch (operation.op) {
    case "context":
      selector.move(into, 1);
      return;
    case "parameter":
      selector.move(into, operation.index + 1);
      return;
    case "map-value":
      selector.emit({ op: "load-map-value", into, map: operation.map, offset: operation.offset });
      return;
    default:
      selector.defineInlined(operation);
  }
}

function selectCompare(selector: Selector, { comparison, into, left, right }: Compare): void {
  const destination = virtualRegister(into);
  const first = selector.register(left);
  const second = selector.operand(right, 64);
  // The 1 is written before the operands are read.
  const overlaps =
    first === destination || ("register" in second && second.register === destination);
  const result = overlaps ? selector.temporary() : destination;
  selector.moveInto(result, 1n);
  selector.emit({ op: "clear-unless", comparison, into: result, left: first, right: second });
  if (overlaps) selector.move(destination, result);
}

function selectMemory(selector: Selector, operation: Memory): void {
  const { base, offset } = selector.address(operation.base, operation.offset);
  const { size } = operation;
  switch (operation.op) {
    case "load":
      selector.emit({ op: "load", into: virtualRegister(operation.into), base, offset, size });
      return;
    case "store": {
      const from = selector.operand(operation.from, size === 8 ? 64 : 32);
      selector.emit({ op: "store", base, offset, size, from });
      return;
    }
    case "atomic":
      selectAtomic(selector, operation, { base, offset });
  }
}

function selectAtomic(
  selector: Selector,
  operation: Extract<Memory, { op: "atomic" }>,
  address: { readonly base: number; readonly offset: number },
): void {
  const { operation: kind, size, into, expected } = operation;
  if (kind === "compare-exchange") {
    const from = selector.register(operation.from);
    selector.moveInto(0, expected ?? 0n);
    selector.emit({ op: "atomic", operation: kind, fetch: true, size, ...address, from });
    if (into !== undefined) selector.move(virtualRegister(into), 0);
    return;
  }
  if (into === undefined && kind !== "exchange") {
    const from = selector.register(operation.from);
    selector.emit({ op: "atomic", operation: kind, fetch: false, size, ...address, from });
    return;
  }
  // The old value replaces the operand in its register.
  const from = selector.temporary();
  selector.moveInto(from, operation.from);
  selector.emit({ op: "atomic", operation: kind, fetch: true, size, ...address, from });
  if (into !== undefined) selector.move(virtualRegister(into), from);
}

function selectCall(selector: Selector, { into, callee, arguments: values }: Call): void {
  for (const [index, value] of values.entries()) selector.moveInto(index + 1, value);
  selector.emit({ op: "call", call: callOf(callee), argumentCount: values.length });
  if (into !== undefined) selector.move(virtualRegister(into), 0);
}

function callOf(callee: Callee): Extract<MachineOperation, { op: "call" }>["call"] {
  switch (callee.kind) {
    case "helper":
      return { op: "call-helper", helper: callee.name };
    case "kfunc":
      return { op: "call-kfunc", name: callee.name };
    case "function":
      return { op: "call-function", function: callee.name };
  }
}

function selectTerminator(selector: Selector, terminator: Terminator): MachineEnd {
  switch (terminator.op) {
    case "jump":
      return { op: "jump", target: terminator.target, span: terminator.span };
    case "return":
      selector.span = terminator.span;
      selector.moveInto(0, terminator.value);
      return { op: "exit", span: terminator.span };
    case "branch":
      return selectBranch(selector, terminator);
  }
}

function selectBranch(
  selector: Selector,
  terminator: Extract<Terminator, { op: "branch" }>,
): MachineEnd {
  const { width, whenTrue, whenFalse, span } = terminator;
  if (whenTrue === whenFalse) return { op: "jump", target: whenTrue, span };
  selector.span = span;
  const [left, comparison, right] = constantRight(terminator);
  return {
    op: "jump-if",
    comparison,
    width,
    left: selector.register(left),
    right: selector.operand(right, width),
    whenTrue,
    whenFalse,
    span,
  };
}

function constantRight({
  left,
  comparison,
  right,
}: Extract<Terminator, { op: "branch" }>): [Value, typeof comparison, Value] {
  if (isConstant(left) && !isConstant(right)) return [right, swappedComparisons[comparison], left];
  return [left, comparison, right];
}
