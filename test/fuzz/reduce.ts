/** Makes a failing program smaller: pieces are left out as long as it fails in the same way. */

const steps = 400;

export function reduced(text: string, fails: (text: string) => boolean): string {
  let smallest = text;
  let left = steps;
  for (const separator of [/(?<=\n)/, /(?<=[;{}\n])/, /(?<=\W)/]) {
    let pieces = smallest.split(separator);
    for (let size = Math.ceil(pieces.length / 2); size >= 1 && left > 0; ) {
      const shorter = withoutPiece(pieces, size, (candidate) => {
        left -= 1;
        return left > 0 && fails(candidate.join(""));
      });
      if (shorter === undefined) size = size === 1 ? 0 : Math.ceil(size / 2);
      else pieces = [...shorter];
    }
    smallest = pieces.join("");
  }
  return smallest;
}

function withoutPiece(
  pieces: readonly string[],
  size: number,
  fails: (pieces: readonly string[]) => boolean,
): readonly string[] | undefined {
  for (let at = 0; at < pieces.length; at += size) {
    const shorter = [...pieces.slice(0, at), ...pieces.slice(at + size)];
    if (fails(shorter)) return shorter;
  }
  return undefined;
}
