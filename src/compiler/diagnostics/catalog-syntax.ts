/** Messages of the lexer and the grammar. */

/** The sentences D_SYNTAX stands for: wrong text that has no tag of its own. */
export const syntaxProblem = {
  /** `text` is the token that does not fit; undefined at the end of the program. */
  unexpected: (text: string | undefined) =>
    text === undefined ? "syntax error near end of input" : `syntax error near "${text}"`,
  character: (character: string) => `syntax error near "${character}"`,
  floatingPoint: () => "floating-point constants are not permitted",
  commentInComment: () => "/* encountered inside a comment",
  openComment: () => "end-of-file encountered before matching */",
  openControlLine: () => "end-of-file encountered before end of control line",
  unclosedInPredicate: (bracket: ")" | "]") => `closing ${bracket} expected in predicate before /`,
  extraBracket: (bracket: ")" | "]" | "}") => `extra ${bracket} in input stream`,
  noActions: () => "expected actions { } following probe description and predicate",
  noPredicateOrActions: () => "expected predicate and/or actions following probe description",
  /** Ours: a program is text, and text has no NUL. */
  nulByte: () => "NUL byte encountered in input stream",
} as const;

/** What D_PDESC_INVAL says of a probe description or identifier. */
export const invalidProbe = {
  description: (text: string, reason: ProbeDescriptionProblem) =>
    `invalid probe description "${text}": ${reason}`,
  identifierTooBig: (id: bigint) => `identifier ${id} exceeds maximum probe id`,
  identifierForField: (id: bigint, fields: "providers" | "modules" | "functions") =>
    `probe identifier ${id} not permitted when specifying ${fields}`,
  unknownIdentifier: (id: bigint) => `invalid probe identifier ${id}: Unknown probe identifier`,
} as const;

/** libdtrace's and the system's sentences. */
export type ProbeDescriptionProblem =
  | "Overspecified probe description"
  | "Undefined macro variable in probe description"
  | "File name too long";

/** What D_PROV_BADNAME says of a provider's or probe's name in a provider declaration. */
export const badProviderName = {
  scopedProbe: (name: string) => `probe name may not contain scoping operator: ${name}`,
  longProbe: (name: string) => `probe name may not exceed 63 characters: ${name}`,
  scopedProvider: (name: string) => `provider name may not contain scoping operator: ${name}`,
  longProvider: (name: string) => `provider name may not exceed 63 characters: ${name}`,
  digit: (name: string) => `provider name may not end with a digit: ${name}`,
} as const;

/** What D_INT_OFLOW says of an integer constant. */
export const integerOverflow = {
  constant: (text: string) => `constant ${text} results in integer overflow`,
  noType: (value: bigint) =>
    `integer constant 0x${value.toString(16)} cannot be represented in any built-in integral type`,
} as const;

export const syntaxMessages = {
  D_SYNTAX: (problem: string) => problem,
  D_EMPTY: () => "empty D program translation unit",
  D_INT_OFLOW: (problem: string) => problem,
  D_INT_DIGIT: (constant: string, digit: string) =>
    `constant ${constant} contains invalid digit ${digit}`,
  D_STR_NL: () => "newline encountered in string literal",
  D_CHR_NL: () => "newline encountered in character constant",
  D_CHR_NULL: () => "empty character constant",
  D_CHR_OFLOW: () => "character constant is too long",
  /** Ours: DTrace stops with its parser's "yacc stack overflow". */
  D_NEST_DEPTH: (limit: number) =>
    `expression or declaration is nested deeper than ${limit} levels`,
  D_PDESC_INVAL: (problem: string) => problem,
  D_PROV_BADNAME: (problem: string) => problem,
} as const;
