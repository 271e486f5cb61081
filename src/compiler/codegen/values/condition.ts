/** Conditions: comparisons and logic as branches, and as 0 or 1 where a value is wanted. */

import type { Comparison } from "../../../bpf/instruction.ts";
import type { CheckedExpression, ComparisonOperator } from "../../check/checked-program.ts";
import type { BlockId, Value } from "../../ir/ir.ts";
import type { Firing } from "../firing/firing.ts";
import { generateStringComparison } from "../strings/comparison.ts";
import { locateVariable } from "../variables/locate.ts";
import { generateValue } from "./expression.ts";
import { loadScalar } from "./location.ts";

export interface Outcomes {
  readonly whenTrue: BlockId;
  readonly whenFalse: BlockId;
}

type Comparing = Extract<CheckedExpression, { kind: "comparison" }>;
type Logical = Extract<CheckedExpression, { kind: "logical" }>;

/** Goes to one of the two blocks; nothing is open afterwards. */
export function generateCondition(
  firing: Firing,
  expression: CheckedExpression,
  outcomes: Outcomes,
): void {
  const { emitter } = firing;
  if (expression.kind === "comparison") {
    generateComparison(firing, expression, outcomes);
  } else if (expression.kind === "logical" && expression.operator !== "^^") {
    generateShortCircuit(firing, expression, outcomes);
  } else if (expression.kind === "unary" && expression.operator === "!") {
    const { whenTrue, whenFalse } = outcomes;
    generateCondition(firing, expression.operand, { whenTrue: whenFalse, whenFalse: whenTrue });
  } else if (isThreadVariable(expression)) {
    generateThreadCondition(firing, expression, outcomes);
  } else {
    const value = generateValue(firing, expression);
    emitter.branch({ comparison: "!=", left: value, right: 0n }, outcomes);
  }
}

type ThreadVariable = Extract<CheckedExpression, { kind: "variable" }>;

const isThreadVariable = (expression: CheckedExpression): expression is ThreadVariable =>
  expression.kind === "variable" && expression.variable.scope === "thread";

/** `/self->x/`: of a thread without variables nothing need be read. */
function generateThreadCondition(
  firing: Firing,
  expression: ThreadVariable,
  outcomes: Outcomes,
): void {
  const { emitter } = firing;
  const location = locateVariable(firing, expression.variable);
  if (location.kind !== "memory") throw new Error("a thread variable is in memory");
  if (location.nullable) {
    const present = emitter.block();
    emitter.branch(
      { comparison: "==", left: location.base, right: 0n },
      { whenTrue: outcomes.whenFalse, whenFalse: present },
    );
    emitter.place(present);
  }
  const value = loadScalar(firing, { ...location, nullable: false }, expression);
  emitter.branch({ comparison: "!=", left: value, right: 0n }, outcomes);
}

/** Where the condition holds, the thread has its structure. */
export function impliesThreadVariables(condition: CheckedExpression): boolean {
  if (condition.kind === "logical" && condition.operator === "&&") {
    return impliesThreadVariables(condition.left) || impliesThreadVariables(condition.right);
  }
  return isThreadVariable(condition);
}

/** 1 where the condition holds, else 0. */
export function generateTruth(firing: Firing, expression: CheckedExpression): Value {
  const { emitter } = firing;
  const result = emitter.set(0n);
  const whenTrue = emitter.block();
  const done = emitter.block();
  generateCondition(firing, expression, { whenTrue, whenFalse: done });
  emitter.place(whenTrue);
  emitter.copy(result, 1n);
  emitter.place(done);
  return result;
}

/** `^^` looks at both sides. */
export function generateExclusiveOr(firing: Firing, { left, right }: Logical): Value {
  const one = generateTruth(firing, left);
  const other = generateTruth(firing, right);
  return firing.emitter.alu("^", one, other);
}

function generateComparison(firing: Firing, comparing: Comparing, outcomes: Outcomes): void {
  if (comparing.by === "string") {
    generateStringComparison(firing, comparing, outcomes);
    return;
  }
  const left = generateValue(firing, comparing.left);
  const right = generateValue(firing, comparing.right);
  const comparison = comparisonOf(comparing.operator, comparing.by);
  firing.emitter.branch({ comparison, left, right }, outcomes);
}

function generateShortCircuit(
  firing: Firing,
  { operator, left, right }: Logical,
  { whenTrue, whenFalse }: Outcomes,
): void {
  const { emitter } = firing;
  const next = emitter.block();
  generateCondition(
    firing,
    left,
    operator === "&&" ? { whenTrue: next, whenFalse } : { whenTrue, whenFalse: next },
  );
  emitter.place(next);
  generateCondition(firing, right, { whenTrue, whenFalse });
}

export function comparisonOf(operator: ComparisonOperator, by: "signed" | "unsigned"): Comparison {
  if (operator === "==" || operator === "!=" || by === "unsigned") return operator;
  return `s${operator}`;
}
