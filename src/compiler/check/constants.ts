/** Integer constants: their types as written, and arithmetic on them as D does it at compile time. */

import type { TextSpan } from "../../base/text-span.ts";
import {
  intType,
  longLongType,
  longType,
  unsignedIntType,
  unsignedLongLongType,
  unsignedLongType,
} from "../types/base-types.ts";
import { promote } from "../types/compatibility.ts";
import type { DType } from "../types/d-type.ts";
import { resolveType, sizeOf } from "../types/type-queries.ts";
import type {
  ArithmeticOperator,
  CheckedExpression,
  ComparisonOperator,
} from "./checked-program.ts";

export type IntegerConstant = CheckedExpression & {
  readonly kind: "integer";
  readonly value: bigint;
};

/** The value is cut and extended as the type says, as casts and conversions do. */
export function integerConstant(span: TextSpan, type: DType, value: bigint): IntegerConstant {
  return { kind: "integer", span, type, value: wrapInteger(value, type) };
}

/**
 * What an operator makes of constants: it has a type, but as DTrace computes with registers the
 * value keeps all its 64 bits until something of the type's size is made of it.
 */
export function computedConstant(span: TextSpan, type: DType, value: bigint): IntegerConstant {
  const pattern = isSigned(type) ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value);
  return { kind: "integer", span, type, value: pattern };
}

export function wrapInteger(value: bigint, type: DType): bigint {
  const bits = (sizeOf(type) || 8) * 8;
  return isSigned(type) ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

export function isSigned(type: DType): boolean {
  const resolved = resolveType(type);
  return (resolved.kind === "integer" || resolved.kind === "enum") && resolved.signed;
}

const candidates = [
  { type: intType, limit: 0x7fff_ffffn },
  { type: unsignedIntType, limit: 0xffff_ffffn },
  { type: longType, limit: 0x7fff_ffff_ffff_ffffn },
  { type: unsignedLongType, limit: 0xffff_ffff_ffff_ffffn },
  { type: longLongType, limit: 0x7fff_ffff_ffff_ffffn },
  { type: unsignedLongLongType, limit: 0xffff_ffff_ffff_ffffn },
] as const;

export interface LiteralForm {
  readonly value: bigint;
  readonly isDecimal: boolean;
  /** Any of `u`, `l`, `ll`, `ul`, `ull` in either case and order, or empty. */
  readonly suffix: string;
}

/** ISO C99 6.4.4.1: the first type that holds the value; undefined where none does. */
export function typeOfLiteral({ value, isDecimal, suffix }: LiteralForm): DType | undefined {
  const letters = suffix.toLowerCase();
  const unsigned = letters.includes("u");
  const longs = letters.replaceAll("u", "").length;
  const step = isDecimal || unsigned ? 2 : 1;
  for (let index = (unsigned ? 1 : 0) + longs * 2; index < candidates.length; index += step) {
    const candidate = candidates[index];
    if (candidate && value <= candidate.limit) return candidate.type;
  }
  return undefined;
}

/** Both operands as 64-bit patterns; division by zero is the caller's to refuse. */
export function foldArithmetic(
  operator: ArithmeticOperator,
  left: IntegerConstant,
  right: IntegerConstant,
): IntegerConstant {
  const isShift = operator === "<<" || operator === ">>";
  const type = isShift ? left.type : promote(left.type, right.type);
  const value = computeArithmetic(
    operator,
    computedConstant(left.span, type, left.value).value,
    isShift ? right.value & 63n : computedConstant(right.span, type, right.value).value,
  );
  return computedConstant(left.span, type, value);
}

function computeArithmetic(operator: ArithmeticOperator, left: bigint, right: bigint): bigint {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "<<":
      return left << right;
    case ">>":
      return left >> right;
  }
}

export function foldComparison(
  operator: ComparisonOperator,
  left: IntegerConstant,
  right: IntegerConstant,
): boolean {
  const type = promote(left.type, right.type);
  const [from, to] = isSigned(type)
    ? [BigInt.asIntN(64, left.value), BigInt.asIntN(64, right.value)]
    : [BigInt.asUintN(64, left.value), BigInt.asUintN(64, right.value)];
  switch (operator) {
    case "==":
      return from === to;
    case "!=":
      return from !== to;
    case "<":
      return from < to;
    case "<=":
      return from <= to;
    case ">":
      return from > to;
    case ">=":
      return from >= to;
  }
}

export function foldLogical(operator: "&&" | "||" | "^^", left: bigint, right: bigint): boolean {
  if (operator === "&&") return left !== 0n && right !== 0n;
  if (operator === "||") return left !== 0n || right !== 0n;
  return (left !== 0n) !== (right !== 0n);
}
