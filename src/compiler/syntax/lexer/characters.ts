/** Classes of characters, by code, as D's lexer tells them apart. Non-ASCII is in no class. */

const nameStart = 1;
const digit = 2;
const probeStart = 4;
const probePart = 8;
const blank = 16;
const hexadecimal = 32;

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
const digits = "0123456789";
/** What a probe description has beside letters and digits: patterns, separators, macros. */
const probeMarks = "-$:.?*\\[]!";

const classes = new Uint8Array(128);
const mark = (characters: string, flag: number): void => {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    classes[code] = (classes[code] ?? 0) | flag;
  }
};
mark(`${letters}\``, nameStart);
mark(digits, digit);
mark(letters + probeMarks, probeStart);
mark(`${letters}${probeMarks}${digits}\``, probePart);
mark(" \f\n\r\t\v", blank);
mark("0123456789abcdefABCDEF", hexadecimal);

const is =
  (flag: number) =>
  (code: number): boolean =>
    ((classes[code] ?? 0) & flag) !== 0;

/** A backquote too: it stands between a module and a symbol. */
export const isNameStart = is(nameStart);
export const isNamePart = is(nameStart | digit);
export const isDigit = is(digit);
export const isHexadecimal = is(hexadecimal);
export const isProbeStart = is(probeStart);
export const isProbePart = is(probePart);
export const isBlank = is(blank);

/** The first index from `from` on whose character is not in the class; NaN ends the text. */
export function skipWhile(text: string, from: number, inClass: (code: number) => boolean): number {
  let index = from;
  while (index < text.length && inClass(text.charCodeAt(index))) index += 1;
  return index;
}
