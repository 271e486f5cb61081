/** Replaces one operation by a cheaper one that gives the same value, where there is one. */

import type { AluOperator } from "../../../bpf/instruction.ts";
import type { IrOperation, Value, Virtual } from "../ir.ts";
import { isConstant, swappedComparisons } from "../operands.ts";
import { evaluateAlu, evaluateBigEndian, evaluateComparison, evaluateExtend } from "./constants.ts";
import type { Definitions } from "./definitions.ts";
import { significantBits } from "./significant-bits.ts";

type Alu = Extract<IrOperation, { op: "alu" }>;
type Compare = Extract<IrOperation, { op: "compare" }>;
type Access = Extract<IrOperation, { op: "load" | "store" | "atomic" }>;

const commutative: ReadonlySet<AluOperator> = new Set(["+", "*", "|", "&", "^"]);

/** The kernel's bound on offsets into a map value (kernel/bpf/verifier.c, BPF_MAX_VAR_OFF). */
const maximumOffset = 1 << 29;

/** Operators for which zero, or one, on the right changes nothing. */
const neutralZero: ReadonlySet<AluOperator> = new Set(["+", "-", "|", "^", "<<", ">>", "s>>"]);
const neutralOne: ReadonlySet<AluOperator> = new Set(["*", "/", "s/"]);

export function simplifyOperation(operation: IrOperation, definitions: Definitions): IrOperation {
  switch (operation.op) {
    case "alu":
      return simplifyAlu(operation, definitions);
    case "compare":
      return simplifyCompare(operation, definitions);
    case "negate":
      return isConstant(operation.of) ? copy(operation.into, -operation.of) : operation;
    case "extend":
      return simplifyExtend(operation, definitions);
    case "to-big-endian":
      return isConstant(operation.from)
        ? copy(operation.into, evaluateBigEndian(operation.from, operation.bits))
        : operation;
    case "load":
    case "atomic":
      return withFoldedAddress(operation, definitions);
    case "store":
      return withoutExtension(withFoldedAddress(operation, definitions), definitions);
    default:
      return operation;
  }
}

function copy(into: Virtual, from: Value): IrOperation {
  return { op: "copy", into, from: isConstant(from) ? BigInt.asIntN(64, from) : from };
}

function simplifyAlu(alu: Alu, definitions: Definitions): IrOperation {
  const { operator, width, into, left, right } = alu;
  if (isConstant(left) && isConstant(right)) {
    return copy(into, evaluateAlu(operator, width, left, right));
  }
  if (isConstant(left)) {
    return commutative.has(operator)
      ? simplifyAlu({ ...alu, left: right, right: left }, definitions)
      : alu;
  }
  if (!isConstant(right)) {
    const isZero = left === right && (operator === "-" || operator === "^");
    return isZero ? copy(into, 0n) : alu;
  }
  return withConstant(alu, left, BigInt.asUintN(width, right), definitions);
}

function withConstant(
  alu: Alu,
  left: Virtual,
  constant: bigint,
  definitions: Definitions,
): IrOperation {
  const { operator, width, into } = alu;
  if ((operator === "*" || operator === "&") && constant === 0n) return copy(into, 0n);
  if (leavesUnchanged(operator, left, constant, definitions)) {
    return width === 64 || significantBits(left, definitions) <= 32
      ? copy(into, left)
      : { op: "extend", into, from: left, size: 4, signed: false };
  }
  if (operator === "-") {
    return withConstant(
      { ...alu, operator: "+", right: -constant },
      left,
      BigInt.asUintN(width, -constant),
      definitions,
    );
  }
  const byShift = powerOfTwo(alu, constant);
  if (byShift) return byShift;
  return width === 64 && operator === "+" ? addConstant(alu, left, constant, definitions) : alu;
}

function leavesUnchanged(
  operator: AluOperator,
  left: Virtual,
  constant: bigint,
  definitions: Definitions,
): boolean {
  if (constant === 0n) return neutralZero.has(operator);
  if (constant === 1n) return neutralOne.has(operator);
  if (operator !== "&") return false;
  const mask = 2n ** BigInt(significantBits(left, definitions)) - 1n;
  return (constant & mask) === mask;
}

