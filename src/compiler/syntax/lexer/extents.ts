/** Where names, probe descriptions and quoted constants end. */

import { isNamePart, isProbePart, skipWhile } from "./characters.ts";

const dot = 0x2e;

export interface NameExtent {
  readonly end: number;
  /** No backquote can be reached by name characters and dots before this offset. */
  readonly noBackquoteBefore: number;
}

/**
 * A name may hold the name of a module, dots and all, if a backquote follows it. What is known of
 * text already looked at keeps `a.b.c.d…` linear.
 */
export function findName(text: string, start: number, noBackquoteBefore: number): NameExtent {
  const end = skipWhile(text, start, isNamePart);
  if (text.charCodeAt(end) !== dot || end < noBackquoteBefore) return { end, noBackquoteBefore };

  const reach = skipWhile(text, end, (code) => isNamePart(code) || code === dot);
  const backquote = text.slice(end, reach).lastIndexOf("`");
  if (backquote < 0) return { end, noBackquoteBefore: reach };
  return { end: skipWhile(text, end + backquote, isNamePart), noBackquoteBefore };
}

export function findProbe(text: string, start: number): number {
  return skipWhile(text, start, isProbePart);
}

export interface QuotedExtent {
  /** Past the closing quote, or where the problem is. */
  readonly end: number;
  readonly problem: "newline" | "end" | undefined;
}

/** `start` is at the opening quote. A backslash does not save a newline. */
export function findQuoted(text: string, start: number, quote: '"' | "'"): QuotedExtent {
  let index = start + 1;
  while (index < text.length) {
    const character = text.charAt(index);
    if (character === quote) return { end: index + 1, problem: undefined };
    if (character === "\n") return { end: index, problem: "newline" };
    const escapes = character === "\\" && text.charAt(index + 1) !== "\n";
    index += escapes ? 2 : 1;
  }
  return { end: text.length, problem: "end" };
}
