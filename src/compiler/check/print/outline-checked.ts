/** `-xtree`: the checked program a node a line, with the type and attributes of every expression. */

import type { ProbePattern, ProbeStability, StabilityAttributes } from "../../environment.ts";
import { formatOutline, type SExpression } from "../../syntax/print/s-expression.ts";
import { leastStable, stabilityText } from "../../types/stability.ts";
import type { CheckedClause, CheckedExpression, CheckedProgram } from "../checked-program.ts";
import { partsOf } from "../expression-parts.ts";
import {
  clauseStability,
  ownStability,
  probesAsDeclared,
  stabilityOfProbes,
} from "../stability/clause-stability.ts";
import { aggregationTree, statementTree, variableTree } from "./print-checked.ts";
import { annotatedTree } from "./print-expression.ts";

export function outlineChecked({ variables, aggregations, clauses }: CheckedProgram): string {
  const trees = [
    ...variables.map(variableTree),
    ...aggregations.map(aggregationTree),
    ...clauses.map(clauseTree),
  ];
  return trees.map((tree) => formatOutline(tree)).join("");
}

function clauseTree(clause: CheckedClause): SExpression {
  const { pattern, probes, body } = clause;
  const { description } = clauseStability(clause);
  const probe = stabilityOfProbes(pattern, probesAsDeclared(clause));
  const show = (expression: CheckedExpression): SExpression =>
    annotatedTree(expression, (each) => `  ${stabilityText(attributesOf(each, probe))}`);
  const matches = probes.length === 1 ? "1 probe" : `${probes.length} probes`;
  const piece = body.pieceOf === undefined ? "" : `, piece of clause ${body.pieceOf}`;
  const name = `clause ${patternText(pattern)}`;
  return {
    head: `${name} line ${body.span.line} (${matches}${piece}) ${stabilityText(description)}`,
    children: [
      ...(body.predicate ? [{ head: "predicate", children: [show(body.predicate)] }] : []),
      ...body.statements.map((statement) => statementTree(statement, show)),
    ],
  };
}

/** What the expression and all its parts depend on. */
function attributesOf(expression: CheckedExpression, probe: ProbeStability): StabilityAttributes {
  const own = ownStability(expression, probe);
  if (expression.declaredStability) return own;
  return partsOf(expression)
    .map((part) => attributesOf(part, probe))
    .reduce(leastStable, own);
}

const patternText = ({ provider, module, function: functionName, name }: ProbePattern): string =>
  `${provider}:${module}:${functionName}:${name}`;
