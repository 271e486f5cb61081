/** An aggregation's assignment as a statement: its keys, its value, its buckets. */

import { longType } from "../../types/base-types.ts";
import { isInteger, isScalar } from "../../types/type-queries.ts";
import { recordedValue } from "../actions/recorded-value.ts";
import type {
  AggregatingFunction,
  CheckedExpression,
  CheckedStatement,
} from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import { convert } from "../conversions.ts";
import { requireValue } from "../expressions/expression.ts";
import {
  type AggregatingOperand,
  type AggregationOperand,
  type Operand,
  typeOfOperand,
} from "../operand.ts";
import { defineAggregation } from "./aggregation-entry.ts";
import { linearBuckets, logLinearBuckets } from "./quantization.ts";

export function aggregateStatement(
  checker: Checker,
  operand: AggregationOperand,
): CheckedStatement {
  const { entry, span, value } = operand;
  if (!value) return fail("D_AGG_NULL", span, entry.name);
  const [input] = value.arguments;
  if (input && !isScalar(typeOfOperand(input))) fail("D_AGG_SCALAR", value.span, value.name);

  const keys = (operand.keys ?? []).map((key, index) =>
    keyValue(checker, key, entry.keys?.[index]),
  );
  const { buckets, increment } = bucketsOf(operand, value);
  const aggregation = defineAggregation(checker.aggregations, entry, buckets);
  return {
    kind: "aggregate",
    span,
    aggregation,
    keys,
    value: input && asInteger(checker, input),
    increment: increment && asInteger(checker, increment),
  };
}

function keyValue(
  checker: Checker,
  key: Operand,
  type: CheckedExpression["type"] | undefined,
): CheckedExpression {
  const value = recordedValue(key);
  const isPlain = value.kind !== "stack" && value.kind !== "symbol-of";
  if (!type || !isPlain) return value;
  // Integers keep their own sizes: keys that differ in that are different keys.
  const areIntegers = isInteger(type) && isInteger(value.type);
  return areIntegers ? value : convert(checker.universe, value, type);
}

const asInteger = (checker: Checker, operand: Operand): CheckedExpression =>
  convert(checker.universe, requireValue(operand), longType);

interface Buckets {
  readonly buckets: AggregatingFunction;
  readonly increment: Operand | undefined;
}

function bucketsOf(operand: AggregationOperand, value: AggregatingOperand): Buckets {
  const { name, arguments: operands } = value;
  switch (name) {
    case "lquantize": {
      const buckets = linearBuckets(operand, operands);
      return { buckets, increment: incrementOf(value, 4) };
    }
    case "llquantize": {
      const buckets = logLinearBuckets(operand, operands);
      return { buckets, increment: incrementOf(value, 5) };
    }
    case "quantize":
      return { buckets: { name }, increment: incrementOf(value, 1) };
    default:
      return { buckets: { name }, increment: undefined };
  }
}

function incrementOf(value: AggregatingOperand, index: number): Operand | undefined {
  const { name, arguments: operands, span } = value;
  const increment = operands[index];
  if (increment && !isScalar(typeOfOperand(increment))) {
    fail(
      "D_PROTO_ARG",
      span,
      `${name}( ) increment value (argument #${index + 1}) must be of scalar type`,
    );
  }
  if (operands.length > index + 1) {
    const passed = `${operands.length} args passed`;
    fail(
      "D_PROTO_LEN",
      span,
      `${name}( ) prototype mismatch: ${passed}, at most ${index + 1} expected`,
    );
  }
  return increment;
}
