/**
 * D's lexer. It has two modes, as DTrace's has: outside clauses words are probe descriptions or
 * begin a declaration, inside they are the words of C. The parser sets the mode before it asks for
 * the next token. Every wrong character is reported here and becomes an `invalid` token.
 */

import type { TextSpan } from "../../../base/text-span.ts";
import { integerOverflow, syntaxProblem } from "../../diagnostics/catalog-syntax.ts";
import { type Diagnostic, diagnose } from "../../diagnostics/diagnostic.ts";
import type { LineMarker, Pragma } from "../ast.ts";
import type { ParseOptions, SourceText } from "../source-text.ts";
import {
  isBlank,
  isDigit,
  isNamePart,
  isNameStart,
  isProbeStart,
  skipWhile,
} from "./characters.ts";
import { findNumber, readCharacters, readInteger } from "./constants.ts";
import { readControlLine, splitControlLine } from "./control-line.ts";
import { findName, findProbe, findQuoted } from "./extents.ts";
import { Macros } from "./macros.ts";
import { unescapeString } from "./string-escapes.ts";
import { declarationKeywords, isKeyword, isPunctuator, type Token, typeKeywords } from "./token.ts";

export type LexerMode = "program" | "expression";

const newline = 0x0a;
const slash = 0x2f;

export class Lexer {
  readonly macros: Macros;
  readonly diagnostics: Diagnostic[] = [];
  readonly lineMarkers: LineMarker[] = [];
  mode: LexerMode = "program";

  readonly #source: SourceText;
  readonly #options: ParseOptions;
  readonly #text: string;
  #position = 0;
  #line = 1;
  #pragmas: Pragma[] = [];
  #openBrackets = { ")": 0, "]": 0, "}": 0 };
  #noBackquoteBefore = 0;

  constructor(source: SourceText, options: ParseOptions) {
    this.#source = source;
    this.#options = options;
    this.macros = new Macros(options);
    this.#text = this.#withoutNul(source.text);
  }

  /** The pragmas read since the last time this was asked. */
  takePragmas(): readonly Pragma[] {
    const pragmas = this.#pragmas;
    if (pragmas.length > 0) this.#pragmas = [];
    return pragmas;
  }

  /** The first character after the current token, blanks and comments left out. */
  get following(): string {
    return this.#text.charAt(this.#skipComments(this.#position));
  }

  /** How many braces are open where the current token stands. */
  get openBraces(): number {
    return this.#openBrackets["}"];
  }

  /** Forgets brackets that an error left open. */
  forgetBrackets(): void {
    this.#openBrackets = { ")": 0, "]": 0, "}": 0 };
  }

