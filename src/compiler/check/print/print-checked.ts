/** The checked program as text for tests: every expression with its type, what names are bound to. */

import { assertNever } from "../../../base/assert-never.ts";
import { formatSExpression, type SExpression } from "../../syntax/print/s-expression.ts";
import { formatType } from "../../types/type-names.ts";
import type {
  AggregatingFunction,
  Aggregation,
  CheckedAction,
  CheckedClause,
  CheckedExpression,
  CheckedProgram,
  CheckedStatement,
  Variable,
} from "../checked-program.ts";
import { expressionTree, spelledVariable } from "./print-expression.ts";

/** How an expression inside a statement becomes a tree. */
export type ShowExpression = (expression: CheckedExpression) => SExpression;

export function printChecked(program: CheckedProgram): string {
  const trees = [
    ...program.options.map(({ name, value }) =>
      leaf(`option ${name}${value === undefined ? "" : `=${value}`}`),
    ),
    ...program.variables.map(variableTree),
    ...program.aggregations.map(aggregationTree),
    ...program.clauses.map((clause, index) => clauseTree(program, clause, index)),
    ...(program.destructive ? [leaf("destructive")] : []),
  ];
  return trees.map((tree) => `${formatSExpression(tree)}\n`).join("");
}

const leaf = (head: string): SExpression => ({ head, children: [] });

export function variableTree(variable: Variable): SExpression {
  const keys = variable.keys ? `[${variable.keys.map(formatType).join(", ")}]` : "";
  return leaf(
    `variable ${variable.id} ${spelledVariable(variable)}${keys} : ${formatType(variable.type)}`,
  );
}

export function aggregationTree(aggregation: Aggregation): SExpression {
  const keys = aggregation.keys.map(formatType).join(", ");
  const cleared = aggregation.cleared ? " cleared" : "";
  const { id, name } = aggregation;
  return leaf(
    `aggregation ${id} @${name}[${keys}] = ${functionText(aggregation.function)}${cleared}`,
  );
}

function functionText(each: AggregatingFunction): string {
  switch (each.name) {
    case "lquantize":
      return `lquantize(${each.base}, ${each.limit}, ${each.step})`;
    case "llquantize":
      return `llquantize(${each.factor}, ${each.low}, ${each.high}, ${each.steps})`;
    default:
      return each.name;
  }
}

/** A body that another clause has already shown is referred to. */
function clauseTree(
  { clauses }: CheckedProgram,
  { probes, body }: CheckedClause,
  index: number,
): SExpression {
  const first = clauses.findIndex((clause) => clause.body === body);
  const names = probes.map((probe) =>
    leaf(`probe ${probe.provider}:${probe.module}:${probe.function}:${probe.name}`),
  );
  const piece = body.pieceOf === undefined ? "" : ` piece-of ${body.pieceOf}`;
  const head = `clause ${index}${piece}`;
  if (first < index) return { head: `${head} as ${first}`, children: names };
  const predicate = body.predicate
    ? [{ head: "predicate", children: [expressionTree(body.predicate)] }]
    : [];
  return {
    head,
    children: [...names, ...predicate, ...body.statements.map((each) => statementTree(each))],
  };
}

export function statementTree(
  statement: CheckedStatement,
  show: ShowExpression = expressionTree,
): SExpression {
  switch (statement.kind) {
    case "evaluate":
      return { head: "do", children: [show(statement.expression)] };
    case "aggregate": {
      const { aggregation, keys, value, increment } = statement;
      const parts = [...keys, value, increment].filter((part) => part !== undefined);
      return { head: `@${aggregation.name}`, children: parts.map((part) => show(part)) };
    }
    case "action":
      return actionTree(statement.action, show);
    default:
      return assertNever(statement);
  }
}

function actionTree(action: CheckedAction, show: ShowExpression): SExpression {
  const node = (facts: string, ...children: readonly SExpression[]): SExpression => ({
    head: `action ${action.name}${facts === "" ? "" : ` ${facts}`}`,
    children,
  });
  switch (action.name) {
    case "trace":
    case "print":
    case "stack":
    case "raise":
    case "chill":
      return node("", show(action.value));
    case "tracemem":
      return node(
        `${action.size}`,
        show(action.address),
        ...(action.dynamicSize ? [show(action.dynamicSize)] : []),
      );
    case "pcap":
      return node(
        "",
        ...[action.time, action.start, action.available, action.length, action.protocol].map(
          (part) => show(part),
        ),
      );
    case "printf":
    case "system":
    case "freopen":
      return node(
        JSON.stringify(action.format.text),
        ...action.arguments.map((part) => show(part)),
      );
    case "printa":
      return node(
        [
          ...(action.format ? [JSON.stringify(action.format.text)] : []),
          ...action.aggregations.map(({ name }) => `@${name}`),
        ].join(" "),
      );
    case "exit":
      return node("", show(action.status));
    case "speculate":
    case "commit":
    case "discard":
      return node("", show(action.speculation));
    case "clear":
    case "denormalize":
      return node(`@${action.aggregation.name}`);
    case "trunc":
      return node(`@${action.aggregation.name}`, ...(action.count ? [show(action.count)] : []));
    case "normalize":
      return node(`@${action.aggregation.name}`, show(action.factor));
    case "setopt":
      return node(
        [action.option, action.value].filter((part) => part !== undefined).join(" "),
        ...(action.computed ? [show(action.computed)] : []),
      );
    case "ftruncate":
    case "stop":
    case "panic":
    case "breakpoint":
      return node("");
    default:
      return assertNever(action);
  }
}
