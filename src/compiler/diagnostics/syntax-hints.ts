/** What to tell somebody who wrote C where D has something else, by the word that did not fit. */

import type { TokenKind } from "../syntax/lexer/token.ts";

const noLoops = "D has no loops: a probe fires again, or profile and tick probes fire at a rate";
const noJumps = "D has no jumps: use if and else, or predicates on several clauses";

export const syntaxHints: ReadonlyMap<TokenKind, string> = new Map<TokenKind, string>([
  ["while", noLoops],
  ["for", noLoops],
  ["do", noLoops],
  ["break", noJumps],
  ["continue", noJumps],
  ["goto", noJumps],
  ["return", noJumps],
  ["switch", "D has no switch: use if and else, or ?:"],
  ["case", "D has no switch: use if and else, or ?:"],
  ["string-literal", "D does not join strings that stand side by side: use strjoin()"],
  ["predicate-end", "/ before ; { / or the end closes a predicate and does not divide"],
  ["end", "a brace, bracket or semicolon is missing before the end"],
]);