  /** Goes over a semicolon, if one is next: it may follow a closing brace. */
  skipSemicolon(): void {
    this.#skipBlanks();
    if (this.#text.charAt(this.#position) === ";") this.#position += 1;
  }

  next(): Token {
    this.#skipBlanks();
    const start = this.#position;
    if (start >= this.#text.length) return { kind: "end", span: this.#spanTo(start) };

    const code = this.#text.charCodeAt(start);
    return this.mode === "program" ? this.#nextInProgram(code) : this.#nextInExpression(code);
  }

  #nextInProgram(code: number): Token {
    if (isDigit(code)) return this.#integer(findNumber(this.#text, this.#position).end);
    if (isProbeStart(code)) return this.#probe();

    const character = this.#text.charAt(this.#position);
    switch (character) {
      case "/":
      case ",":
        return { kind: character, span: this.#take(this.#position + 1) };
      case "{":
        return this.#bracket(character);
      default:
        return this.#wrongCharacter();
    }
  }

  #nextInExpression(code: number): Token {
    if (isNameStart(code)) return this.#name();
    if (isDigit(code)) return this.#number();

    const character = this.#text.charAt(this.#position);
    switch (character) {
      case '"':
      case "'":
        return this.#quoted(character);
      case "$":
        return this.#macro();
      case "@":
        return this.#aggregation();
      case ".":
        if (isDigit(this.#text.charCodeAt(this.#position + 1))) return this.#number();
        return this.#punctuator();
      case "/":
        return this.#slash();
      case "(":
      case "[":
      case "{":
      case ")":
      case "]":
      case "}":
        return this.#bracket(character);
      default:
        return this.#punctuator();
    }
  }

  #name(): Token {
    const found = findName(this.#text, this.#position, this.#noBackquoteBefore);
    this.#noBackquoteBefore = found.noBackquoteBefore;
    const name = this.#text.slice(this.#position, found.end);
    const span = this.#take(found.end);
    return isKeyword(name) ? { kind: name, span } : { kind: "identifier", span, name };
  }

  /**
   * `int*x;` is a declaration and `int*:::` a description: without a colon, the word before `*`
   * decides by being a type's name.
   */
  #probe(): Token {
    const end = findProbe(this.#text, this.#position);
    const text = this.#text.slice(this.#position, end);
    if (declarationKeywords.has(text) && isKeyword(text)) {
      return { kind: text, span: this.#take(end) };
    }
    if (this.#mayDeclare(text, end)) {
      const star = text.indexOf("*");
      const name = star > 0 ? text.slice(0, star) : text;
      if (typeKeywords.has(name) && isKeyword(name)) {
        return { kind: name, span: this.#take(this.#position + name.length) };
      }
      if (this.#options.isTypeName(name)) {
        const span = this.#take(this.#position + name.length);
        return { kind: "identifier", span, name };
      }
    }
    return { kind: "probe-description", span: this.#take(end), name: text };
  }

  /**
   * What follows rules most words out, so that a script of clauses asks for no types: a clause
   * goes on with `{`, `/`, a comma or its end, a declaration with a name, `*` or `(`.
   */
  #mayDeclare(text: string, end: number): boolean {
    if (this.#options.preferProbes || text.includes(":")) return false;
    const following = this.#text.charAt(this.#skipComments(end));
    if (following === "" || "{/".includes(following)) return false;
    return text.includes("*") || following === "(" || isProbeStart(following.charCodeAt(0));
  }

  #number(): Token {
    const { end, kind } = findNumber(this.#text, this.#position);
    if (kind === "integer") return this.#integer(end);
    return this.#wrong(syntaxProblem.floatingPoint(), this.#take(end));
  }

  #integer(end: number): Token {
    const text = this.#text.slice(this.#position, end);
    const span = this.#take(end);
    const { constant, problem } = readInteger(text);
    if (problem?.kind === "overflow") {
      this.#report(diagnose("D_INT_OFLOW", span, integerOverflow.constant(text)));
    }
    if (problem?.kind === "no type") {
      this.#report(diagnose("D_INT_OFLOW", span, integerOverflow.noType(problem.value)));
    }
    if (problem?.kind === "digit") {
      this.#report(diagnose("D_INT_DIGIT", span, text, problem.digit));
    }
    return { kind: "integer", span, constant };
  }

  #quoted(quote: '"' | "'"): Token {
    const found = findQuoted(this.#text, this.#position, quote);
    if (found.problem === "newline") {
      const span = this.#take(found.end);
      this.#report(diagnose(quote === '"' ? "D_STR_NL" : "D_CHR_NL", span));
      return { kind: "invalid", span };
    }
    if (found.problem === "end") return this.#wrongCharacter();

    const inside = this.#text.slice(this.#position + 1, found.end - 1);
    const span = this.#take(found.end);
    if (quote === '"') return { kind: "string-literal", span, value: unescapeString(inside) };
    return this.#character(inside, span);
  }

  #character(inside: string, span: TextSpan): Token {
    const constant = inside === "" ? undefined : readCharacters(inside);
    if (constant !== undefined) return { kind: "integer", span, constant };
    this.#report(diagnose(inside === "" ? "D_CHR_NULL" : "D_CHR_OFLOW", span));
    return { kind: "invalid", span };
  }

  #macro(): Token {
    const dollars = this.#text.charAt(this.#position + 1) === "$" ? 2 : 1;
    const nameStart = this.#position + dollars;
    const code = this.#text.charCodeAt(nameStart);
    if (!isNamePart(code)) return this.#wrongCharacter();

    const end = skipWhile(this.#text, nameStart, isDigit(code) ? isDigit : isNamePart);
    const reference = this.#text.slice(this.#position, end);
    const span = this.#take(end);
    const substitute = this.macros.substitute(reference, span);
    if ("kind" in substitute) return substitute;
    this.#report(substitute);
    return { kind: "invalid", span };
  }

  #aggregation(): Token {
    const start = this.#position + 1;
    const isNamed = isNameStart(this.#text.charCodeAt(start)) && this.#text.charAt(start) !== "`";
    if (!isNamed) return { kind: "aggregation", span: this.#take(start), name: "_" };

    const inName = (code: number) => isNamePart(code) && code !== 0x60;
    const end = skipWhile(this.#text, start, inName);
    return { kind: "aggregation", span: this.#take(end), name: this.#text.slice(start, end) };
  }

  /**
   * `/` closes a predicate when end, `;`, `{` or `/` comes next, otherwise it divides. Comments on
   * the way do not count, which DTrace's own lexer gets wrong.
   */
  #slash(): Token {
    if (this.#text.charAt(this.#position + 1) === "=") return this.#punctuator();

    const following = this.#text.charAt(this.#skipComments(this.#position + 1));
    if (following !== "" && !";{/".includes(following)) return this.#punctuator();

    const span = this.#take(this.#position + 1);
    for (const bracket of [")", "]"] as const) {
      if (this.#openBrackets[bracket] === 0) continue;
      return this.#wrong(syntaxProblem.unclosedInPredicate(bracket), span);
    }
    return { kind: "predicate-end", span };
  }

  #bracket(character: "(" | "[" | "{" | ")" | "]" | "}"): Token {
    const span = this.#take(this.#position + 1);
    switch (character) {
      case "(":
        this.#openBrackets[")"] += 1;
        break;
      case "[":
        this.#openBrackets["]"] += 1;
        break;
      case "{":
        this.#openBrackets["}"] += 1;
        break;
      default:
        if (this.#openBrackets[character] === 0) {
          return this.#wrong(syntaxProblem.extraBracket(character), span);
        }
        this.#openBrackets[character] -= 1;
    }
    return { kind: character, span };
  }

  #punctuator(): Token {
    for (const length of [3, 2, 1]) {
      const text = this.#text.slice(this.#position, this.#position + length);
      if (text.length === length && isPunctuator(text)) {
        return { kind: text, span: this.#take(this.#position + length) };
      }
    }
    return this.#wrongCharacter();
  }

  #skipBlanks(): void {
    while (this.#position < this.#text.length) {
      const code = this.#text.charCodeAt(this.#position);
      if (code === newline) {
        this.#line += 1;
        this.#position += 1;
      } else if (isBlank(code)) this.#position += 1;
      else if (code === slash && this.#startsComment(this.#position)) this.#skipComment();
      else if (code === 0x23 && this.#isFirstOnLine()) this.#controlLine();
      else if (code === 0x5c && this.#isContinuation()) this.#position += 1;
      else return;
    }
  }

  /** A backslash at the end of a line inside a clause. */
  #isContinuation(): boolean {
    return this.mode === "expression" && this.#text.charAt(this.#position + 1) === "\n";
  }

  #startsComment(position: number): boolean {
    const next = this.#text.charAt(position + 1);
    if (next !== "/") return next === "*";
    // `/predicate/// comment`: the first slash closes the predicate.
    const inPredicate = this.mode === "expression" && this.#openBrackets["}"] === 0;
    return !(inPredicate && this.#text.charAt(position + 2) === "/");
  }

  #skipComment(): void {
    const start = this.#position;
    if (this.#text.charAt(start + 1) === "/") {
      this.#position = this.#endOfLine(start);
      return;
    }
    const close = this.#text.indexOf("*/", start + 2);
    const end = close < 0 ? this.#text.length : close + 2;
    const nested = this.#text.slice(start + 2, end).indexOf("/*");
    if (nested >= 0) {
      this.#takeLines(start + 2 + nested);
      this.#wrong(syntaxProblem.commentInComment(), this.#take(start + 4 + nested));
    }
    this.#takeLines(end);
    if (close < 0) this.#wrong(syntaxProblem.openComment(), this.#spanTo(end));
  }

  /** The first position from `from` on that is neither blank nor in a comment. */
  #skipComments(from: number): number {
    let position = skipWhile(this.#text, from, isBlank);
    while (this.#text.startsWith("/*", position)) {
      const close = this.#text.indexOf("*/", position + 2);
      if (close < 0) return this.#text.length;
      position = skipWhile(this.#text, close + 2, isBlank);
    }
    return position;
  }

  #isFirstOnLine(): boolean {
    let index = this.#position - 1;
    while (index >= 0 && this.#text.charCodeAt(index) !== newline) {
      if (!isBlank(this.#text.charCodeAt(index))) return false;
      index -= 1;
    }
    return true;
  }

  #controlLine(): void {
    const start = this.#position;
    const end = this.#endOfLine(start);
    const span = this.#take(end);
    if (this.#text.charAt(start + 1) === "!") return;
    if (end === this.#text.length) {
      this.#wrong(syntaxProblem.openControlLine(), this.#spanTo(end));
      return;
    }

    const words = splitControlLine(this.#text.slice(start + 1, end));
    if (words === undefined) {
      this.#report(diagnose("D_STR_NL", span));
      return;
    }
    const effect = readControlLine(words, span);
    if (effect.kind === "problem") this.#report(effect.diagnostic);
    if (effect.kind === "pragma") this.#pragmas.push(effect.pragma);
    if (effect.kind === "line") this.#markLine(end + 1, effect.line, effect.file);
  }

  /** `line` is the number of the line that follows. */
  #markLine(offset: number, line: number, file: string | undefined): void {
    const isScript =
      file === this.#source.name || file === "<stdin>" || file?.startsWith("/dev/fd/") === true;
    const current = file === undefined ? this.lineMarkers.at(-1)?.file : file;
    this.lineMarkers.push({ offset, line, file: isScript ? undefined : current });
    this.#line = line - 1;
  }

  #endOfLine(from: number): number {
    const end = this.#text.indexOf("\n", from);
    return end < 0 ? this.#text.length : end;
  }

  #wrongCharacter(): Token {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#position) ?? 0);
    const span = this.#take(this.#position + character.length);
    return this.#wrong(syntaxProblem.character(character), span);
  }

  #wrong(problem: string, span: TextSpan): Token {
    this.#report(diagnose("D_SYNTAX", span, problem));
    return { kind: "invalid", span };
  }

  #report(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
  }

  /** The span from here to `end`, without going there. */
  #spanTo(end: number): TextSpan {
    return { start: this.#position, end, line: this.#line };
  }

  /** Goes to `end` on the same line; gives the span left behind. */
  #take(end: number): TextSpan {
    const span = this.#spanTo(end);
    this.#position = end;
    return span;
  }

  #takeLines(end: number): void {
    for (let at = this.#position; at < end; at += 1) {
      if (this.#text.charCodeAt(at) === newline) this.#line += 1;
    }
    this.#position = end;
  }

  /** A program is text: it ends where a NUL stands. */
  #withoutNul(text: string): string {
    const nul = text.indexOf("\0");
    if (nul < 0) return text;
    const line = text.slice(0, nul).split("\n").length;
    this.#wrong(syntaxProblem.nulByte(), { start: nul, end: nul + 1, line });
    return text.slice(0, nul);
  }
}
