/** Walks over the expressions of checked clauses: what a body uses, asked before code is made. */

import { assertNever } from "../../base/assert-never.ts";
import type {
  CheckedAction,
  CheckedExpression,
  CheckedStatement,
  ClauseBody,
} from "../check/checked-program.ts";

/** Every expression of a clause, operands after what they belong to. */
export function* expressionsOf(body: ClauseBody): Iterable<CheckedExpression> {
  if (body.predicate) yield* withOperands(body.predicate);
  for (const statement of body.statements) {
    for (const expression of statementOperands(statement)) yield* withOperands(expression);
  }
}

export function* withOperands(expression: CheckedExpression): Iterable<CheckedExpression> {
  yield expression;
  for (const operand of operandsOf(expression)) yield* withOperands(operand);
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

const present = (
  ...expressions: readonly (CheckedExpression | undefined)[]
): readonly CheckedExpression[] => expressions.filter((expression) => expression !== undefined);

function statementOperands(statement: CheckedStatement): readonly CheckedExpression[] {
  switch (statement.kind) {
    case "evaluate":
      return [statement.expression];
    case "aggregate":
      return [...statement.keys, ...present(statement.value, statement.increment)];
    case "action":
      return actionOperands(statement.action);
    default:
      return assertNever(statement);
  }
}

function actionOperands(action: CheckedAction): readonly CheckedExpression[] {
  switch (action.name) {
    case "trace":
    case "print":
    case "stack":
    case "raise":
    case "chill":
      return [action.value];
    case "tracemem":
      return present(action.address, action.dynamicSize);
    case "pcap":
      return [action.time, action.start, action.available, action.length, action.protocol];
    case "printf":
    case "system":
    case "freopen":
      return action.arguments;
    case "exit":
      return [action.status];
    case "speculate":
    case "commit":
    case "discard":
      return [action.speculation];
    case "trunc":
      return present(action.count);
    case "normalize":
      return [action.factor];
    case "setopt":
      return present(action.computed);
    default:
      return [];
  }
}

export function operandsOf(expression: CheckedExpression): readonly CheckedExpression[] {
  switch (expression.kind) {
    case "integer":
    case "string-literal":
    case "builtin":
    case "argument":
    case "variable":
    case "symbol":
    case "stack":
      return [];
    case "user-register":
      return [expression.index];
    case "element":
      return expression.keys;
    case "dereference":
      return [expression.pointer];
    case "member":
      return [expression.object];
    case "index":
      return [expression.array, expression.index];
    case "address-of":
    case "unary":
    case "cast":
    case "to-string":
      return [expression.operand];
    case "arithmetic":
    case "comparison":
    case "logical":
      return [expression.left, expression.right];
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case "assign":
      return [expression.target, expression.value];
    case "increment":
      return [expression.target];
    case "call":
      return expression.arguments;
    case "symbol-of":
      return [expression.address];
    case "comma":
      return [expression.first, expression.second];
    default:
      return assertNever(expression);
  }
}
