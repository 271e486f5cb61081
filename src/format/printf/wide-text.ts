/** Wide characters as UTF-8, each byte one character of the text. */

/** One character; what is no character of Unicode becomes U+FFFD. */
export function wideCharacter(code: number): string {
  const known = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? code : 0xfffd;
  if (known < 0x80) return String.fromCharCode(known);
  if (known < 0x800) return String.fromCharCode(0xc0 | (known >> 6), tail(known));
  if (known < 0x10000) {
    return String.fromCharCode(0xe0 | (known >> 12), tail(known >> 6), tail(known));
  }
  return String.fromCharCode(
    0xf0 | (known >> 18),
    tail(known >> 12),
    tail(known >> 6),
    tail(known),
  );
}

const tail = (bits: number): number => 0x80 | (bits & 0x3f);

/** `wchar_t []` up to its NUL. At most `limit` bytes, whole characters only; 0 is no limit. */
export function wideText(bytes: Uint8Array, limit: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, true);
    if (code === 0) break;
    const character = wideCharacter(code);
    if (limit > 0 && text.length + character.length > limit) break;
    text += character;
  }
  return text;
}
