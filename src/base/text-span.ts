/** Where in a source text something stands. */

/** Offsets in UTF-16 units from the start of the source, end exclusive; line counts from 1. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** The smallest span that covers both. */
export function coverSpans(first: TextSpan, last: TextSpan): TextSpan {
  const [from, to] = first.start <= last.start ? [first, last] : [last, first];
  return { start: from.start, end: Math.max(from.end, to.end), line: from.line };
}
