/**
 * if and else: a clause with them becomes several clauses on the same probes, which hand the
 * outcome of each condition on in a clause variable that no program can name.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type {
  Clause,
  Expression,
  ExpressionStatement,
  IfStatement,
  Statement,
} from "../syntax/ast.ts";

export interface ClausePiece {
  readonly span: TextSpan;
  readonly predicate: Expression | undefined;
  readonly statements: readonly ExpressionStatement[];
}

export function splitClause(clause: Clause): readonly ClausePiece[] {
  const { span, predicate, statements } = clause;
  const plain = statements.filter((each) => each.kind === "expression-statement");
  if (plain.length === statements.length) return [{ span, predicate, statements: plain }];

  const splitter: Splitter = { pieces: [], conditions: 0 };
  const underlying = predicate && decide(splitter, predicate, undefined);
  split(splitter, statements, underlying);
  return splitter.pieces;
}

interface Splitter {
  readonly pieces: ClausePiece[];
  conditions: number;
}

/** The number of a condition's hidden variable; undefined where no condition is above. */
type Condition = number | undefined;

function split(splitter: Splitter, statements: readonly Statement[], under: Condition): void {
  let run: ExpressionStatement[] = [];
  for (const statement of statements) {
    if (statement.kind === "expression-statement") {
      run.push(statement);
      continue;
    }
    finishRun(splitter, run, under);
    run = [];
    splitIf(splitter, statement, under);
  }
  finishRun(splitter, run, under);
}

function finishRun(
  { pieces }: Splitter,
  run: readonly ExpressionStatement[],
  under: Condition,
): void {
  const [first] = run;
  if (!first) return;
  const { span } = first;
  pieces.push({
    span,
    predicate: under === undefined ? undefined : conditionVariable(under, span),
    statements: run,
  });
}

function splitIf(splitter: Splitter, statement: IfStatement, under: Condition): void {
  const { condition, whenTrue, whenFalse } = statement;
  const holds = decide(splitter, condition, under);
  split(splitter, whenTrue, holds);
  if (!whenFalse) return;
  const { span } = condition;
  const operand = conditionVariable(holds, span);
  const otherwise: Expression = { kind: "unary", span, operator: "!", operand };
  split(splitter, whenFalse, decide(splitter, otherwise, under));
}

/** Adds the piece that evaluates a condition, whether or not those above it hold. */
function decide(splitter: Splitter, condition: Expression, under: Condition): number {
  splitter.conditions += 1;
  const number = splitter.conditions;
  const { span } = condition;
  const above: Expression =
    under !== undefined
      ? conditionVariable(under, span)
      : { kind: "integer", span, value: 1n, decimal: true, unsignedSuffix: false, longSuffix: 0 };
  const expression: Expression = {
    kind: "assignment",
    span,
    operator: "=",
    target: conditionVariable(number, span),
    value: { kind: "binary", span, operator: "&&", left: above, right: condition },
  };
  const statement: ExpressionStatement = { kind: "expression-statement", span, expression };
  splitter.pieces.push({ span, predicate: undefined, statements: [statement] });
  return number;
}

const conditionVariable = (number: number, span: TextSpan): Expression => ({
  kind: "scoped-variable",
  span,
  scope: "this",
  name: `%condition_${number}`,
});
