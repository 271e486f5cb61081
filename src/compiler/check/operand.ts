/**
 * What checking an expression gives: a value, or one of the things D lets stand where a value
 * would — an aggregation, an action's call, a translated structure — with what may be done to it.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type { StabilityAttributes } from "../environment.ts";
import { dynamicType, voidType } from "../types/base-types.ts";
import type { Typed } from "../types/compatibility.ts";
import type { DType } from "../types/d-type.ts";
import { formatType } from "../types/type-names.ts";
import type { AggregationEntry } from "./aggregations/aggregation-entry.ts";
import type { CheckedExpression, CheckedLocation } from "./checked-program.ts";
import type { Translator } from "./declarations/translators.ts";
import type { ActionName, AggregatingFunctionName } from "./identifiers/functions.ts";

export type Operand =
  | ValueOperand
  | AggregationOperand
  | ActionOperand
  | AggregatingOperand
  | TranslationOperand;

export interface ValueOperand {
  readonly kind: "value";
  readonly span: TextSpan;
  readonly expression: CheckedExpression;
  /** Set where the value stands somewhere: `&` and assignment ask for it. */
  readonly location: CheckedLocation | undefined;
  readonly isWritable: boolean;
}

export interface AggregationOperand {
  readonly kind: "aggregation";
  readonly span: TextSpan;
  readonly entry: AggregationEntry;
  /** Undefined where no tuple is written. */
  readonly keys: readonly Operand[] | undefined;
  /** Set once an aggregating function is assigned. */
  readonly value: AggregatingOperand | undefined;
}

export interface AggregatingOperand {
  readonly kind: "aggregating";
  readonly span: TextSpan;
  readonly name: AggregatingFunctionName;
  readonly arguments: readonly Operand[];
}

export interface ActionOperand {
  readonly kind: "action";
  readonly span: TextSpan;
  readonly name: ActionName;
  readonly arguments: readonly Operand[];
  readonly type: DType;
}

/** `xlate<T>(e)` and translated `args[]`: members are translated when they are asked for. */
export interface TranslationOperand {
  readonly kind: "translation";
  readonly span: TextSpan;
  readonly translator: Translator;
  readonly input: ValueOperand;
  /** As of a checked expression. */
  readonly declaredStability?: StabilityAttributes | undefined;
  /** The structure, or a pointer to it. */
  readonly type: DType;
}

export function valueOperand(expression: CheckedExpression): ValueOperand {
  return {
    kind: "value",
    span: expression.span,
    expression,
    location: undefined,
    isWritable: false,
  };
}

export function locationOperand(location: CheckedLocation, isWritable: boolean): ValueOperand {
  return { kind: "value", span: location.span, expression: location, location, isWritable };
}

/** The type the rules of operators look at; what is no value is dynamic. */
export function typeOfOperand(operand: Operand): DType {
  switch (operand.kind) {
    case "value":
      return operand.expression.type;
    case "action":
      return operand.type;
    case "aggregating":
      return voidType;
    default:
      return dynamicType;
  }
}

export function typedOperand(operand: Operand): Typed {
  return { type: typeOfOperand(operand), isZeroConstant: constantOf(operand) === 0n };
}

/** The value of an integer constant; undefined for anything else. */
export function constantOf(operand: Operand): bigint | undefined {
  return operand.kind === "value" && operand.expression.kind === "integer"
    ? operand.expression.value
    : undefined;
}

export function isPositiveConstant(operand: Operand): boolean {
  const value = constantOf(operand);
  return value !== undefined && value > 0n;
}

/** The type as messages name it. */
export function operandTypeName(operand: Operand): string {
  switch (operand.kind) {
    case "aggregation":
      return "aggregation";
    case "translation":
      return operand.type.kind === "pointer" ? "pointer to translated data" : "translated data";
    default:
      return formatType(typeOfOperand(operand));
  }
}
