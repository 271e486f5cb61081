/** Shell-style patterns in the fields of probe descriptions: `* ? [..] [!..]` and `\` (gmatch). */

export type Matcher = (text: string) => boolean;

const globCharacters = /[*?[\\]/;

export function isGlob(pattern: string): boolean {
  return globCharacters.test(pattern);
}

/** An empty pattern matches anything. */
export function matcherOf(pattern: string): Matcher {
  if (pattern === "" || pattern === "*") return () => true;
  if (!isGlob(pattern)) return (text) => text === pattern;
  const expression = expressionOf(pattern);
  return (text) => expression.test(text);
}

function expressionOf(pattern: string): RegExp {
  let source = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    const end = character === "[" ? pattern.indexOf("]", at + 2) : -1;
    if (end > 0) {
      source += setOf(pattern.slice(at + 1, end));
      at = end;
    } else if (character === "\\" && at + 1 < pattern.length) {
      at += 1;
      source += escapeLiteral(pattern.charAt(at));
    } else {
      source += wildcards.get(character) ?? escapeLiteral(character);
    }
  }
  return new RegExp(`^${source}$`, "s");
}

const wildcards = new Map([
  ["*", ".*"],
  ["?", "."],
]);

function setOf(members: string): string {
  const negated = members.startsWith("!");
  const body = (negated ? members.slice(1) : members).replace(/[\\^\]]/g, "\\$&");
  return `[${negated ? "^" : ""}${body}]`;
}

function escapeLiteral(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
}
