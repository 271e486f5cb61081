/** Numbers: what a D type says of their size and sign. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value } from "../../ir/ir.ts";
import type { DType } from "../../types/d-type.ts";
import { pointerSize, resolveType } from "../../types/type-queries.ts";
import type { Emitter } from "../firing/emitter.ts";

export interface Scalar {
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
}

/** Undefined for what is no number: strings, structures, stacks. */
export function scalarOf(type: DType): Scalar | undefined {
  const resolved = resolveType(type);
  switch (resolved.kind) {
    case "integer":
    case "enum":
      return { size: resolved.size, signed: resolved.signed };
    case "pointer":
      return { size: pointerSize, signed: false };
    default:
      return undefined;
  }
}

/** Everything else that stands for a number is an address. */
export const addressScalar: Scalar = { size: 8, signed: false };

/**
 * How the number at a location is kept: a variable holds all 64 bits of what it is given, whatever
 * its type, as in DTrace.
 */
export function storedScalar({ kind, type }: CheckedExpression): Scalar {
  if (kind === "variable" || kind === "element") return addressScalar;
  return scalarOf(type) ?? addressScalar;
}

export function extendTo(emitter: Emitter, value: Value, { size, signed }: Scalar): Value {
  if (typeof value === "bigint") return extendConstant(value, { size, signed });
  return size === 8 ? value : emitter.extend(value, size, signed);
}

/** Constants are kept as signed 64-bit numbers, which is what immediates are. */
export function extendConstant(value: bigint, { size, signed }: Scalar): bigint {
  if (size === 8) return BigInt.asIntN(64, value);
  return signed ? BigInt.asIntN(size * 8, value) : BigInt.asUintN(size * 8, value);
}

/** A cast: cuts to the new size; what widens is extended by the sign of the old type. */
export function convert(emitter: Emitter, value: Value, from: Scalar, to: Scalar): Value {
  if (to.size === from.size && to.signed === from.signed) return value;
  if (to.size <= from.size) return extendTo(emitter, value, to);
  if (!from.signed) return value;
  const extended = extendTo(emitter, value, from);
  return to.signed ? extended : extendTo(emitter, extended, to);
}
