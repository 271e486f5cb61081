/** Makes a value have another type: the casts that code generation will find in the tree. */

import { areCompatible } from "../types/compatibility.ts";
import type { DType } from "../types/d-type.ts";
import { isInteger, resolveType, sizeOf } from "../types/type-queries.ts";
import type { TypeUniverse } from "../types/type-universe.ts";
import type { CheckedExpression, CheckedLocation } from "./checked-program.ts";
import { computedConstant, integerConstant, isSigned } from "./constants.ts";

/**
 * The value as `type` where the program does not ask for it: a number keeps all of its 64 bits, as
 * in DTrace's registers. The caller has checked that the two go together.
 */
export function convert(
  universe: TypeUniverse,
  expression: CheckedExpression,
  type: DType,
): CheckedExpression {
  const converted = castTo(universe, expression, type);
  if (converted === expression || !isInteger(expression.type) || !isInteger(type)) return converted;
  if (expression.kind === "integer") {
    return computedConstant(expression.span, type, expression.value);
  }
  return converted.kind === "cast" ? { ...converted, isImplicit: true } : converted;
}

/** The value as `type`, cut and extended as that says: a cast. */
export function castTo(
  universe: TypeUniverse,
  expression: CheckedExpression,
  type: DType,
): CheckedExpression {
  const from = resolveType(expression.type);
  const to = resolveType(type);
  if (from === to || isSameRepresentation(from, to)) return expression;
  if (to.kind === "string") return toStringValue(expression, type);
  if (to.kind === "integer" || to.kind === "enum" || to.kind === "pointer") {
    if (expression.kind === "integer" && isInteger(type)) {
      return integerConstant(expression.span, type, expression.value);
    }
    const operand = decay(universe, expression);
    if (resolveType(operand.type) === to) return operand;
    return { kind: "cast", span: expression.span, type, operand };
  }
  return expression;
}

/** Whether the value is the same 64 bits under both types. */
function isSameRepresentation(from: DType, to: DType): boolean {
  if (from.kind === "pointer" && to.kind === "pointer") return areCompatible(from, to);
  if (!isInteger(from) || !isInteger(to)) return false;
  const isBoolean = to.kind === "integer" && to.name === "_Bool";
  return !isBoolean && sizeOf(from) === sizeOf(to) && isSigned(from) === isSigned(to);
}

function toStringValue(expression: CheckedExpression, type: DType): CheckedExpression {
  const { span } = expression;
  if (expression.kind === "integer" && expression.value === 0n) {
    return { kind: "string-literal", span, type, text: "" };
  }
  return { kind: "to-string", span, type, operand: expression };
}

/** An array becomes the address of its first element. */
export function decay(universe: TypeUniverse, expression: CheckedExpression): CheckedExpression {
  const array = resolveType(expression.type);
  if (array.kind !== "array" || !isLocation(expression)) return expression;
  return {
    kind: "address-of",
    span: expression.span,
    type: universe.pointerTo(array.element()),
    operand: expression,
  };
}

export function isLocation(expression: CheckedExpression): expression is CheckedLocation {
  switch (expression.kind) {
    case "variable":
    case "element":
    case "symbol":
    case "dereference":
    case "member":
    case "index":
      return true;
    default:
      return false;
  }
}
