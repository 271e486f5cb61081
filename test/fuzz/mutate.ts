/** Breaks programs: what a hurried hand, a bad disk or a generator might do to them. */

import type { Random } from "./random.ts";

const fragments = [
  ...[
    '"',
    "'",
    "/*",
    "*/",
    "//",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "@",
    "`",
    "$",
    "$$1",
    "\\",
    "#",
    "\0",
  ],
  ...[
    "->",
    "++",
    "?:",
    "...",
    "/",
    ";",
    ",",
    "::",
    "sizeof",
    "stringof",
    "self->",
    "this->",
    "inline ",
  ],
  ...[
    "#pragma D option ",
    '#line 5 "x"\n',
    "0x",
    "08",
    "1e5",
    "99999999999999999999",
    "-",
    "%",
    "é",
    "\u2028",
  ],
  ...[
    "translator ",
    "xlate<",
    "struct {",
    "enum e { A, B }",
    "int :",
    "@a[",
    "probe ",
    "provider p {",
  ],
  ...[
    "if (",
    "else ",
    "\t",
    "\r\n",
    "\x7f",
    "'\\",
    "'abcdefghi'",
    "=~",
    "^^",
    "offsetof(",
    "args[0].",
  ],
];

/** One to four small changes; `other` gives pieces of another program. */
export function mutated(random: Random, program: string, other: string): string {
  let text = program;
  const changes = 1 + random.below(4);
  for (let change = 0; change < changes; change += 1) text = changed(random, text, other);
  return text;
}

function changed(random: Random, text: string, other: string): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + 1 + random.below(12));
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, at) + random.pick(fragments) + text.slice(at);
    case 2:
      return text.slice(0, at) + random.pick(fragments) + text.slice(end);
    case 3:
      return text.slice(0, at) + piece(random, other) + text.slice(end);
    case 4:
      return text.slice(0, end) + text.slice(at);
    case 5:
      return swappedTokens(random, text);
    default:
      return text.slice(0, at);
  }
}

function piece(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  return text.slice(at, at + random.below(40));
}

function swappedTokens(random: Random, text: string): string {
  const tokens = text.match(/\w+|\s+|./gs) ?? [];
  const one = random.below(tokens.length + 1);
  const other = random.below(tokens.length + 1);
  const first = tokens[one] ?? "";
  tokens[one] = tokens[other] ?? "";
  tokens[other] = first;
  return tokens.join("");
}
