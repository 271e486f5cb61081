/** One statement of a clause: an action, an aggregation, or an expression for its effect. */

import type { ExpressionStatement } from "../syntax/ast.ts";
import { checkAction } from "./actions/action-statement.ts";
import { type ClauseRecord, followClause, recordKindOf } from "./actions/record-rules.ts";
import { aggregateStatement } from "./aggregations/aggregate-statement.ts";
import type { CheckedStatement } from "./checked-program.ts";
import type { Checker } from "./checker.ts";
import { checkExpression, requireValue } from "./expressions/expression.ts";
import type { Operand } from "./operand.ts";

export function checkStatement(
  checker: Checker,
  { expression }: ExpressionStatement,
  record: ClauseRecord,
): CheckedStatement {
  const wasDestructive = checker.destructive;
  checker.destructive = false;
  checker.expansions = 0;
  try {
    const statement = statementOf(checker, checkExpression(checker, expression));
    followClause(record, recordKindOf(statement, checker.destructive), statement.span);
    return statement;
  } finally {
    checker.destructive ||= wasDestructive;
  }
}

function statementOf(checker: Checker, operand: Operand): CheckedStatement {
  const { span } = operand;
  if (operand.kind === "aggregation") return aggregateStatement(checker, operand);
  if (operand.kind === "action") {
    return { kind: "action", span, action: checkAction(checker, operand) };
  }
  return { kind: "evaluate", span, expression: requireValue(operand) };
}
