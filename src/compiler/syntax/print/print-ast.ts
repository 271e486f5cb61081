/**
 * The tree as written, as text for tests: `(kind@start-end facts children)`. Line numbers are not
 * shown; they follow from the spans.
 */

import { assertNever } from "../../../base/assert-never.ts";
import type { TextSpan } from "../../../base/text-span.ts";
import type { Clause, Expression, Pragma, Program, ProgramItem, Statement } from "../ast.ts";
import { declarationTree, isDeclarationItem, typeTree } from "./print-declarations.ts";
import { formatOutline, formatSExpression, type SExpression } from "./s-expression.ts";

export function printProgram(program: Program): string {
  const markers = program.lineMarkers.map(({ offset, line, file }) =>
    formatSExpression({ head: `from@${offset} line ${line} ${quote(file)}`, children: [] }),
  );
  const items = program.items.map((item) => formatSExpression(itemTree(item)));
  return [...markers, ...items].map((text) => `${text}\n`).join("");
}

/** The same for readers: a node a line. */
export function outlineProgram(program: Program): string {
  return program.items.map((item) => formatOutline(itemTree(item))).join("");
}

export function printExpression(expression: Expression): string {
  return formatSExpression(expressionTree(expression));
}

/** `kind@start-end facts`, with undefined facts left out. */
export function headOf(
  kind: string,
  span: TextSpan,
  ...facts: readonly (string | number | undefined)[]
): string {
  const words = facts.filter((fact) => fact !== undefined);
  return [`${kind}@${span.start}-${span.end}`, ...words].join(" ");
}

export function quote(text: string | undefined): string {
  return text === undefined ? "-" : JSON.stringify(text);
}

function itemTree(item: ProgramItem): SExpression {
  if (item.kind === "clause") return clauseTree(item);
  if (isDeclarationItem(item)) return declarationTree(item);
  return { head: headOf(item.kind, item.span, ...pragmaFacts(item)), children: [] };
}

function pragmaFacts(pragma: Pragma): readonly (string | undefined)[] {
  switch (pragma.kind) {
    case "option-pragma":
      return [pragma.name, pragma.value === undefined ? undefined : quote(pragma.value)];
    case "attributes-pragma":
      return [pragma.attributes, pragma.name];
    case "provider-attributes-pragma":
      return [pragma.attributes, pragma.provider, pragma.part];
    case "binding-pragma":
      return [quote(pragma.version), pragma.name];
    case "dependency-pragma":
      return [pragma.on, pragma.name];
    default:
      return assertNever(pragma);
  }
}

function clauseTree(clause: Clause): SExpression {
  const probes = clause.probes.map((probe): SExpression => {
    if (probe.kind === "probe-identifier") {
      return { head: headOf("probe-identifier", probe.span, probe.id), children: [] };
    }
    const { provider, module, function: functionName, name } = probe;
    const fields = [provider, module, functionName, name].map(quote);
    return { head: headOf("probe", probe.span, ...fields), children: [] };
  });
  const predicate =
    clause.predicate === undefined
      ? []
      : [{ head: "predicate", children: [expressionTree(clause.predicate)] }];
  return {
    head: headOf("clause", clause.span),
    children: [...probes, ...predicate, ...clause.statements.map(statementTree)],
  };
}

function statementTree(statement: Statement): SExpression {
  switch (statement.kind) {
    case "expression-statement":
      return {
        head: headOf("do", statement.span),
        children: [expressionTree(statement.expression)],
      };
    case "if": {
      const { condition, whenTrue, whenFalse } = statement;
      const children = [
        expressionTree(condition),
        { head: "then", children: whenTrue.map(statementTree) },
      ];
      if (whenFalse !== undefined) {
        children.push({ head: "else", children: whenFalse.map(statementTree) });
      }
      return { head: headOf("if", statement.span), children };
    }
    default:
      return assertNever(statement);
  }
}

export function expressionTree(expression: Expression): SExpression {
  const head = (kind: string, ...facts: readonly (string | number | undefined)[]) =>
    headOf(kind, expression.span, ...facts);
  const children = partsOf(expression).map(expressionTree);
  switch (expression.kind) {
    case "integer": {
      const unsigned = expression.unsignedSuffix ? "u" : "";
      const suffix = `${unsigned}${"l".repeat(expression.longSuffix)}`;
      const base = expression.decimal ? undefined : "not-decimal";
      return { head: head("integer", `${expression.value}${suffix}`, base), children };
    }
    case "string":
      return { head: head("string", quote(expression.value)), children };
    case "identifier":
      return { head: head("identifier", scopedName(expression)), children };
    case "scoped-variable":
      return { head: head("variable", `${expression.scope}->${expression.name}`), children };
    case "aggregation":
      return { head: head("aggregation", expression.name), children };
    case "unary":
    case "binary":
    case "assignment":
      return { head: head(expression.operator), children };
    case "increment":
      return { head: head(`${expression.position}${expression.operator}`), children };
    case "member":
      return { head: head(expression.operator, expression.member), children };
    case "cast":
    case "sizeof-type":
    case "xlate":
      return { head: head(expression.kind), children: [typeTree(expression.type), ...children] };
    case "offsetof":
      return { head: head("offsetof", expression.member), children: [typeTree(expression.type)] };
    default:
      return { head: head(expression.kind), children };
  }
}

export function scopedName(node: {
  readonly name: string;
  readonly scope: string | undefined;
}): string {
  return node.scope === undefined ? node.name : `${node.scope}\`${node.name}`;
}

/** The expressions right below one, in the order in which they are written. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "unary":
    case "increment":
    case "cast":
    case "sizeof":
    case "stringof":
    case "xlate":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "assignment":
      return [expression.target, expression.value];
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case "comma":
      return [expression.first, expression.second];
    case "index":
      return [expression.object, ...expression.keys];
    case "member":
      return [expression.object];
    case "call":
      return [expression.callee, ...expression.arguments];
    default:
      return [];
  }
}
