/** The words of D: what the lexer gives to the parser. */

import type { TextSpan } from "../../../base/text-span.ts";

export type Token = PlainToken | NameToken | IntegerToken | StringToken;

export interface PlainToken {
  readonly kind: Keyword | Punctuator | "predicate-end" | "end" | "invalid";
  readonly span: TextSpan;
}

export interface NameToken {
  /** The name of an `aggregation` has no `@`. */
  readonly kind: "identifier" | "aggregation" | "probe-description";
  readonly span: TextSpan;
  readonly name: string;
}

export interface IntegerToken {
  readonly kind: "integer";
  readonly span: TextSpan;
  readonly constant: IntegerConstant;
}

export interface IntegerConstant {
  readonly value: bigint;
  readonly decimal: boolean;
  readonly unsignedSuffix: boolean;
  readonly longSuffix: 0 | 1 | 2;
  /** A macro argument may carry a sign, which acts as an operator. */
  readonly sign: "+" | "-" | undefined;
}

export interface StringToken {
  readonly kind: "string-literal";
  readonly span: TextSpan;
  readonly value: string;
}

export type TokenKind = Token["kind"];

const keywordList = [
  "auto",
  "break",
  "case",
  "char",
  "const",
  "continue",
  "counter",
  "default",
  "do",
  "double",
  "else",
  "enum",
  "extern",
  "float",
  "for",
  "goto",
  "if",
  "import",
  "inline",
  "int",
  "long",
  "offsetof",
  "probe",
  "provider",
  "register",
  "restrict",
  "return",
  "self",
  "short",
  "signed",
  "sizeof",
  "static",
  "string",
  "stringof",
  "struct",
  "switch",
  "this",
  "translator",
  "typedef",
  "union",
  "unsigned",
  "userland",
  "void",
  "volatile",
  "while",
  "xlate",
] as const;

export type Keyword = (typeof keywordList)[number];

export const keywords: ReadonlySet<string> = new Set(keywordList);

export function isKeyword(text: string): text is Keyword {
  return keywords.has(text);
}

/** The keywords that begin a declaration outside clauses; others are probe descriptions there. */
export const declarationKeywords: ReadonlySet<string> = new Set<Keyword>([
  "auto",
  "char",
  "const",
  "counter",
  "double",
  "enum",
  "extern",
  "float",
  "import",
  "inline",
  "int",
  "long",
  "provider",
  "register",
  "restrict",
  "self",
  "short",
  "signed",
  "static",
  "string",
  "struct",
  "this",
  "translator",
  "typedef",
  "union",
  "unsigned",
  "void",
  "volatile",
]);

/** The keywords a type's name may consist of. */
export const typeKeywords: ReadonlySet<string> = new Set<Keyword>([
  "char",
  "double",
  "float",
  "int",
  "long",
  "short",
  "signed",
  "string",
  "unsigned",
  "void",
]);

const punctuatorList = [
  "...",
  "<<=",
  ">>=",
  "&&",
  "^^",
  "||",
  "==",
  "!=",
  "<=",
  ">=",
  "<<",
  ">>",
  "->",
  "+=",
  "-=",
  "*=",
  "/=",
  "%=",
  "&=",
  "^=",
  "|=",
  "++",
  "--",
  "|",
  "^",
  "&",
  "<",
  ">",
  "+",
  "-",
  "*",
  "/",
  "%",
  "~",
  "!",
  "?",
  ":",
  ".",
  "=",
  ",",
  ";",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
] as const;

export type Punctuator = (typeof punctuatorList)[number];

const punctuators: ReadonlySet<string> = new Set(punctuatorList);

export function isPunctuator(text: string): text is Punctuator {
  return punctuators.has(text);
}
