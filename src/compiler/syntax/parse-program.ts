/** The whole of a D program. Wrong text never throws: what could be read is returned with reports. */

import { type Diagnostic, diagnose } from "../diagnostics/diagnostic.ts";
import type { Program, ProgramItem } from "./ast.ts";
import { parseClause } from "./parse-clause.ts";
import {
  parseDeclaration,
  parseInline,
  parseProvider,
  parseTranslator,
} from "./parse-declaration.ts";
import { startsDeclaration } from "./parse-specifiers.ts";
import { Parser, SyntaxFailure } from "./parser.ts";
import type { ParseOptions, SourceText } from "./source-text.ts";

export interface ParseResult {
  readonly program: Program;
  /** In the order in which DTrace would meet them: it stops at the first. */
  readonly diagnostics: readonly Diagnostic[];
  /** Holds if nothing else is wrong with the program, its declarations included: it is empty. */
  readonly emptiness: Diagnostic | undefined;
}

export function parseProgram(source: SourceText, options: ParseOptions): ParseResult {
  const parser = new Parser(source, options);
  const items: ProgramItem[] = [...parser.lexer.takePragmas()];
  while (!parser.at("end")) {
    const item = parseItem(parser);
    items.push(...parser.lexer.takePragmas());
    if (item !== undefined) items.push(item);
  }
  checkArguments(parser);

  const { diagnostics, lineMarkers } = parser.lexer;
  const span = { start: 0, end: source.text.length, line: 1 };
  const program: Program = { kind: "program", span, items, lineMarkers };
  return { program, diagnostics, emptiness: emptinessOf(parser, items) };
}

/** Undefined for an item that could not be read. */
function parseItem(parser: Parser): ProgramItem | undefined {
  const start = parser.token.span;
  try {
    return readItem(parser);
  } catch (failure) {
    if (!(failure instanceof SyntaxFailure)) throw failure;
    if (parser.textOf(parser.token.span) !== ";") {
      if (parser.token.span === start) parser.advance();
      skipToEnd(parser);
    }
    leaveItem(parser);
    return undefined;
  }
}

function readItem(parser: Parser): ProgramItem {
  const { kind } = parser.token;
  if (kind === "probe-description" || kind === "integer") return parseClause(parser);

  parser.lexer.mode = "expression";
  const item = readDefinition(parser);
  parser.lexer.mode = "program";
  parser.expect(";");
  return item;
}

/** Stops at the semicolon. */
function readDefinition(parser: Parser): ProgramItem {
  switch (parser.token.kind) {
    case "inline":
      return parseInline(parser);
    case "translator":
      return parseTranslator(parser);
    case "provider":
      return parseProvider(parser);
    default:
      return startsDeclaration(parser) ? parseDeclaration(parser) : parser.fail();
  }
}

/** To the closing brace of what was begun, a semicolon outside braces or a new clause. */
function skipToEnd(parser: Parser): void {
  const { lexer } = parser;
  while (!parser.at("end")) {
    const isOutside = lexer.openBraces === 0;
    const ends = parser.at("}") || parser.at(";") || parser.at("probe-description");
    if (isOutside && ends) break;
    if (!isOutside) lexer.mode = "expression";
    parser.advance();
  }
}

/** To the first token of the next item. */
function leaveItem(parser: Parser): void {
  const { lexer } = parser;
  lexer.forgetBrackets();
  lexer.mode = "program";
  if (parser.at("probe-description")) return;
  if (parser.at("}")) lexer.skipSemicolon();
  parser.advance();
}

function checkArguments(parser: Parser): void {
  const unused = parser.lexer.macros.unusedArgument;
  if (unused === undefined || parser.options.allowUnusedArguments) return;
  parser.report(diagnose("D_MACRO_UNUSED", parser.token.span, unused.value, unused.index));
}

function emptinessOf(parser: Parser, items: readonly ProgramItem[]): Diagnostic | undefined {
  if (parser.options.allowEmpty) return undefined;
  const isEmpty = items.every(({ kind }) => kind === "declaration" || kind.endsWith("pragma"));
  return isEmpty ? diagnose("D_EMPTY", parser.token.span) : undefined;
}
