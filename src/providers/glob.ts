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
  const pieces = piecesOf(pattern);
  return (text) => matches(pieces, text);
}

/** One character of a text; undefined stands for any number of any. */
type Piece = ((character: string) => boolean) | undefined;

function piecesOf(pattern: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    const end = character === "[" ? pattern.indexOf("]", at + 2) : -1;
    if (character === "*") pieces.push(undefined);
    else if (character === "?") pieces.push(() => true);
    else if (end > 0) {
      pieces.push(setOf(pattern.slice(at + 1, end)));
      at = end;
    } else {
      if (character === "\\" && at + 1 < pattern.length) at += 1;
      const wanted = pattern.charAt(at);
      pieces.push((found) => found === wanted);
    }
  }
  return pieces;
}

/** What a star stands for grows when the rest does not fit; only that of the last star need grow. */
function matches(pieces: readonly Piece[], text: string): boolean {
  let at = 0;
  let piece = 0;
  let star: { readonly piece: number; at: number } | undefined;
  while (at < text.length) {
    const fits = pieces[piece];
    if (piece < pieces.length && fits === undefined) {
      star = { piece, at };
      piece += 1;
    } else if (fits?.(text.charAt(at))) {
      at += 1;
      piece += 1;
    } else if (star !== undefined) {
      star.at += 1;
      at = star.at;
      piece = star.piece + 1;
    } else return false;
  }
  return pieces.slice(piece).every((rest) => rest === undefined);
}

function setOf(members: string): (character: string) => boolean {
  const isNegated = members.startsWith("!");
  const ranges = [...(isNegated ? members.slice(1) : members).matchAll(/(.)-(.)|(.)/gs)].map(
    ([, from, to, single]) => [from ?? single ?? "", to ?? single ?? ""] as const,
  );
  return (character) =>
    isNegated !== ranges.some(([from, to]) => character >= from && character <= to);
}
