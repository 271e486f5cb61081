/** clear(), trunc(), normalize(), denormalize(): what they are given is an aggregation by name. */

import { intType, longType } from "../../types/base-types.ts";
import { isScalar } from "../../types/type-queries.ts";
import type { Aggregation, CheckedAction } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import { convert } from "../conversions.ts";
import { requireValue } from "../expressions/expression.ts";
import { type ActionOperand, type Operand, operandTypeName, typeOfOperand } from "../operand.ts";

type AggregationActionName = "clear" | "trunc" | "normalize" | "denormalize";

export function checkAggregationAction(
  checker: Checker,
  operand: ActionOperand,
  name: AggregationActionName,
): CheckedAction {
  switch (name) {
    case "clear":
      return checkClear(operand);
    case "trunc":
      return checkTrunc(checker, operand);
    case "normalize":
    case "denormalize":
      return checkNormalize(checker, operand, name);
  }
}

function checkClear({ span, arguments: operands }: ActionOperand): CheckedAction {
  const [target] = operands;
  if (!target || operands.length !== 1) return fail("D_CLEAR_PROTO", span, operands.length);
  if (target.kind !== "aggregation") {
    return fail("D_CLEAR_AGGARG", target.span, operandTypeName(target));
  }
  const aggregation = definedAggregation(target);
  if (!aggregation) return fail("D_CLEAR_AGGBAD", target.span, target.entry.name);
  return { name: "clear", aggregation: emptied(target, aggregation) };
}

function checkTrunc(checker: Checker, { span, arguments: operands }: ActionOperand): CheckedAction {
  const [target, count] = operands;
  if (!target || operands.length > 2) return fail("D_TRUNC_PROTO", span, operands.length);
  if (target.kind !== "aggregation") {
    return fail("D_TRUNC_AGGARG", target.span, operandTypeName(target));
  }
  if (count && !isScalar(typeOfOperand(count))) fail("D_TRUNC_SCALAR", count.span);
  const aggregation = definedAggregation(target);
  if (!aggregation) return fail("D_TRUNC_AGGBAD", target.span, target.entry.name);
  return {
    name: "trunc",
    aggregation: emptied(target, aggregation),
    count: count && convert(checker.universe, requireValue(count), intType),
  };
}

function checkNormalize(
  checker: Checker,
  { span, arguments: operands }: ActionOperand,
  name: "normalize" | "denormalize",
): CheckedAction {
  const [target, factor] = operands;
  const expected = name === "normalize" ? 2 : 1;
  if (!target || operands.length !== expected) {
    return fail("D_NORMALIZE_PROTO", span, name, operands.length, expected);
  }
  if (target.kind !== "aggregation") {
    return fail("D_NORMALIZE_AGGARG", target.span, name, operandTypeName(target));
  }
  if (factor && !isScalar(typeOfOperand(factor))) fail("D_NORMALIZE_SCALAR", factor.span);
  const aggregation = definedAggregation(target);
  if (!aggregation) return fail("D_NORMALIZE_AGGBAD", target.span, target.entry.name);
  if (!factor) return { name: "denormalize", aggregation };
  const value = convert(checker.universe, requireValue(factor), longType);
  return { name: "normalize", aggregation, factor: value };
}

export function definedAggregation(operand: Operand): Aggregation | undefined {
  return operand.kind === "aggregation" ? operand.entry.aggregation : undefined;
}

function emptied(operand: Operand, aggregation: Aggregation): Aggregation {
  if (operand.kind === "aggregation" && operand.entry.aggregation) {
    operand.entry.aggregation.cleared = true;
  }
  return aggregation;
}
