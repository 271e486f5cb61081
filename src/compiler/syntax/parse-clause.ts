/** Clauses: probe descriptions, predicate and statements. */

import type { TextSpan } from "../../base/text-span.ts";
import { invalidProbe, syntaxProblem } from "../diagnostics/catalog-syntax.ts";
import { diagnose } from "../diagnostics/diagnostic.ts";
import type { Clause, Expression, IfStatement, ProbeSpecifier, Statement } from "./ast.ts";
import type { IntegerToken } from "./lexer/token.ts";
import { parseExpression } from "./parse-expression.ts";
import { readProbeFields } from "./parse-probe.ts";
import { type Parser, SyntaxFailure } from "./parser.ts";

/** Leaves the current token on the first one after the clause, read in program mode. */
export function parseClause(parser: Parser): Clause {
  const start = parser.token.span;
  const probes = parseProbes(parser);
  const predicate = parser.at("/") ? parsePredicate(parser) : undefined;

  if (parser.at("{")) {
    const statements = parseBody(parser);
    const span = parser.spanFrom(start);
    parser.lexer.mode = "program";
    parser.expect("}");
    return {
      kind: "clause",
      span: { ...span, end: parser.previous.end },
      probes,
      predicate,
      statements,
    };
  }

  parser.lexer.mode = "program";
  if (predicate !== undefined) {
    parser.report(diagnose("D_SYNTAX", predicate.span, syntaxProblem.noActions()));
    throw new SyntaxFailure();
  }
  if (parser.source.kind === "file") {
    parser.report(diagnose("D_SYNTAX", start, syntaxProblem.noPredicateOrActions()));
  }
  return { kind: "clause", span: parser.spanFrom(start), probes, predicate, statements: [] };
}

function parseProbes(parser: Parser): readonly ProbeSpecifier[] {
  const probes: ProbeSpecifier[] = [];
  do {
    const probe = parseProbe(parser);
    if (probe !== undefined) probes.push(probe);
  } while (parser.accept(","));
  return probes;
}

/** Undefined for one that is wrong, which is reported. */
function parseProbe(parser: Parser): ProbeSpecifier | undefined {
  const { token } = parser;
  if (token.kind === "integer") {
    parser.advance();
    return probeOfIdentifier(parser, token);
  }
  if (token.kind !== "probe-description") return parser.fail();

  parser.advance();
  const { name: text, span } = token;
  const result = readProbeFields(text, parser.options.probeField, parser.lexer.macros);
  if (result.kind === "fields") return { kind: "probe-description", span, text, ...result.fields };
  parser.report(diagnose("D_PDESC_INVAL", span, invalidProbe.description(text, result.problem)));
  return undefined;
}

const plurals = { provider: "providers", module: "modules", function: "functions" } as const;

function probeOfIdentifier(parser: Parser, token: IntegerToken): ProbeSpecifier | undefined {
  const { span, constant } = token;
  const { probeField } = parser.options;
  const problem =
    constant.value > 0xffffffffn
      ? invalidProbe.identifierTooBig(constant.value)
      : probeField === "name"
        ? undefined
        : invalidProbe.identifierForField(constant.value, plurals[probeField]);
  if (problem === undefined) return { kind: "probe-identifier", span, id: Number(constant.value) };
  parser.report(diagnose("D_PDESC_INVAL", span, problem));
  return undefined;
}

function parsePredicate(parser: Parser): Expression {
  parser.advanceInto("expression");
  const predicate = parseExpression(parser);
  parser.expect("predicate-end");
  return predicate;
}

/** Stops at the closing brace. */
function parseBody(parser: Parser): readonly Statement[] {
  parser.advanceInto("expression");
  return parseStatements(parser);
}

/** Statements up to a closing brace or the end; the last one needs no semicolon. */
function parseStatements(parser: Parser): readonly Statement[] {
  const statements: Statement[] = [];
  while (!parser.at("}") && !parser.at("end")) {
    const start = parser.token.span;
    try {
      const statement = parseStatement(parser);
      if (statement !== undefined) statements.push(statement);
    } catch (failure) {
      if (!(failure instanceof SyntaxFailure)) throw failure;
      skipStatement(parser, start);
      const span = parser.spanFrom(start);
      const expression = { kind: "error", span } as const;
      statements.push({ kind: "expression-statement", span, expression });
    }
  }
  return statements;
}

/** Undefined for an empty statement. */
function parseStatement(parser: Parser): Statement | undefined {
  if (parser.accept(";")) return undefined;
  if (parser.at("if")) return parseIf(parser);

  const expression = parseExpression(parser);
  if (!parser.at("}")) endStatement(parser);
  return { kind: "expression-statement", span: expression.span, expression };
}

/** Where a new line begins without a semicolon, it was forgotten: only that is wrong. */
function endStatement(parser: Parser): void {
  const startsLine = parser.token.span.line > parser.previous.line;
  if (startsLine && (parser.at("identifier") || parser.at("aggregation") || parser.at("if"))) {
    parser.reportUnexpected("a semicolon is missing after the statement before");
    return;
  }
  parser.expect(";");
}

function parseIf(parser: Parser): IfStatement {
  const start = parser.token.span;
  parser.advance();
  parser.expect("(");
  const condition = parseExpression(parser);
  parser.expect(")");
  const whenTrue = parser.nested(() => parseBranch(parser));
  const whenFalse = parser.accept("else") ? parser.nested(() => parseBranch(parser)) : undefined;
  return { kind: "if", span: parser.spanFrom(start), condition, whenTrue, whenFalse };
}

/** A statement, which needs its semicolon, or a block. */
function parseBranch(parser: Parser): readonly Statement[] {
  if (parser.accept("{")) {
    const statements = parseStatements(parser);
    parser.expect("}");
    return statements;
  }
  if (parser.accept(";")) return [];
  if (parser.at("if")) return [parseIf(parser)];

  const expression = parseExpression(parser);
  parser.expect(";");
  return [{ kind: "expression-statement", span: expression.span, expression }];
}

/** To the start of the next statement, or to the brace that closes the block. */
function skipStatement(parser: Parser, start: TextSpan): void {
  let depth = 0;
  if (parser.token.span === start) parser.advance();
  while (!parser.at("end")) {
    if (parser.at("{")) depth += 1;
    if (parser.at("}")) {
      if (depth === 0) return;
      depth -= 1;
    }
    const ends = parser.at(";") && depth === 0;
    parser.advance();
    if (ends) return;
  }
}
