/**
 * The control lines of a text and nothing else of it: how a library says which others it needs,
 * found out without parsing it.
 */

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Pragma } from "./ast.ts";
import { readControlLine, splitControlLine } from "./lexer/control-line.ts";
import type { SourceText } from "./source-text.ts";

export function scanControlLines(source: SourceText): {
  readonly pragmas: readonly Pragma[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const pragmas: Pragma[] = [];
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  for (const [index, text] of source.text.split("\n").entries()) {
    const mark = /^[\f\t\v ]*#(?!!)/.exec(text)?.[0];
    if (mark !== undefined) {
      const span = { start: start + mark.length - 1, end: start + text.length, line: index + 1 };
      const effect = readControlLine(splitControlLine(text.slice(mark.length)) ?? [], span);
      if (effect.kind === "pragma") pragmas.push(effect.pragma);
      if (effect.kind === "problem") diagnostics.push(effect.diagnostic);
    }
    start += text.length + 1;
  }
  return { pragmas, diagnostics };
}
