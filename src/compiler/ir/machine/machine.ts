/**
 * Code between the IR and eBPF: eBPF's own two-address instructions whose registers are not yet
 * allocated, in blocks in their final order.
 */

import type { TextSpan } from "../../../base/text-span.ts";
import type { Comparison, Instruction, Register } from "../../../bpf/instruction.ts";

/** 0–10 is that register of the machine; from `firstVirtual` on one that is to be allocated. */
export type MachineRegister = number;

export const firstVirtual = 16;

export const framePointer = 10;

export type MachineOperand =
  | { readonly register: MachineRegister }
  | { readonly immediate: number };

/** The fields of instructions that name registers. */
interface RegisterFields {
  into: MachineRegister;
  base: MachineRegister;
  from: MachineOperand;
  by: MachineOperand;
  left: MachineRegister;
  right: MachineOperand;
}

type Unallocated<Kind> = Kind extends unknown
  ? {
      readonly [Field in keyof Kind]: Field extends keyof RegisterFields
        ? Kind[Field] extends Register
          ? MachineRegister
          : MachineOperand
        : Kind[Field];
    }
  : never;

type Plain = Exclude<
  Instruction,
  {
    op: "jump" | "jump-if" | "exit" | "label" | "call-helper" | "call-kfunc" | "call-function";
  }
>;

type CallInstruction = Extract<Instruction, { op: "call-helper" | "call-kfunc" | "call-function" }>;

export type MachineOperation =
  | Unallocated<Plain>
  /** `into = 0` unless the comparison of all 64 bits holds. */
  | {
      readonly op: "clear-unless";
      readonly comparison: Comparison;
      readonly into: MachineRegister;
      readonly left: MachineRegister;
      readonly right: MachineOperand;
    }
  /** Reads r1 up to its last argument, loses r0–r5, leaves the result in r0. */
  | {
      readonly op: "call";
      readonly call: CallInstruction;
      readonly argumentCount: number;
    };

export interface MachineInstruction {
  readonly operation: MachineOperation;
  readonly span: TextSpan | undefined;
}

export type MachineEnd =
  | { readonly op: "jump"; readonly target: number; readonly span?: TextSpan | undefined }
  | {
      readonly op: "jump-if";
      readonly comparison: Comparison;
      readonly width: 32 | 64;
      readonly left: MachineRegister;
      readonly right: MachineOperand;
      readonly whenTrue: number;
      readonly whenFalse: number;
      readonly span: TextSpan | undefined;
    }
  /** Returns r0. */
  | { readonly op: "exit"; readonly span?: TextSpan | undefined };

export interface MachineBlock {
  readonly instructions: readonly MachineInstruction[];
  readonly end: MachineEnd;
}

export interface MachineFunction {
  /** No edge leads from a block with two successors to one with two predecessors. */
  readonly blocks: readonly MachineBlock[];
  /** One past the highest register in use. */
  readonly registerCount: number;
}

export function machineSuccessors(end: MachineEnd): readonly number[] {
  switch (end.op) {
    case "jump":
      return [end.target];
    case "jump-if":
      return [end.whenTrue, end.whenFalse];
    case "exit":
      return [];
  }
}

/** How an instruction touches a register: reads it, writes it, or reads and writes it in place. */
export type Access = "read" | "write" | "modify";

/** `flexible`: a spilled value may stay on the stack here, the instruction becomes a load or store. */
export type VisitRegister = (register: MachineRegister, access: Access, flexible: boolean) => void;

export function visitOperation(operation: MachineOperation, visit: VisitRegister): void {
  switch (operation.op) {
    case "alu":
      visitOperand(operation.by, visit);
      visit(operation.into, "modify", false);
      return;
    case "move":
      visitMove(operation, visit);
      return;
    case "negate":
    case "to-big-endian":
      visit(operation.into, "modify", false);
      return;
    case "load-immediate":
    case "load-map":
    case "load-map-value":
    case "load-function":
      visit(operation.into, "write", false);
      return;
    case "load":
      visit(operation.base, "read", false);
      visit(operation.into, "write", false);
      return;
    case "store":
      visit(operation.base, "read", false);
      visitOperand(operation.from, visit);
      return;
    case "atomic":
      visitAtomic(operation, visit);
      return;
    case "clear-unless":
      visit(operation.left, "read", false);
      visitOperand(operation.right, visit);
      visit(operation.into, "modify", false);
      return;
    case "call":
      for (let index = 1; index <= operation.argumentCount; index++) visit(index, "read", false);
  }
}

function visitMove(
  { width, into, from }: Extract<MachineOperation, { op: "move" }>,
  visit: VisitRegister,
): void {
  const whole = width === 64;
  if ("immediate" in from) {
    visit(into, "write", whole);
    return;
  }
  // One side of a move may be on the stack, not both.
  visit(from.register, "read", whole && into < firstVirtual);
  visit(into, "write", whole);
}

function visitAtomic(
  { operation, fetch, base, from }: Extract<MachineOperation, { op: "atomic" }>,
  visit: VisitRegister,
): void {
  visit(base, "read", false);
  if (operation === "compare-exchange") {
    visit(from, "read", false);
    visit(0, "modify", false);
    return;
  }
  visit(from, fetch ? "modify" : "read", false);
}

function visitOperand(operand: MachineOperand, visit: VisitRegister): void {
  if ("register" in operand) visit(operand.register, "read", false);
}

export function visitEnd(end: MachineEnd, visit: VisitRegister): void {
  if (end.op === "jump-if") {
    visit(end.left, "read", false);
    visitOperand(end.right, visit);
  } else if (end.op === "exit") {
    visit(0, "read", false);
  }
}
