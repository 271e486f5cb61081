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
    const { height } = parser;
    const second = parseAssignment(parser);
    const span = coverSpans(first.span, second.span);
    first = parser.grow({ kind: "comma", span, first, second }, Math.max(height, parser.height));
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

    const { height } = parser;
    parser.advance();
    const value = parseAssignment(parser);
    const span = coverSpans(start, value.span);
    return parser.grow(
      { kind: "assignment", span, operator, target: left, value },
      Math.max(height, parser.height),
    );
  });
}

/** An expression without assignment and comma: an array's dimension, a bit-field's width. */
export function parseConstant(parser: Parser): Expression {
  return parser.nested(() => parseConditional(parser, parseCast(parser)));
}

function parseConditional(parser: Parser, first: Expression): Expression {
  const condition = parseBinary(parser, first, 0);
  if (!parser.accept("?")) return condition;

  let { height } = parser;
  const whenTrue = parser.nested(() => parseExpression(parser));
  height = Math.max(height, parser.height);
  parser.expect(":");
  const whenFalse = parseConstant(parser);
  const span = coverSpans(condition.span, whenFalse.span);
  return parser.grow(
    { kind: "conditional", span, condition, whenTrue, whenFalse },
    Math.max(height, parser.height),
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
export const binaryLevels: readonly (readonly BinaryOperator[])[] = [
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

    const { height } = parser;
    parser.advance();
    const right = parseBinary(parser, parseCast(parser), found.level + 1);
    const span = coverSpans(left.span, right.span);
    const { operator } = found;
    left = parser.grow(
      { kind: "binary", span, operator, left, right },
      Math.max(height, parser.height),
    );
  }
}

/** `(type) operand`, or what stands below a cast. */
function parseCast(parser: Parser): Expression {
  if (!parser.at("(")) return parseUnary(parser);

  const start = parser.token.span;
  parser.advance();
  if (!startsTypeInParentheses(parser)) {
    return parsePostfix(parser, parseParenthesized(parser), start);
  }
  const type = parseTypeName(parser);
  parser.expect(")");
  const operand = parser.nested(() => parseCast(parser));
  const span = coverSpans(start, operand.span);
  return parser.grow({ kind: "cast", span, type, operand }, parser.height);
}

/** What follows a name rules most variables out before anyone looks for a type. */
function startsTypeInParentheses(parser: Parser): boolean {
  const { following } = parser.lexer;
  const isVariable =
    parser.at("identifier") && !")*([".includes(following) && !/\w/.test(following);
  return !isVariable && startsType(parser);
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
    return parser.grow({ kind: "unary", span, operator, operand }, parser.height);
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
      return parser.grow({ kind: "stringof", span, operand }, parser.height);
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
  return parser.grow(
    { kind: "increment", span, operator, position: "prefix", operand },
    parser.height,
  );
}

function parseSizeof(parser: Parser, start: TextSpan): Expression {
  parser.advance();
  const open = parser.token.span;
  if (!parser.accept("(")) {
    const operand = parser.nested(() => parseUnary(parser));
    return parser.grow({ kind: "sizeof", span: parser.spanFrom(start), operand }, parser.height);
  }
  if (startsTypeInParentheses(parser)) {
    const type = parseTypeName(parser);
    parser.expect(")");
    return { kind: "sizeof-type", span: parser.spanFrom(start), type };
  }
  const operand = parsePostfix(parser, parseParenthesized(parser), open);
  return parser.grow({ kind: "sizeof", span: parser.spanFrom(start), operand }, parser.height);
}

/** The sign of a macro argument acts as an operator, which binds closer than any written one. */
function integerOf(parser: Parser, constant: IntegerConstant, span: TextSpan): Expression {
  const { value, decimal, unsignedSuffix, longSuffix, sign } = constant;
  const literal = { kind: "integer", span, value, decimal, unsignedSuffix, longSuffix } as const;
  parser.height = 0;
  if (sign === undefined) return literal;
  return parser.grow({ kind: "unary", span, operator: sign, operand: literal }, 0);
}
