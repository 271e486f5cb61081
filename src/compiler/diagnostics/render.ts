/**
 * Diagnostics as text: dtrace(1)'s one line, which tools compare, and a teaching form with the
 * source line for people at a terminal.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type { LineMarker } from "../syntax/ast.ts";
import type { SourceText } from "../syntax/source-text.ts";
import { type Diagnostic, nameOfLibrary } from "./diagnostic.ts";

export interface RenderContext {
  readonly source: SourceText;
  /** From the program that was parsed; says which file a line is in. */
  readonly lineMarkers: readonly LineMarker[];
  /** Show the tag (`-xerrtags`). */
  readonly tags: boolean;
}

/** What dtrace(1) writes for the error it stops at, with the newline. */
export function renderFailure(diagnostic: Diagnostic, context: RenderContext): string {
  const { kind, name, text } = context.source;
  const what =
    kind === "file" ? `failed to compile script ${name}` : `invalid probe specifier ${text}`;
  return `dtrace: ${what}: ${renderMessage(diagnostic, context)}\n`;
}

/** libdtrace's message: tag, place, sentence. */
export function renderMessage(diagnostic: Diagnostic, context: RenderContext): string {
  const tag = context.tags ? `[${diagnostic.tag}] ` : "";
  return `${tag}${placeOf(diagnostic, context)}${diagnostic.message}`;
}

function placeOf(
  { span, region, library }: Diagnostic,
  { source, lineMarkers }: RenderContext,
): string {
  if (library) return `"${nameOfLibrary(library)}", line ${span.line}: `;
  const file = fileOf(span, lineMarkers);
  // DTrace counts lines of files only.
  if (file !== undefined) return `"${file}", line ${source.kind === "file" ? span.line : 0}: `;
  if (source.kind === "file") return `line ${span.line}: `;
  return region === undefined ? "" : `in ${region}: `;
}

/** The file a span is in; undefined for the script itself. */
export function fileOf(span: TextSpan, lineMarkers: readonly LineMarker[]): string | undefined {
  return lineMarkers.findLast(({ offset }) => offset <= span.start)?.file;
}

/** The message with its source line, what is meant underlined, and hints. */
export function renderTeaching(diagnostic: Diagnostic, context: RenderContext): string {
  const { span, message, tag } = diagnostic;
  const { source, lineMarkers } = excerptContext(diagnostic, context);
  const file = fileOf(span, lineMarkers) ?? (source.kind === "file" ? source.name : "argument");
  const place = `${file}:${span.line}:${columnOf(source.text, span) + 1}`;
  return `${place}: ${message} [${tag}]\n${renderExcerpt(diagnostic, context)}`;
}

/** The source line, what is meant underlined, and hints, each a line. */
export function renderExcerpt(diagnostic: Diagnostic, context: RenderContext): string {
  const { span, hints } = diagnostic;
  const { text } = excerptContext(diagnostic, context).source;
  const { line, column } = cropLine(sourceLine(text, span), columnOf(text, span));
  const number = String(span.line);
  const margin = " ".repeat(number.length);
  const before = line.slice(0, column).replace(/[^\t]/g, " ");
  const length = Math.max(1, Math.min(span.end - span.start, line.length - column));
  return [
    ` ${number} | ${line}`,
    ` ${margin} | ${before}${"^".repeat(length)}`,
    ...hints.map((hint) => ` ${margin} = ${hint}`),
  ]
    .map((row) => `${row}\n`)
    .join("");
}

/** The text that the span is in: the program's, or a library's. */
function excerptContext(
  { library }: Diagnostic,
  { source, lineMarkers }: RenderContext,
): Pick<RenderContext, "source" | "lineMarkers"> {
  return library ? { source: library.source, lineMarkers: [] } : { source, lineMarkers };
}

function columnOf(text: string, span: TextSpan): number {
  return span.start - startOfLine(text, span);
}

function sourceLine(text: string, span: TextSpan): string {
  const end = text.indexOf("\n", span.start);
  return text.slice(startOfLine(text, span), end < 0 ? text.length : end);
}

function startOfLine(text: string, span: TextSpan): number {
  return span.start === 0 ? 0 : text.lastIndexOf("\n", span.start - 1) + 1;
}

const widestLine = 120;

/** A part of a long line around the column, which moves with it. */
function cropLine(line: string, column: number): { line: string; column: number } {
  if (line.length <= widestLine) return { line, column };
  const start = Math.max(0, Math.min(column - widestLine / 2, line.length - widestLine));
  return { line: line.slice(start, start + widestLine), column: column - start };
}
