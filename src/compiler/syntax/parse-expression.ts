/** Expressions, by the precedence of D's operators: C's, with `^^` between `||` and `&&`. */

import { coverSpans, type TextSpan } from "../../base/text-span.ts";
import type { AssignmentOperator, BinaryOperator, Expression, UnaryOperator } from "./ast.ts";
import type { IntegerConstant, TokenKind } from "./lexer/token.ts";
import { parsePostfix, parsePrimary } from "./parse-postfix.ts";
import { startsType } from "./parse-specifiers.ts";
import { parseTypeName } from "./parse-type.ts";
import type { Parser } from "./parser.ts";

/** `assignment, assignment, …` */
export function parseExpression(parser: Parser): Expression {
  let first = parseAssignment(parser);
  while (parser.accept(",")) {
    const second = parseAssignment(parser);
    const span = coverSpans(first.span, second.span);
    first = parser.grow({ kind: "comma", span, first, second }, first, second);
  }
  return first;
}

/** What may stand between commas. */
export function parseAssignment(parser: Parser): Expression {
  return parser.nested(() => {
    const start = parser.token.span;
    const left = parseCast(parser);
    const operator = assignmentOperators.get(parser.token.kind);
    const isCast = left.kind === "cast" && left.span.start === start.start;
    if (operator === undefined || isCast) return parseConditional(parser, left);

    parser.advance();
    const value = parseAssignment(parser);
    const span = coverSpans(start, value.span);
    return parser.grow({ kind: "assignment", span, operator, target: left, value }, left, value);
  });
}

/** An expression without assignment and comma: an array's dimension, a bit-field's width. */
export function parseConstant(parser: Parser): Expression {
  return parser.nested(() => parseConditional(parser, parseCast(parser)));
}

function parseConditional(parser: Parser, first: Expression): Expression {
  const condition = parseBinary(parser, first, 0);
  if (!parser.accept("?")) return condition;

  const whenTrue = parser.nested(() => parseExpression(parser));
  parser.expect(":");
  const whenFalse = parseConstant(parser);
  const span = coverSpans(condition.span, whenFalse.span);
  return parser.grow(
    { kind: "conditional", span, condition, whenTrue, whenFalse },
    condition,
    whenTrue,
    whenFalse,
  );
}

const assignmentOperators: ReadonlyMap<TokenKind, AssignmentOperator> = operatorMap([
  "=",
  "+=",
  "-=",
  "*=",
  "/=",
  "%=",
  "&=",
  "^=",
  "|=",
  "<<=",
  ">>=",
]);

const unaryOperators: ReadonlyMap<TokenKind, UnaryOperator> = operatorMap([
  "+",
  "-",
  "~",
  "!",
  "*",
  "&",
]);

/** From the weakest binding to the strongest. */
const binaryLevels: readonly (readonly BinaryOperator[])[] = [
  ["||"],
  ["^^"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", "<=", ">", ">="],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];

const precedences: ReadonlyMap<TokenKind, { operator: BinaryOperator; level: number }> = new Map(
  binaryLevels.flatMap((operators, level) =>
    operators.map((operator) => [operator, { operator, level }] as const),
  ),
);

function operatorMap<Operator extends TokenKind>(
  operators: readonly Operator[],
): ReadonlyMap<TokenKind, Operator> {
  return new Map(operators.map((operator) => [operator, operator]));
}

/** Goes on from a left operand with operators that bind at least as strongly as `level`. */
function parseBinary(parser: Parser, first: Expression, level: number): Expression {
  let left = first;
  for (;;) {
    const found = precedences.get(parser.token.kind);
    if (found === undefined || found.level < level) return left;

    parser.advance();
    const right = parseBinary(parser, parseCast(parser), found.level + 1);
    const span = coverSpans(left.span, right.span);
    const { operator } = found;
    left = parser.grow({ kind: "binary", span, operator, left, right }, left, right);
  }
}

/** `(type) operand`, or what stands below a cast. */
function parseCast(parser: Parser): Expression {
  if (!parser.at("(")) return parseUnary(parser);

  const start = parser.token.span;
  parser.advance();
  if (!startsType(parser)) return parsePostfix(parser, parseParenthesized(parser), start);

  const type = parseTypeName(parser);
  parser.expect(")");
  const operand = parser.nested(() => parseCast(parser));
  const span = coverSpans(start, operand.span);
  return parser.grow({ kind: "cast", span, type, operand }, operand);
}

/** The opening parenthesis is behind. */
function parseParenthesized(parser: Parser): Expression {
  const inside = parser.nested(() => parseExpression(parser));
  parser.expect(")");
  return inside;
}

function parseUnary(parser: Parser): Expression {
  const start = parser.token.span;
  const operator = unaryOperators.get(parser.token.kind);
  if (operator !== undefined) {
    parser.advance();
    const operand = parser.nested(() => parseCast(parser));
    const span = coverSpans(start, operand.span);
    return parser.grow({ kind: "unary", span, operator, operand }, operand);
  }

  switch (parser.token.kind) {
    case "++":
    case "--":
      return parsePrefixIncrement(parser, parser.token.kind);
    case "sizeof":
      return parseSizeof(parser, start);
    case "stringof": {
      parser.advance();
      const operand = parser.nested(() => parseUnaryOperand(parser));
      const span = coverSpans(start, parser.previous);
      return parser.grow({ kind: "stringof", span, operand }, operand);
    }
    case "integer": {
      const { constant } = parser.token;
      parser.advance();
      return parsePostfix(parser, integerOf(parser, constant, start), start);
    }
    default:
      return parsePostfix(parser, parsePrimary(parser), start);
  }
}

/** A unary expression, which a cast is not. */
function parseUnaryOperand(parser: Parser): Expression {
  if (!parser.at("(")) return parseUnary(parser);
  const start = parser.token.span;
  parser.advance();
  return parsePostfix(parser, parseParenthesized(parser), start);
}

function parsePrefixIncrement(parser: Parser, operator: "++" | "--"): Expression {
  const start = parser.token.span;
  parser.advance();
  const operand = parser.nested(() => parseUnaryOperand(parser));
  const span = coverSpans(start, parser.previous);
  return parser.grow({ kind: "increment", span, operator, position: "prefix", operand }, operand);
}

function parseSizeof(parser: Parser, start: TextSpan): Expression {
  parser.advance();
  const open = parser.token.span;
  if (!parser.accept("(")) {
    const operand = parser.nested(() => parseUnary(parser));
    return parser.grow({ kind: "sizeof", span: parser.spanFrom(start), operand }, operand);
  }
  if (startsType(parser)) {
    const type = parseTypeName(parser);
    parser.expect(")");
    return { kind: "sizeof-type", span: parser.spanFrom(start), type };
  }
  const operand = parsePostfix(parser, parseParenthesized(parser), open);
  return parser.grow({ kind: "sizeof", span: parser.spanFrom(start), operand }, operand);
}

/** The sign of a macro argument acts as an operator, which binds closer than any written one. */
function integerOf(parser: Parser, constant: IntegerConstant, span: TextSpan): Expression {
  const { sign, ...value } = constant;
  const literal = parser.grow({ kind: "integer", span, ...value });
  if (sign === undefined) return literal;
  return parser.grow({ kind: "unary", span, operator: sign, operand: literal }, literal);
}
