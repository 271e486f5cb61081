/** `?:`, the comma, casts, `stringof`, `xlate`. */

import type { TextSpan } from "../../../base/text-span.ts";
import type {
  CastExpression,
  CommaExpression,
  ConditionalExpression,
  StringofExpression,
  XlateExpression,
} from "../../syntax/ast.ts";
import { stringType } from "../../types/base-types.ts";
import { areCompatible, commonPointer, promote } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import {
  isInteger,
  isPointer,
  isScalar,
  isString,
  isStringCompatible,
  isVoid,
  resolveType,
} from "../../types/type-queries.ts";
import { type Checker, fail, failWithHint } from "../checker.ts";
import { castTo, convert } from "../conversions.ts";
import { findTranslator } from "../declarations/translators.ts";
import { resolveTypeSyntax } from "../declarations/type-syntax.ts";
import { hintForForward } from "../hints.ts";
import {
  constantOf,
  type Operand,
  operandTypeName,
  typedOperand,
  typeOfOperand,
  valueOperand,
} from "../operand.ts";
import { checkExpression, requireValue } from "./expression.ts";

/** A constant condition leaves nothing but the chosen arm, which may then be an action. */
export function checkConditional(checker: Checker, node: ConditionalExpression): Operand {
  const { span } = node;
  const condition = checkExpression(checker, node.condition);
  const constant = constantOf(condition);
  if (constant !== undefined) {
    return checkExpression(checker, constant === 0n ? node.whenFalse : node.whenTrue);
  }
  const whenTrue = checkExpression(checker, node.whenTrue);
  const whenFalse = checkExpression(checker, node.whenFalse);
  if (!isScalar(typeOfOperand(condition))) {
    fail("D_OP_SCALAR", span, "operator ?: expression must be of scalar type");
  }
  if (isNoValue(whenTrue) || isNoValue(whenFalse)) fail("D_OP_DYN", span, "?:");
  const type = commonType(span, whenTrue, whenFalse);
  if (whenTrue.kind === "action" || whenFalse.kind === "action") {
    fail("D_OP_ACT", span, "action cannot be used in a conditional context");
  }
  return valueOperand({
    kind: "conditional",
    span,
    type,
    condition: requireValue(condition),
    whenTrue: convert(checker.universe, requireValue(whenTrue), type),
    whenFalse: convert(checker.universe, requireValue(whenFalse), type),
  });
}

const isNoValue = ({ kind }: Operand): boolean => kind === "aggregation" || kind === "translation";

function commonType(span: TextSpan, left: Operand, right: Operand): DType {
  const leftType = typeOfOperand(left);
  const rightType = typeOfOperand(right);
  if (areCompatible(leftType, rightType)) return leftType;
  if (isInteger(leftType) && isInteger(rightType)) return promote(leftType, rightType);
  const asStrings = isStringCompatible(leftType) && isStringCompatible(rightType);
  if (asStrings && (isString(leftType) || isString(rightType))) return stringType;
  const pointer = commonPointer(typedOperand(left), typedOperand(right));
  if (pointer) return pointer;
  return fail("D_OP_INCOMPAT", span, "operator ?: operands must have compatible types");
}

/** Long lists are walked in a loop, as they associate to the left. */
export function checkComma(checker: Checker, node: CommaExpression): Operand {
  const spine: CommaExpression[] = [node];
  let leftmost = node.first;
  while (leftmost.kind === "comma") {
    spine.push(leftmost);
    leftmost = leftmost.first;
  }
  let first = checkExpression(checker, leftmost);
  for (const { span, second: next } of spine.reverse()) {
    first = joinComma(span, first, checkExpression(checker, next));
  }
  return first;
}

function joinComma(span: TextSpan, first: Operand, second: Operand): Operand {
  if (isNoValue(first) || isNoValue(second)) fail("D_OP_DYN", span, ",");
  if (first.kind === "action" || second.kind === "action") {
    fail("D_OP_ACT", span, "operator , operands cannot be actions");
  }
  const value = requireValue(second);
  return valueOperand({
    kind: "comma",
    span,
    type: value.type,
    first: requireValue(first),
    second: value,
  });
}

export function checkCast(checker: Checker, node: CastExpression): Operand {
  const { span } = node;
  const type = resolveTypeSyntax(checker, node.type);
  const operand = checkExpression(checker, node.operand);
  if (!mayCast(type, operand)) {
    failWithHint(
      hintForForward(checker, type),
      "D_CAST_INVAL",
      span,
      operandTypeName(operand),
      formatType(type),
    );
  }
  const value = castTo(checker.universe, requireValue(operand), type);
  if (isVoid(type)) return valueOperand({ kind: "cast", span, type, operand: value });
  const isWritable = resolveType(type).kind === "pointer";
  return { ...valueOperand({ ...value, span, type }), isWritable };
}

/** Among scalars, from arrays to pointers, from addresses to strings, to the same, to void. */
function mayCast(type: DType, operand: Operand): boolean {
  const from = typeOfOperand(operand);
  if (areCompatible(type, from) || isVoid(type)) return true;
  if (isScalar(type)) {
    if (isScalar(from) || resolveType(from).kind === "function") return true;
    return resolveType(type).kind === "pointer" && (isPointer(from) || isString(from));
  }
  return isString(type) && (isScalar(from) || isPointer(from) || isStringCompatible(from));
}

export function checkStringof(
  checker: Checker,
  { span, operand: node }: StringofExpression,
): Operand {
  const operand = checkExpression(checker, node);
  const type = typeOfOperand(operand);
  if (!isScalar(type) && !isPointer(type) && !isStringCompatible(type)) {
    fail("D_STRINGOF_TYPE", span, operandTypeName(operand));
  }
  return valueOperand(convert(checker.universe, requireValue(operand), stringType));
}

export function checkXlate(checker: Checker, node: XlateExpression): Operand {
  const { span } = node;
  const type = resolveTypeSyntax(checker, node.type);
  const input = checkExpression(checker, node.operand);
  const translator =
    input.kind === "value" ? findTranslator(checker, { from: input, to: type }) : undefined;
  if (!translator || input.kind !== "value") {
    const hint = hintForForward(checker, type);
    return failWithHint(hint, "D_XLATE_NONE", span, operandTypeName(input), formatType(type));
  }
  return { kind: "translation", span, translator, input, type };
}
