/** Unary operators: sign, complement, negation, dereference, address. */

import type { UnaryExpression, UnaryOperator } from "../../syntax/ast.ts";
import { charType as charOfString, intType } from "../../types/base-types.ts";
import {
  isDynamic,
  isInteger,
  isScalar,
  isString,
  referencedType,
  resolveType,
} from "../../types/type-queries.ts";
import type { CheckedExpression } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import { computedConstant, integerConstant } from "../constants.ts";
import { decay } from "../conversions.ts";
import {
  constantOf,
  locationOperand,
  type Operand,
  typeOfOperand,
  valueOperand,
} from "../operand.ts";
import { dereferenceTranslation } from "./access.ts";
import { isBuiltin } from "./assignment.ts";
import { checkExpression, requireValue } from "./expression.ts";

/** Chains of operators are walked in a loop, so that their length costs no stack. */
export function checkUnary(checker: Checker, node: UnaryExpression): Operand {
  const chain: UnaryExpression[] = [node];
  let inner = node.operand;
  while (inner.kind === "unary") {
    chain.push(inner);
    inner = inner.operand;
  }
  let operand = checkExpression(checker, inner);
  for (const each of chain.reverse()) operand = applyUnary(checker, each, operand);
  return operand;
}

function applyUnary(checker: Checker, node: UnaryExpression, operand: Operand): Operand {
  switch (node.operator) {
    case "*":
      return dereference(checker, node, operand);
    case "&":
      return addressOf(checker, node, operand);
    default:
      return applyArithmetic(node, node.operator, operand);
  }
}

function applyArithmetic(
  node: UnaryExpression,
  operator: Exclude<UnaryOperator, "*" | "&">,
  operand: Operand,
): Operand {
  const { span } = node;
  const type = typeOfOperand(operand);
  if (operator === "!") {
    if (!isScalar(type)) {
      fail("D_OP_SCALAR", span, "operator ! requires an operand of scalar type");
    }
  } else if (!isInteger(type)) {
    if (operator === "~") fail("D_OP_INT", span, operator, "an operand");
    fail("D_OP_ARITH", span, operator, "an operand");
  }

  const constant = constantOf(operand);
  if (constant !== undefined) return valueOperand(foldUnary(node, operator, constant, type));
  const value = requireValue(operand);
  if (operator === "+") return valueOperand({ ...value, span });
  const resultType = operator === "!" ? intType : type;
  return valueOperand({ kind: "unary", span, type: resultType, operator, operand: value });
}

function foldUnary(
  { span }: UnaryExpression,
  operator: "+" | "-" | "~" | "!",
  value: bigint,
  type: CheckedExpression["type"],
): CheckedExpression {
  switch (operator) {
    case "+":
      return computedConstant(span, type, value);
    case "-":
      return computedConstant(span, type, -value);
    case "~":
      return computedConstant(span, type, ~value);
    case "!":
      return integerConstant(span, intType, value === 0n ? 1n : 0n);
  }
}

/** `*p`: also what `p[i]` and `p->m` come down to. */
export function dereference(
  checker: Checker,
  { span }: Pick<UnaryExpression, "span">,
  operand: Operand,
): Operand {
  if (operand.kind === "translation") return dereferenceTranslation(operand);
  const pointerType = typeOfOperand(operand);
  if (isString(pointerType) || resolveType(pointerType).kind === "array") {
    return firstElement(span, operand);
  }
  const target = referencedType(pointerType);
  if (!target) return fail("D_DEREF_NONPTR", span);
  const { kind } = resolveType(target);
  if (kind === "void") fail("D_DEREF_VOID", span);
  if (kind === "function") fail("D_DEREF_FUNC", span);

  const isWritable = operand.kind === "value" && operand.isWritable;
  const pointer = decay(checker.universe, requireValue(operand));
  return locationOperand({ kind: "dereference", span, type: target, pointer }, isWritable);
}

function firstElement(span: UnaryExpression["span"], operand: Operand): Operand {
  const array = requireValue(operand);
  const isWritable = operand.kind === "value" && operand.isWritable;
  return indexOperand(array, integerConstant(span, intType, 0n), { span, isWritable });
}

/** An element of an array or a character of a string. */
export function indexOperand(
  array: CheckedExpression,
  index: CheckedExpression,
  { span, isWritable }: { readonly span: CheckedExpression["span"]; readonly isWritable: boolean },
): Operand {
  const resolved = resolveType(array.type);
  const type = resolved.kind === "array" ? resolved.element() : charOfString;
  return locationOperand({ kind: "index", span, type, array, index }, isWritable);
}

function addressOf(checker: Checker, { span }: UnaryExpression, operand: Operand): Operand {
  if (operand.kind === "aggregation") fail("D_ADDROF_VAR", span, "variable");
  if (operand.kind !== "value" || isDynamic(typeOfOperand(operand))) {
    return fail("D_ADDROF_VAR", span, "object");
  }
  const { location, expression } = operand;
  if (isBuiltin(expression)) fail("D_ADDROF_VAR", span, "variable");
  if (location?.kind === "variable" || location?.kind === "element") {
    fail("D_ADDROF_VAR", span, "variable");
  }
  if (!location) return fail("D_ADDROF_LVAL", span);
  const isArrayMember = resolveType(location.type).kind === "array" && location.kind !== "symbol";
  if (isArrayMember) return fail("D_ADDROF_LVAL", span);
  if (location.kind === "member" && location.member.bitSize !== undefined) {
    fail("D_ADDROF_BITFIELD", span);
  }
  const type = checker.universe.pointerTo(location.type);
  return valueOperand({ kind: "address-of", span, type, operand: location });
}
