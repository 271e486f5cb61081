/** Comparisons: of integers, of pointers, of strings by their text, of enums with their tags. */

import type { BinaryExpression, BinaryOperator } from "../../syntax/ast.ts";
import { intType, stringType } from "../../types/base-types.ts";
import { areCompatible, commonPointer, promote } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import {
  findEnumerator,
  isComposite,
  isInteger,
  isString,
  isStringCompatible,
} from "../../types/type-queries.ts";
import type { CheckedExpression, ComparisonOperator } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import { foldComparison, integerConstant, isSigned } from "../constants.ts";
import { convert, decay } from "../conversions.ts";
import { kindOfName } from "../identifiers/scope.ts";
import { type Operand, typedOperand, typeOfOperand, valueOperand } from "../operand.ts";
import { failIncompatible, isIntegerConstant } from "./binary.ts";
import { checkExpression, requireValue } from "./expression.ts";

const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return comparisons.has(operator);
}

export function checkComparison(checker: Checker, node: BinaryExpression, left: Operand): Operand {
  const { span } = node;
  const operator = node.operator;
  if (!isComparison(operator)) throw new Error(`operator ${operator} is no comparison`);

  const right = enumeratorOf(checker, node, left) ?? checkExpression(checker, node.right);
  const leftType = typeOfOperand(left);
  const rightType = typeOfOperand(right);
  const asStrings =
    isStringCompatible(leftType) &&
    isStringCompatible(rightType) &&
    (isString(leftType) || isString(rightType));
  const goTogether =
    (areCompatible(leftType, rightType) && !isComposite(leftType)) ||
    (isInteger(leftType) && isInteger(rightType)) ||
    asStrings ||
    commonPointer(typedOperand(left), typedOperand(right)) !== undefined;
  if (!goTogether) failIncompatible({ span, operator, left, right });

  const values = { left: requireValue(left), right: requireValue(right) };
  if (isIntegerConstant(values.left) && isIntegerConstant(values.right)) {
    const holds = foldComparison(operator, values.left, values.right);
    return valueOperand(integerConstant(span, intType, holds ? 1n : 0n));
  }
  const type = intType;
  if (isString(leftType) || isString(rightType)) {
    const { left: from, right: to } = bothAs(checker, values, stringType);
    return valueOperand({
      kind: "comparison",
      span,
      type,
      operator,
      by: "string",
      left: from,
      right: to,
    });
  }
  const by = comparedSigned(leftType, rightType) ? "signed" : "unsigned";
  const from = decay(checker.universe, values.left);
  const to = decay(checker.universe, values.right);
  return valueOperand({ kind: "comparison", span, type, operator, by, left: from, right: to });
}

/** Values are compared as they are, 64 bits wide; only how is the promoted type's matter. */
function comparedSigned(left: DType, right: DType): boolean {
  return isInteger(left) && isInteger(right) && isSigned(promote(left, right));
}

interface Pair {
  readonly left: CheckedExpression;
  readonly right: CheckedExpression;
}

function bothAs(checker: Checker, { left, right }: Pair, type: DType): Pair {
  return {
    left: convert(checker.universe, left, type),
    right: convert(checker.universe, right, type),
  };
}

/** On the right of a comparison an enum's own tags need no scope. */
function enumeratorOf(
  checker: Checker,
  { right, operator, span }: BinaryExpression,
  left: Operand,
): Operand | undefined {
  if (right.kind !== "identifier" || right.scope !== undefined) return undefined;
  const type = typeOfOperand(left);
  const enumerator = findEnumerator(type, right.name);
  if (!enumerator) return undefined;
  const entity = checker.scope.findGlobal(right.name);
  const isSameTag = entity?.kind === "constant" && entity.value === enumerator.value;
  const kind = kindOfName(checker.scope, right.name);
  if (kind !== undefined && !isSameTag) {
    fail("D_IDENT_AMBIG", span, operator, right.name, formatType(type), kind);
  }
  return valueOperand(integerConstant(right.span, type, enumerator.value));
}
