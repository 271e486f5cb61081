/**
 * Declarators, with a name or without: `*a[3]`, `(*f)(int)`, `a[int, string]`. C writes the type
 * of a name around it, from the inside out; the result is the type from the outside in.
 */

import { coverSpans, type TextSpan } from "../../base/text-span.ts";
import { diagnose } from "../diagnostics/diagnostic.ts";
import type { Parameter, ParameterList, TypeSyntax } from "./ast-declarations.ts";
import { isKeyword, type TokenKind } from "./lexer/token.ts";
import { parseConstant } from "./parse-expression.ts";
import {
  parseQualifiers,
  parseSpecifiers,
  qualify,
  startsDeclaration,
} from "./parse-specifiers.ts";
import type { Parser } from "./parser.ts";

/** Must there be a name, may there be one, or is it a type's name, which has none? */
export type DeclaratorNaming = "named" | "either" | "abstract";

export interface ParsedDeclarator {
  /** Undefined only where naming allows it. */
  readonly name: string | undefined;
  readonly nameSpan: TextSpan;
  readonly type: TypeSyntax;
}

type Wrap = (inner: TypeSyntax) => TypeSyntax;

/** Pointers, arrays and functions of one declarator together. */
const partLimit = 64;

export function parseDeclarator(
  parser: Parser,
  base: TypeSyntax,
  naming: DeclaratorNaming,
): ParsedDeclarator {
  const wraps: Wrap[] = [];
  const named = readDeclarator(parser, naming, wraps);
  const type = wraps.reduceRight((inner, wrap) => wrap(inner), base);
  return { name: named?.name, nameSpan: named?.span ?? parser.previous, type };
}

interface DeclaredName {
  readonly name: string;
  readonly span: TextSpan;
}

/** Adds what the declarator says in the order in which it is said of the name. */
function readDeclarator(
  parser: Parser,
  naming: DeclaratorNaming,
  wraps: Wrap[],
): DeclaredName | undefined {
  const pointers: Wrap[] = [];
  while (parser.at("*")) pointers.push(readPointer(parser, pointers.length));

  const named = readDirect(parser, naming, wraps);
  wraps.push(...pointers.reverse());
  return named;
}

function readDirect(
  parser: Parser,
  naming: DeclaratorNaming,
  wraps: Wrap[],
): DeclaredName | undefined {
  const named = parser.at("(") ? readParenthesis(parser, naming, wraps) : readName(parser, naming);
  while (parser.at("[") || parser.at("(")) {
    limitParts(parser, wraps.length);
    wraps.push(parser.at("[") ? readDimension(parser) : readFunction(parser));
  }
  return named;
}

/** Keywords that are names in C: a structure may declare a member so. */
const namesInC: ReadonlySet<TokenKind> = new Set<TokenKind>([
  "counter",
  "import",
  "offsetof",
  "probe",
  "provider",
  "stringof",
  "translator",
  "xlate",
]);

function readName(parser: Parser, naming: DeclaratorNaming): DeclaredName | undefined {
  const { token } = parser;
  if (naming !== "abstract") {
    if (token.kind === "identifier") return parser.expectName();
    if (isKeyword(token.kind) && namesInC.has(token.kind)) {
      parser.advance();
      return { name: token.kind, span: token.span };
    }
  }
  return naming === "named" ? parser.fail() : undefined;
}

/** `(` groups a declarator, or without a name begins a function's parameters. */
function readParenthesis(
  parser: Parser,
  naming: DeclaratorNaming,
  wraps: Wrap[],
): DeclaredName | undefined {
  const start = parser.token.span;
  parser.advance();
  const groups =
    naming === "named" ||
    parser.at("*") ||
    parser.at("(") ||
    parser.at("[") ||
    (naming === "either" && parser.at("identifier") && !parser.atTypeName);
  if (!groups) {
    wraps.push(readParameters(parser, start));
    return undefined;
  }
  const named = parser.nested(() => readDeclarator(parser, naming, wraps));
  parser.expect(")");
  return named;
}

function readPointer(parser: Parser, depth: number): Wrap {
  limitParts(parser, depth);
  const start = parser.token.span;
  parser.advance();
  const qualifiers = parseQualifiers(parser);
  const end = parser.previous;
  return (to) => {
    const span = coverSpans(to.span, coverSpans(start, end));
    return qualify({ kind: "pointer-type", span, to }, qualifiers, span);
  };
}

/** `[]`, `[10]` or `[int, string]` */
function readDimension(parser: Parser): Wrap {
  const start = parser.token.span;
  parser.advance();
  const around = (inner: TypeSyntax, close: TextSpan): TextSpan =>
    coverSpans(inner.span, coverSpans(start, close));

  if (startsDeclaration(parser) || parser.at("...")) {
    const keys = parser.nested(() => parseParameterList(parser, "]"));
    const close = parser.previous;
    return (value) => ({ kind: "associative-type", span: around(value, close), value, keys });
  }
  const length = parser.at("]") ? undefined : parseConstant(parser);
  const close = parser.expect("]");
  return (element) => ({ kind: "array-type", span: around(element, close), element, length });
}

function readFunction(parser: Parser): Wrap {
  const start = parser.token.span;
  parser.advance();
  return readParameters(parser, start);
}

/** The opening parenthesis is behind. */
function readParameters(parser: Parser, start: TextSpan): Wrap {
  const parameters = parser.nested(() => parseParameterList(parser, ")"));
  const close = parser.previous;
  return (returns) => {
    const span = coverSpans(returns.span, coverSpans(start, close));
    return { kind: "function-type", span, returns, parameters };
  };
}

/** Parameters up to the closing bracket, which is taken. */
export function parseParameterList(parser: Parser, close: ")" | "]"): ParameterList {
  const start = parser.previous;
  const parameters: Parameter[] = [];
  let variadic = false;
  if (!parser.at(close)) {
    do {
      variadic = parser.accept("...");
      if (!variadic) parameters.push(parseParameter(parser));
    } while (!variadic && parser.accept(","));
  }
  parser.expect(close);
  return { span: parser.spanFrom(start), parameters, variadic };
}

function parseParameter(parser: Parser): Parameter {
  const start = parser.token.span;
  const specifiers = parseSpecifiers(parser, { allowStorage: true });
  const { storage } = specifiers;
  if (storage !== undefined && storage !== "register") {
    parser.report(diagnose("D_DECL_PARMCLASS", specifiers.span));
  }
  const { name, type } = parseDeclarator(parser, specifiers.type, "either");
  return { kind: "parameter", span: parser.spanFrom(start), storage, name, type };
}

function limitParts(parser: Parser, count: number): void {
  if (count >= partLimit) parser.tooDeep(partLimit);
}
