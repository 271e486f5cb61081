/** Binary operators on values: arithmetic, bits, shifts, logic, and D's pointer arithmetic. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { BinaryExpression, Expression } from "../../syntax/ast.ts";
import { intType, longType, standardType, stringType } from "../../types/base-types.ts";
import { commonPointer, promote } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import {
  isInteger,
  isPointer,
  isScalar,
  isString,
  isUnsizedPointer,
  referencedType,
  sizeOf,
} from "../../types/type-queries.ts";
import type { ArithmeticOperator, CheckedExpression } from "../checked-program.ts";
import { type Checker, fail, failWithHint } from "../checker.ts";
import {
  foldArithmetic,
  foldLogical,
  type IntegerConstant,
  integerConstant,
} from "../constants.ts";
import { convert, decay } from "../conversions.ts";
import {
  constantOf,
  type Operand,
  operandTypeName,
  typedOperand,
  typeOfOperand,
  valueOperand,
} from "../operand.ts";
import { checkComparison, isComparison } from "./comparisons.ts";
import { checkExpression, requireValue } from "./expression.ts";

/** Operators associate to the left: the left spine is walked in a loop, however long it is. */
export function checkBinary(checker: Checker, node: BinaryExpression): Operand {
  const spine: BinaryExpression[] = [];
  let leftmost: Expression = node;
  while (leftmost.kind === "binary") {
    spine.push(leftmost);
    leftmost = leftmost.left;
  }
  let left = checkExpression(checker, leftmost);
  for (const each of spine.reverse()) {
    left = isComparison(each.operator)
      ? checkComparison(checker, each, left)
      : combine(checker, each, left);
  }
  return left;
}

function combine(checker: Checker, node: BinaryExpression, left: Operand): Operand {
  const { operator, span } = node;
  const right = checkExpression(checker, node.right);
  switch (operator) {
    case "&&":
    case "||":
    case "^^":
      return combineLogical({ span, operator, left, right });
    case "+":
    case "-":
      return add(checker, { span, operator, left, right });
    case "*":
    case "/":
    case "%":
    case "&":
    case "|":
    case "^":
    case "<<":
    case ">>":
      refuseDivisionByZero(operator, right);
      requireIntegers(operator, { span, left, right });
      return arithmetic(checker, { span, operator, left, right });
    default:
      throw new Error(`operator ${operator} is a comparison`);
  }
}

export interface BinaryOperands<Operator extends string = ArithmeticOperator> {
  readonly span: TextSpan;
  readonly operator: Operator;
  readonly left: Operand;
  readonly right: Operand;
}

export function refuseDivisionByZero(operator: string, right: Operand): void {
  const divides = operator.startsWith("/") || operator.startsWith("%");
  if (divides && constantOf(right) === 0n) fail("D_DIV_ZERO", right.span);
}

/** `operator` is spelled as in the source, so that `*=` is named as such. */
export function requireIntegers(
  operator: string,
  {
    span,
    left,
    right,
  }: { readonly span: TextSpan; readonly left: Operand; readonly right: Operand },
): void {
  if (isInteger(typeOfOperand(left)) && isInteger(typeOfOperand(right))) return;
  if (operator.startsWith("*") || operator.startsWith("/")) {
    fail("D_OP_ARITH", span, operator, "operands");
  }
  fail("D_OP_INT", span, operator, "operands");
}

/** Both are integers. */
export function arithmetic(
  checker: Checker,
  { span, operator, left, right }: BinaryOperands,
): Operand {
  const leftValue = requireValue(left);
  const rightValue = requireValue(right);
  if (isIntegerConstant(leftValue) && isIntegerConstant(rightValue)) {
    return valueOperand({ ...foldArithmetic(operator, leftValue, rightValue), span });
  }
  if (operator === "<<" || operator === ">>") {
    const { type } = leftValue;
    return valueOperand({
      kind: "arithmetic",
      span,
      type,
      operator,
      left: leftValue,
      right: rightValue,
    });
  }
  const type = promote(leftValue.type, rightValue.type);
  return valueOperand({
    kind: "arithmetic",
    span,
    type,
    operator,
    left: convert(checker.universe, leftValue, type),
    right: convert(checker.universe, rightValue, type),
  });
}

export function isIntegerConstant(expression: CheckedExpression): expression is IntegerConstant {
  return expression.kind === "integer" && isInteger(expression.type);
}

function combineLogical({
  span,
  operator,
  left,
  right,
}: BinaryOperands<"&&" | "||" | "^^">): Operand {
  if (!isScalar(typeOfOperand(left)) || !isScalar(typeOfOperand(right))) {
    fail("D_OP_SCALAR", span, `operator ${operator} requires operands of scalar type`);
  }
  const leftConstant = constantOf(left);
  const rightConstant = constantOf(right);
  if (leftConstant !== undefined && rightConstant !== undefined) {
    const holds = foldLogical(operator, leftConstant, rightConstant);
    return valueOperand(integerConstant(span, intType, holds ? 1n : 0n));
  }
  return valueOperand({
    kind: "logical",
    span,
    type: intType,
    operator,
    left: requireValue(left),
    right: requireValue(right),
  });
}

