/** Expressions that are numbers: 64 bits, extended as the type says where they come from memory. */

import { assertNever } from "../../../base/assert-never.ts";
import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value } from "../../ir/ir.ts";
import { isString } from "../../types/type-queries.ts";
import type { Firing } from "../firing/firing.ts";
import { generateString } from "../strings/operand.ts";
import { generateSubroutineValue } from "../subroutines/call.ts";
import {
  generateAssignment,
  generateAssignmentStatement,
  generateIncrement,
} from "../variables/assignment.ts";
import { generateArithmetic } from "./arithmetic.ts";
import { generateBuiltin, generateProbeRegister, generateUserRegister } from "./builtin.ts";
import { generateCondition, generateExclusiveOr, generateTruth } from "./condition.ts";
import { addressOf, generateLocation, loadScalar } from "./location.ts";
import { addressScalar, convert, extendTo, type Scalar, scalarOf } from "./scalar.ts";

/** Strings and structures are no numbers: of those it gives the address. */
export function generateValue(firing: Firing, expression: CheckedExpression): Value {
  const scalar = scalarOf(expression.type) ?? addressScalar;
  switch (expression.kind) {
    case "integer":
      return BigInt.asIntN(64, expression.value);
    case "builtin":
      return generateBuiltin(firing, expression.name, expression.type);
    case "argument":
      return extendTo(firing.emitter, firing.source.argument(expression.source), scalar);
    case "user-register":
      return generateUserRegister(firing, expression.index);
    case "probe-register":
      return generateProbeRegister(firing, expression.register);
    case "unary":
      return generateUnary(firing, expression);
    case "arithmetic": {
      const left = generateValue(firing, expression.left);
      const right = generateValue(firing, expression.right);
      return generateArithmetic(firing, { operator: expression.operator, left, right }, scalar);
    }
    case "comparison":
      return generateTruth(firing, expression);
    case "logical":
      return expression.operator === "^^"
        ? generateExclusiveOr(firing, expression)
        : generateTruth(firing, expression);
    case "conditional":
      return generateConditional(firing, expression);
    case "cast":
      return generateCast(firing, expression, scalar);
    case "assign":
      return generateAssignment(firing, expression);
    case "increment":
      return generateIncrement(firing, expression);
    case "address-of":
      return addressOf(firing, generateLocation(firing, expression.operand));
    case "comma":
      generateEffect(firing, expression.first);
      return generateValue(firing, expression.second);
    case "call":
      return generateSubroutineValue(firing, expression);
    case "symbol-of":
      return generateValue(firing, expression.address);
    case "variable":
    case "element":
    case "symbol":
    case "dereference":
    case "member":
    case "index":
      return scalarOf(expression.type)
        ? loadScalar(firing, generateLocation(firing, expression), expression)
        : addressOf(firing, generateLocation(firing, expression));
    case "string-literal":
    case "to-string":
      return addressOf(firing, generateLocation(firing, expression));
    case "stack":
      throw new Error("a stack is no number");
    default:
      return assertNever(expression);
  }
}

/** Evaluated for what it does; its value is not wanted. */
export function generateEffect(firing: Firing, expression: CheckedExpression): void {
  switch (expression.kind) {
    case "conditional":
      generateConditionalEffect(firing, expression);
      return;
    case "comma":
      generateEffect(firing, expression.first);
      generateEffect(firing, expression.second);
      return;
    case "assign":
    case "increment":
      generateAssignmentStatement(firing, expression);
      return;
    case "stack":
    case "builtin":
      return;
    default:
      generateUnusedValue(firing, expression);
  }
}

/** Faults are effects: what is read is read, even if nobody wants it. */
function generateUnusedValue(firing: Firing, expression: CheckedExpression): void {
  if (isString(expression.type)) {
    generateString(firing, expression);
  } else if (scalarOf(expression.type) || expression.kind === "call") {
    generateValue(firing, expression);
  } else {
    generateLocation(firing, expression);
  }
}

type Conditional = Extract<CheckedExpression, { kind: "conditional" }>;
type Cast = Extract<CheckedExpression, { kind: "cast" }>;
type Unary = Extract<CheckedExpression, { kind: "unary" }>;

function generateUnary(firing: Firing, unary: Unary): Value {
  const { emitter } = firing;
  if (unary.operator === "!") return generateTruth(firing, unary);
  const operand = generateValue(firing, unary.operand);
  return unary.operator === "-" ? emitter.negate(operand) : emitter.alu("^", operand, -1n);
}

function generateCast(firing: Firing, { operand, isImplicit }: Cast, to: Scalar): Value {
  if (isImplicit) return generateValue(firing, operand);
  const from = scalarOf(operand.type) ?? addressScalar;
  return convert(firing.emitter, generateValue(firing, operand), from, to);
}

function generateConditional(
  firing: Firing,
  { condition, whenTrue, whenFalse }: Conditional,
): Value {
  const { emitter } = firing;
  const result = emitter.fresh();
  branchOn(
    firing,
    condition,
    () => emitter.copy(result, generateValue(firing, whenTrue)),
    () => emitter.copy(result, generateValue(firing, whenFalse)),
  );
  return result;
}

function generateConditionalEffect(
  firing: Firing,
  { condition, whenTrue, whenFalse }: Conditional,
): void {
  branchOn(
    firing,
    condition,
    () => generateEffect(firing, whenTrue),
    () => generateEffect(firing, whenFalse),
  );
}

export function branchOn(
  firing: Firing,
  condition: CheckedExpression,
  then: () => void,
  otherwise: () => void,
): void {
  const { emitter } = firing;
  const whenTrue = emitter.block();
  const whenFalse = emitter.block();
  const done = emitter.block();
  generateCondition(firing, condition, { whenTrue, whenFalse });
  emitter.place(whenTrue);
  then();
  emitter.jump(done);
  emitter.place(whenFalse);
  otherwise();
  emitter.place(done);
}
