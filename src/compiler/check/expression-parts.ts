/** The expressions that an expression or a statement is made of, one level down. */

import { assertNever } from "../../base/assert-never.ts";
import type { CheckedAction, CheckedExpression, CheckedStatement } from "./checked-program.ts";

export function partsOf(expression: CheckedExpression): readonly CheckedExpression[] {
  switch (expression.kind) {
    case "integer":
    case "string-literal":
    case "builtin":
    case "argument":
    case "probe-register":
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

export function partsOfStatement(statement: CheckedStatement): readonly CheckedExpression[] {
  switch (statement.kind) {
    case "evaluate":
      return [statement.expression];
    case "aggregate": {
      const { keys, value, increment } = statement;
      return [...keys, value, increment].filter((part) => part !== undefined);
    }
    case "action":
      return partsOfAction(statement.action);
    default:
      return assertNever(statement);
  }
}

function partsOfAction(action: CheckedAction): readonly CheckedExpression[] {
  switch (action.name) {
    case "trace":
    case "print":
    case "stack":
    case "raise":
    case "chill":
      return [action.value];
    case "tracemem":
      return action.dynamicSize ? [action.address, action.dynamicSize] : [action.address];
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
      return action.count ? [action.count] : [];
    case "normalize":
      return [action.factor];
    case "setopt":
      return action.computed ? [action.computed] : [];
    case "printa":
    case "clear":
    case "denormalize":
    case "ftruncate":
    case "stop":
    case "panic":
    case "breakpoint":
      return [];
    default:
      return assertNever(action);
  }
}
