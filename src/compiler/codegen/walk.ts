/** Walks over the expressions of checked clauses: what a body uses, asked before code is made. */

import type { CheckedExpression, ClauseBody } from "../check/checked-program.ts";
import { partsOf, partsOfStatement } from "../check/expression-parts.ts";

/** Every expression of a clause, operands after what they belong to. */
export function* expressionsOf(body: ClauseBody): Iterable<CheckedExpression> {
  if (body.predicate) yield* withOperands(body.predicate);
  for (const statement of body.statements) {
    for (const expression of partsOfStatement(statement)) yield* withOperands(expression);
  }
}

export function* withOperands(expression: CheckedExpression): Iterable<CheckedExpression> {
  yield expression;
  for (const operand of partsOf(expression)) yield* withOperands(operand);
}

/** How many of `arg0`, `arg1`, … a clause looks at: 1 more than the highest index. */
export function argumentsUsed(body: ClauseBody): number {
  let used = 0;
  for (const expression of expressionsOf(body)) {
    if (expression.kind === "argument") used = Math.max(used, expression.source + 1);
    if (expression.kind !== "builtin" || !/^arg\d$/.test(expression.name)) continue;
    used = Math.max(used, Number(expression.name.slice(3)) + 1);
  }
  return used;
}

/** The object that a chain of members and elements is part of. */
export function rootOf(target: CheckedExpression): CheckedExpression {
  let at = target;
  while (at.kind === "member" || at.kind === "index") {
    at = at.kind === "member" ? at.object : at.array;
  }
  return at;
}
