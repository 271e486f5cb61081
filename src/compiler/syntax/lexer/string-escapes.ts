/**
 * Escapes in string and character constants, under libdtrace's rules (stresc2chr): octal, `\x`,
 * C's letters; a backslash before anything else stays. A string ends at its first NUL.
 *
 * A D string is bytes, a JavaScript string is not: a byte above 0x7f that an escape makes is kept
 * as the lone surrogate U+DC00 + byte, and so is a byte of the source that is no UTF-8.
 */

const escapedByte = 0xdc00;

const letters = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ['"', '"'],
  ["\\", "\\"],
]);

/** The value of a string constant from the text between its quotes. */
export function unescapeString(text: string): string {
  const value = replaceEscapes(text);
  const nul = value.indexOf("\0");
  return nul < 0 ? value : value.slice(0, nul);
}

/** The bytes of a character constant from the text between its quotes. */
export function unescapeCharacters(text: string): Uint8Array {
  return stringBytes(replaceEscapes(text, "'"));
}

/** The exact bytes of a string literal's value. */
export function stringBytes(value: string): Uint8Array {
  const utf8 = new TextEncoder();
  if (!/[\udc80-\udcff]/.test(value)) return utf8.encode(value);

  const bytes: number[] = [];
  for (const character of value) {
    const code = character.charCodeAt(0);
    const isByte = character.length === 1 && code >= escapedByte + 0x80 && code <= 0xdcff;
    if (isByte) bytes.push(code - escapedByte);
    else bytes.push(...utf8.encode(character));
  }
  return Uint8Array.from(bytes);
}

/** A source as text, of which `stringBytes` makes the same bytes again. */
export function sourceTextOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return textByCharacters(bytes);
  }
}

function textByCharacters(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    const length = sequenceLength(lead);
    const code = length === 1 ? undefined : codePointOf(bytes.subarray(at, at + length), length);
    text += code === undefined ? byteText(lead) : String.fromCodePoint(code);
    at += code === undefined ? 1 : length;
  }
  return text;
}

/** Of the UTF-8 character that begins with the byte; of a byte that begins none, 1. */
function sequenceLength(lead: number): number {
  if (lead < 0xc0 || lead >= 0xf8) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** The least code point that needs so many bytes. */
const leastCodePoints = [0, 0, 0x80, 0x800, 0x1_0000];

/** Undefined where the bytes are no character of UTF-8. */
function codePointOf(sequence: Uint8Array, length: number): number | undefined {
  const [lead = 0, ...others] = sequence;
  if (others.length !== length - 1) return undefined;
  let code = lead & (0x7f >> length);
  for (const byte of others) {
    if ((byte & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (byte & 0x3f);
  }
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < (leastCodePoints[length] ?? 0) || code > 0x10_ffff || isSurrogate
    ? undefined
    : code;
}

/** `quote` is one more character that a backslash may stand before. */
function replaceEscapes(text: string, quote?: string): string {
  let backslash = text.indexOf("\\");
  if (backslash < 0) return text;

  let value = "";
  let done = 0;
  while (backslash >= 0 && backslash + 1 < text.length) {
    value += text.slice(done, backslash);
    const sequence = readEscape(text, backslash + 1, quote);
    value += sequence.value;
    done = sequence.end;
    backslash = text.indexOf("\\", done);
  }
  return value + text.slice(done);
}

interface Escape {
  readonly value: string;
  readonly end: number;
}

function readEscape(text: string, start: number, quote: string | undefined): Escape {
  const character = text.charAt(start);
  if (character >= "0" && character <= "7") return readOctal(text, start);
  if (character === "x") return readHexadecimal(text, start + 1);
  if (character === quote) return { value: quote, end: start + 1 };
  return { value: letters.get(character) ?? `\\${character}`, end: start + 1 };
}

function readOctal(text: string, start: number): Escape {
  let end = start;
  let value = 0;
  while (end < start + 3 && text.charAt(end) >= "0" && text.charAt(end) <= "7") {
    value = value * 8 + Number(text.charAt(end));
    end += 1;
  }
  return { value: byteText(value), end };
}

/** Any number of digits, of which the last two count. */
function readHexadecimal(text: string, start: number): Escape {
  let end = start;
  let value = 0;
  for (;;) {
    const nibble = Number.parseInt(text.charAt(end), 16);
    if (Number.isNaN(nibble)) return { value: byteText(value), end };
    value = (value * 16 + nibble) & 0xff;
    end += 1;
  }
}

function byteText(value: number): string {
  const byte = value & 0xff;
  return String.fromCharCode(byte < 0x80 ? byte : escapedByte + byte);
}
