/**
 * What all parts of the parser share: the current token, reporting, the limits on nesting.
 *
 * A part that meets a token that does not fit reports it and throws a `SyntaxFailure`; statements,
 * clauses and declarations catch it, skip to where the next one may begin and go on.
 */

import { coverSpans, type TextSpan } from "../../base/text-span.ts";
import { syntaxProblem } from "../diagnostics/catalog-syntax.ts";
import { type Diagnostic, diagnose, withHint } from "../diagnostics/diagnostic.ts";
import { syntaxHints } from "../diagnostics/syntax-hints.ts";
import type { Expression } from "./ast.ts";
import { Lexer, type LexerMode } from "./lexer/lexer.ts";
import { findMeantType } from "./lexer/meant-type.ts";
import { isKeyword, type Token, type TokenKind, typeKeywords } from "./lexer/token.ts";
import type { ParseOptions, SourceText } from "./source-text.ts";

/** Brackets, operators and blocks inside each other: every level is a few calls of the parser. */
const nestingLimit = 256;

/** Chains as in `a + b + c` make trees that are deep without nesting; later phases recurse. */
const heightLimit = 1000;

/** Thrown when the current construct cannot be read further; the reason is already reported. */
export class SyntaxFailure extends Error {}

/** One for all: nobody looks at where it was made, and making one costs a stack trace. */
const syntaxFailure = new SyntaxFailure();

export class Parser {
  readonly source: SourceText;
  readonly options: ParseOptions;
  readonly lexer: Lexer;
  token: Token;
  /** Where the last token ended. */
  previous: TextSpan;
  /** How many levels the expression parsed last has. */
  height = 0;

  /** Names the program declared as variables: they are no types from there on. */
  readonly #variables = new Set<string>();
  readonly #typedefs = new Set<string>();
  readonly #tags = new Set<string>();
  #nesting = 0;
  #bodies = 0;

  constructor(source: SourceText, options: ParseOptions) {
    this.source = source;
    this.options = options;
    this.lexer = new Lexer(source, {
      ...options,
      isTypeName: (name) => this.isTypeName(name),
    });
    this.token = this.lexer.next();
    this.previous = { start: 0, end: 0, line: 1 };
  }

  advance(): void {
    this.previous = this.token.span;
    this.token = this.lexer.next();
  }

  /** Goes on in another mode: it holds for the token after the current one. */
  advanceInto(mode: LexerMode): void {
    this.lexer.mode = mode;
    this.advance();
  }

  at(kind: TokenKind): boolean {
    return this.token.kind === kind;
  }

  /** Steps over the token if it is of this kind. */
  accept(kind: TokenKind): boolean {
    if (this.token.kind !== kind) return false;
    this.advance();
    return true;
  }

  expect(kind: TokenKind): TextSpan {
    if (this.token.kind !== kind) return this.fail();
    this.advance();
    return this.previous;
  }

  expectName(): { readonly name: string; readonly span: TextSpan } {
    if (this.token.kind !== "identifier") return this.fail();
    const { name, span } = this.token;
    this.advance();
    return { name, span };
  }

  /** The current token does not fit here. */
  fail(): never {
    this.reportUnexpected(this.#hintForType() ?? syntaxHints.get(this.token.kind));
    throw syntaxFailure;
  }

  #hintForType(): string | undefined {
    const { hintForType } = this.options;
    const name = hintForType && findMeantType(this.source.text, this.token.span);
    const isOther = name === undefined || isKeyword(name) || this.isTypeName(name);
    return isOther ? undefined : hintForType?.(name);
  }

  reportUnexpected(hint: string | undefined): void {
    const { kind, span } = this.token;
    // The lexer has told what is wrong with an invalid token.
    if (kind === "invalid") return;
    const text = kind === "end" ? undefined : this.textOf(span);
    const problem = diagnose("D_SYNTAX", span, syntaxProblem.unexpected(text));
    this.report(hint === undefined ? problem : withHint(problem, hint));
  }

  report(diagnostic: Diagnostic): void {
    this.lexer.diagnostics.push(diagnostic);
  }

  textOf(span: TextSpan): string {
    return this.source.text.slice(span.start, span.end);
  }

  /** From the start of `first` to the end of the last token. */
  spanFrom(first: TextSpan): TextSpan {
    return this.previous.end > first.start ? coverSpans(first, this.previous) : first;
  }

  /** Runs a part of the parser one level deeper. */
  nested<Result>(parse: () => Result): Result {
    if (this.#nesting >= nestingLimit) this.tooDeep(nestingLimit);
    this.#nesting += 1;
    try {
      return parse();
    } finally {
      this.#nesting -= 1;
    }
  }

  tooDeep(limit: number): never {
    this.report(diagnose("D_NEST_DEPTH", this.token.span, limit));
    throw syntaxFailure;
  }

  /** Notes that `expression` stands above parts of which the highest has this height. */
  grow<Node extends Expression>(expression: Node, partHeight: number): Node {
    if (partHeight >= heightLimit) this.tooDeep(heightLimit);
    this.height = partHeight + 1;
    return expression;
  }

  /** Runs a part of the parser inside the body of a structure or union. */
  inBody<Result>(parse: () => Result): Result {
    this.#bodies += 1;
    try {
      return this.nested(parse);
    } finally {
      this.#bodies -= 1;
    }
  }

  /** A tag may be defined once; one inside a body belongs to that body. */
  defineTag(type: string, span: TextSpan): void {
    if (this.#tags.has(type)) {
      this.report(diagnose("D_DECL_TYPERED", span, type));
      throw syntaxFailure;
    }
    if (this.#bodies === 0) this.#tags.add(type);
  }

  declareVariable(name: string): void {
    this.#variables.add(name);
  }

  declareTypedef(name: string): void {
    this.#typedefs.add(name);
  }

  isTypeName(name: string): boolean {
    if (this.#variables.has(name)) return false;
    // `` D`name `` is the program's own.
    const own = name.startsWith("D`") ? name.slice(2) : name;
    return this.#typedefs.has(own) || isScopedKeyword(name) || this.options.isTypeName(name);
  }

  get atTypeName(): boolean {
    return this.token.kind === "identifier" && this.isTypeName(this.token.name);
  }
}

/** `` D`int ``: C's own types can be named with their place, too. */
function isScopedKeyword(name: string): boolean {
  return name.includes("`") && typeKeywords.has(name.slice(name.lastIndexOf("`") + 1));
}