function powerOfTwo(alu: Alu, constant: bigint): IrOperation | undefined {
  if (constant === 0n || (constant & (constant - 1n)) !== 0n) return undefined;
  const exponent = BigInt(constant.toString(2).length - 1);
  switch (alu.operator) {
    case "*":
      return { ...alu, operator: "<<", right: exponent };
    case "/":
      return { ...alu, operator: ">>", right: exponent };
    case "%":
      return { ...alu, operator: "&", right: constant - 1n };
    default:
      return undefined;
  }
}

/** Additions in a row become one; addresses take the constant into their offset. */
function addConstant(
  alu: Alu,
  left: Virtual,
  constant: bigint,
  definitions: Definitions,
): IrOperation {
  const offset = BigInt.asIntN(64, constant);
  const inner = definitions.of(left);
  if (inner?.op === "frame-address" || inner?.op === "map-value") {
    const within = inner.offset + Number(offset);
    if (within >= 0 && within < maximumOffset) return { ...inner, into: alu.into, offset: within };
  }
  const base = constantAdded(left, definitions);
  if (!base)
    return alu.right === offset && alu.left === left ? alu : { ...alu, left, right: offset };
  return { ...alu, left: base.register, right: BigInt.asIntN(64, base.offset + offset) };
}

/** `register + offset`, if that is what makes the value and the register keeps it. */
function constantAdded(
  value: Virtual,
  definitions: Definitions,
): { readonly register: Virtual; readonly offset: bigint } | undefined {
  const made = definitions.of(value);
  if (made?.op !== "alu" || made.operator !== "+" || made.width !== 64) return undefined;
  if (isConstant(made.left) || !isConstant(made.right)) return undefined;
  return definitions.isSingle(made.left) ? { register: made.left, offset: made.right } : undefined;
}

function simplifyCompare(compare: Compare, definitions: Definitions): IrOperation {
  const { comparison, into, left, right } = compare;
  if (isConstant(left) && isConstant(right)) {
    return copy(into, evaluateComparison(comparison, 64, left, right) ? 1n : 0n);
  }
  if (isConstant(left)) {
    return { ...compare, comparison: swappedComparisons[comparison], left: right, right: left };
  }
  const isTruth = comparison === "!=" && right === 0n && significantBits(left, definitions) <= 1;
  return isTruth ? copy(into, left) : compare;
}

function simplifyExtend(
  extend: Extract<IrOperation, { op: "extend" }>,
  definitions: Definitions,
): IrOperation {
  const { into, from, size, signed } = extend;
  if (isConstant(from)) return copy(into, evaluateExtend(from, size, signed));
  const room = signed ? 8 * size - 1 : 8 * size;
  if (significantBits(from, definitions) <= room) return copy(into, from);
  const inner = definitions.of(from);
  if (inner?.op === "extend" && inner.size >= size && definitions.isFixed(inner.from)) {
    return { ...extend, from: inner.from };
  }
  const isUpperPart =
    inner?.op === "alu" && inner.operator === ">>" && inner.right === BigInt(64 - 8 * size);
  return isUpperPart && signed && inner.width === 64 && definitions.isFixed(inner.left)
    ? { ...inner, operator: "s>>", into }
    : extend;
}

function withFoldedAddress<Operation extends Access>(
  operation: Operation,
  definitions: Definitions,
): Operation {
  const base = constantAdded(operation.base, definitions);
  if (!base) return operation;
  const offset = base.offset + BigInt(operation.offset);
  if (BigInt.asIntN(16, offset) !== offset) return operation;
  return { ...operation, base: base.register, offset: Number(offset) };
}

/** What a store cuts off need not be made. */
function withoutExtension(
  store: Extract<IrOperation, { op: "store" }>,
  definitions: Definitions,
): IrOperation {
  const inner = definitions.of(store.from);
  const isCut =
    inner?.op === "extend" && inner.size >= store.size && definitions.isFixed(inner.from);
  return isCut ? { ...store, from: inner.from } : store;
}
