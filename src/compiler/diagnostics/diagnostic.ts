/** What is wrong with a D program, as a value: the parser and the checker return lists of these. */

import type { TextSpan } from "../../base/text-span.ts";
import type { SourceText } from "../syntax/source-text.ts";
import { catalog, type DiagnosticTag } from "./catalog.ts";

export interface Diagnostic {
  readonly tag: DiagnosticTag;
  /** DTrace's sentence; may have several lines. */
  readonly message: string;
  readonly span: TextSpan;
  /** What would help, in our own words: shown in the teaching form only. */
  readonly hints: readonly string[];
  /** The part of a clause DTrace names where it has no line numbers (`-n`). */
  readonly region: DiagnosticRegion | undefined;
  /** The D library that the span is in, where it is not in the program. */
  readonly library?: LibraryPlace;
}

/** Where a user's library lies matters; ours are known by their names. */
export interface LibraryPlace {
  readonly source: SourceText;
  readonly isShipped: boolean;
}

export const nameOfLibrary = ({ source, isShipped }: LibraryPlace): string =>
  isShipped ? source.name.slice(source.name.lastIndexOf("/") + 1) : source.name;

export type DiagnosticRegion = "action list" | "predicate";

/** The facts a tag's message needs. */
export type DiagnosticFacts<Tag extends DiagnosticTag> = Parameters<(typeof catalog)[Tag]>;

/** `diagnose("D_MACRO_UNDEF", span, "argument", "$3")`: the tag fixes which facts follow. */
export function diagnose<Tag extends DiagnosticTag>(
  tag: Tag,
  span: TextSpan,
  ...facts: DiagnosticFacts<Tag>
): Diagnostic {
  // The catalog's rows are told apart by `Tag`, which TypeScript does not follow into the call.
  const message = catalog[tag] as (...facts: DiagnosticFacts<Tag>) => string;
  return { tag, message: message(...facts), span, hints: [], region: undefined };
}

export function withHint(diagnostic: Diagnostic, hint: string): Diagnostic {
  return { ...diagnostic, hints: [...diagnostic.hints, hint] };
}

export function inRegion(diagnostic: Diagnostic, region: DiagnosticRegion): Diagnostic {
  return { ...diagnostic, region };
}
