/** Primary expressions and what may follow one: indexes, calls, members, increments. */

import { coverSpans, type TextSpan } from "../../base/text-span.ts";
import { diagnose } from "../diagnostics/diagnostic.ts";
import type { Expression, Identifier } from "./ast.ts";
import { isKeyword, type TokenKind } from "./lexer/token.ts";
import { parseAssignment, parseExpression } from "./parse-expression.ts";
import { parseTypeName } from "./parse-type.ts";
import type { Parser } from "./parser.ts";

/** Names, strings, aggregations, `offsetof` and `xlate`. */
export function parsePrimary(parser: Parser): Expression {
  const { token } = parser;
  parser.height = 0;
  switch (token.kind) {
    case "identifier":
      parser.advance();
      // DTrace takes it for a variable from here on, even if a type has the name.
      if (marksVariable.has(parser.token.kind)) parser.declareVariable(token.name);
      return identifierOf(token.name, token.span);
    case "string-literal":
      parser.advance();
      return { kind: "string", span: token.span, value: token.value };
    case "aggregation":
      parser.advance();
      return { kind: "aggregation", span: token.span, name: token.name };
    case "self":
    case "this":
      parser.advance();
      return { kind: "identifier", span: token.span, name: token.kind, scope: undefined };
    case "offsetof":
      return parseOffsetof(parser);
    case "xlate":
      return parseXlate(parser);
    default:
      return parser.fail();
  }
}

const marksVariable: ReadonlySet<TokenKind> = new Set<TokenKind>(["=", "[", "++", "--"]);

/** Splits `` module`name `` at its last backquote. */
export function splitScope(text: string): { name: string; scope: string | undefined } {
  const backquote = text.lastIndexOf("`");
  if (backquote < 0) return { name: text, scope: undefined };
  return { name: text.slice(backquote + 1), scope: text.slice(0, backquote) };
}

function identifierOf(text: string, span: TextSpan): Identifier {
  return { kind: "identifier", span, ...splitScope(text) };
}

/** Goes on from `first`, whose text, opening parenthesis and all, begins at `start`. */
export function parsePostfix(parser: Parser, first: Expression, start: TextSpan): Expression {
  let object = first;
  for (;;) {
    const { kind } = parser.token;
    switch (kind) {
      case "[":
        object = parseIndex(parser, object, start);
        break;
      case "(":
        object = parseCall(parser, object, start);
        break;
      case ".":
      case "->":
        object = parseMember(parser, object, start);
        break;
      case "++":
      case "--": {
        parser.advance();
        const span = parser.spanFrom(start);
        object = parser.grow(
          { kind: "increment", span, operator: kind, position: "postfix", operand: object },
          parser.height,
        );
        break;
      }
      default:
        return object;
    }
  }
}

function parseIndex(parser: Parser, object: Expression, start: TextSpan): Expression {
  const { height } = parser;
  parser.advance();
  const keys = parseList(parser);
  parser.expect("]");
  return parser.grow(
    { kind: "index", span: parser.spanFrom(start), object, keys },
    Math.max(height, parser.height),
  );
}

function parseCall(parser: Parser, callee: Expression, start: TextSpan): Expression {
  const { height } = parser;
  parser.advance();
  const given = parser.at(")") ? [] : parseList(parser);
  parser.expect(")");
  const span = parser.spanFrom(start);
  if (callee.kind !== "identifier") {
    parser.report(diagnose("D_FUNC_IDENT", callee.span));
    return { kind: "error", span };
  }
  return parser.grow(
    { kind: "call", span, callee, arguments: given },
    Math.max(height, parser.height),
  );
}

function parseList(parser: Parser): Expression[] {
  const list = [parseAssignment(parser)];
  let { height } = parser;
  while (parser.accept(",")) {
    list.push(parseAssignment(parser));
    height = Math.max(height, parser.height);
  }
  parser.height = height;
  return list;
}

function parseMember(parser: Parser, object: Expression, start: TextSpan): Expression {
  const operator = parser.at("->") ? "->" : ".";
  parser.advance();
  const { name: member, span: memberSpan } = parseMemberName(parser);
  const span = coverSpans(start, memberSpan);
  const isScope =
    operator === "->" &&
    object.kind === "identifier" &&
    object.scope === undefined &&
    (object.name === "self" || object.name === "this");
  if (isScope) {
    const scope = object.name === "self" ? "self" : "this";
    return { kind: "scoped-variable", span, scope, name: member };
  }
  return parser.grow({ kind: "member", span, operator, object, member, memberSpan }, parser.height);
}

/** Kernel structures have members such as `counter` and `string`, which are keywords of D. */
function parseMemberName(parser: Parser): { name: string; span: TextSpan } {
  const { token } = parser;
  if (!isKeyword(token.kind)) return parser.expectName();
  parser.advance();
  return { name: token.kind, span: token.span };
}

/** `offsetof(type, member)` */
function parseOffsetof(parser: Parser): Expression {
  const start = parser.token.span;
  parser.advance();
  parser.expect("(");
  const type = parseTypeName(parser);
  parser.expect(",");
  const { name } = parseMemberName(parser);
  parser.expect(")");
  return { kind: "offsetof", span: parser.spanFrom(start), type, member: name };
}

/** `xlate<type>(expression)` */
function parseXlate(parser: Parser): Expression {
  const start = parser.token.span;
  parser.advance();
  parser.expect("<");
  const type = parseTypeName(parser);
  parser.expect(">");
  parser.expect("(");
  const operand = parser.nested(() => parseExpression(parser));
  parser.expect(")");
  return parser.grow({ kind: "xlate", span: parser.spanFrom(start), type, operand }, parser.height);
}