const isAddressLike = (type: DType): boolean =>
  isString(type) || (isPointer(type) && !isUnsizedPointer(type));

/** `+` and `-`, where pointers and strings may take part. */
export function add(checker: Checker, operands: BinaryOperands<"+" | "-">): Operand {
  const { left, right, operator } = operands;
  const leftType = typeOfOperand(left);
  const rightType = typeOfOperand(right);
  if (isInteger(leftType) && isInteger(rightType)) return arithmetic(checker, operands);
  if (isAddressLike(leftType) && isInteger(rightType)) return offsetPointer(checker, operands);
  if (operator === "+" && isInteger(leftType) && isAddressLike(rightType)) {
    return offsetPointer(checker, { ...operands, left: right, right: left });
  }
  // Strings are copied where they are needed: how far apart two are says nothing.
  const arePointers = isAddressLike(leftType) && isAddressLike(rightType);
  const isDistance = operator === "-" && arePointers && !isString(leftType) && !isString(rightType);
  if (isDistance && commonPointer(typedOperand(left), typedOperand(right))) {
    return subtractPointers(checker, operands);
  }
  return failIncompatible(operands);
}

export function failIncompatible({ span, operator, left, right }: BinaryOperands<string>): never {
  const areStrings = isString(typeOfOperand(left)) && isString(typeOfOperand(right));
  return failWithHint(
    areStrings && operator.startsWith("+") ? "strjoin() joins strings" : undefined,
    "D_OP_INCOMPAT",
    span,
    incompatible(operandTypeName(left), operator, operandTypeName(right)),
  );
}

/** The same of operands that are no operands yet: the names of their types are known. */
export function failIncompatibleNames({
  span,
  operator,
  left,
  right,
}: {
  readonly span: TextSpan;
  readonly operator: string;
  readonly left: string;
  readonly right: string;
}): never {
  return fail("D_OP_INCOMPAT", span, incompatible(left, operator, right));
}

const incompatible = (left: string, operator: string, right: string): string =>
  `operands have incompatible types: "${left}" ${operator} "${right}"`;

function offsetPointer(
  checker: Checker,
  { span, operator, left, right }: BinaryOperands<"+" | "-">,
): Operand {
  const base = requireValue(left);
  const isWritable = left.kind === "value" && left.isWritable;
  if (isString(base.type)) {
    return valueOperand(stringTail(checker, { span, text: base, by: requireValue(right) }));
  }
  const pointer = decay(checker.universe, base);
  const offset = scale(checker, requireValue(right), elementSize(checker, pointer.type));
  const { type } = pointer;
  const sum: CheckedExpression = {
    kind: "arithmetic",
    span,
    type,
    operator,
    left: pointer,
    right: offset,
  };
  return { ...valueOperand(sum), isWritable };
}

/** D adds to a string as to a pointer: what is left of it is its tail. */
function stringTail(
  checker: Checker,
  { span, text, by }: { span: TextSpan; text: CheckedExpression; by: CheckedExpression },
): CheckedExpression {
  const index = convert(checker.universe, by, intType);
  return {
    kind: "call",
    span,
    type: stringType,
    subroutine: "substr",
    arguments: [text, index],
  };
}

/** Bytes from one element to the next; 1 where the size is not known. */
export function elementSize(checker: Checker, pointer: DType): number {
  const target = referencedType(pointer);
  return (target && sizeOf(checker.universe.complete(target))) || 1;
}

/** The index in bytes, 64 bits wide. */
export function scale(checker: Checker, index: CheckedExpression, size: number): CheckedExpression {
  const { span } = index;
  const wide = convert(checker.universe, index, longType);
  const factor = integerConstant(span, longType, BigInt(size));
  if (isIntegerConstant(wide)) return { ...foldArithmetic("*", wide, factor), span };
  if (size === 1) return wide;
  return { kind: "arithmetic", span, type: longType, operator: "*", left: wide, right: factor };
}

function subtractPointers(
  checker: Checker,
  { span, left, right }: BinaryOperands<"+" | "-">,
): Operand {
  const type = standardType("ptrdiff_t");
  const from = decay(checker.universe, requireValue(left));
  const to = decay(checker.universe, requireValue(right));
  const difference: CheckedExpression = {
    kind: "arithmetic",
    span,
    type,
    operator: "-",
    left: { kind: "cast", span: from.span, type, operand: from },
    right: { kind: "cast", span: to.span, type, operand: to },
  };
  const size = elementSize(checker, from.type);
  if (size === 1) return valueOperand(difference);
  const divisor = integerConstant(span, type, BigInt(size));
  return valueOperand({
    kind: "arithmetic",
    span,
    type,
    operator: "/",
    left: difference,
    right: divisor,
  });
}
