/** `%S` and `%C`: characters that do not print, as C writes them in a literal. */

const escapes = new Map([
  ["\0", "\\0"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\v", "\\v"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ['"', '\\"'],
  ["\\", "\\\\"],
]);

/** Octal where C has no letter for it. */
export function escapeText(text: string): string {
  let escaped = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    const printable = code >= 0x20 && code < 0x7f;
    escaped +=
      escapes.get(character) ?? (printable ? character : `\\${code.toString(8).padStart(3, "0")}`);
  }
  return escaped;
}
