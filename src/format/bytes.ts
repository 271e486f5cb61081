/** Bytes as text or as a dump: trace() of strings and arrays, tracemem(). Text is Latin-1: a byte a character. */

export function textOfBytes(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return latin1(end < 0 ? bytes : bytes.subarray(0, end));
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

export interface BytesOptions {
  readonly quiet: boolean;
  /** `rawbytes`: always a dump. */
  readonly raw: boolean;
  /** The column of a text: that of trace() where left out. */
  readonly width?: number;
}

const columnWidth = 33;

/**
 * A string of the traced program, of whose bytes only those before the NUL are known: dumped with
 * NULs up to `size` where it does not print as it is.
 */
export function formatString(text: string, size: number, options: BytesOptions): string {
  const isShown = !options.raw && Array.from(text, codeOf).every(isPrintable);
  if (isShown) return options.quiet ? text : `  ${text.padEnd(options.width ?? columnWidth)}`;
  const bytes = new Uint8Array(Math.max(size, text.length));
  bytes.set(Array.from(text, codeOf));
  return hexDump(bytes);
}

const codeOf = (character: string): number => character.charCodeAt(0);

/** A text where it looks like one, else a dump. */
export function formatBytes(
  bytes: Uint8Array,
  { quiet, raw, width = columnWidth }: BytesOptions,
): string {
  if (bytes.length === 0) return "";
  const end = raw ? -1 : endOfText(bytes);
  if (end < 0) return hexDump(bytes);
  const text = latin1(bytes.subarray(0, end));
  // Without a NUL at its end a text has its column even where output is quiet.
  return quiet && end < bytes.length ? text : `  ${text.padEnd(width)}`;
}

/** Where the text ends: printable characters, then at most NULs. -1 for what is no text. */
function endOfText(bytes: Uint8Array): number {
  const end = bytes.findIndex((byte) => !isPrintable(byte));
  if (end < 0) return bytes.length;
  const onlyNuls = bytes.subarray(end).every((byte) => byte === 0);
  return end > 0 && onlyNuls ? end : -1;
}

/** Printing characters, white space, backspace and bell. */
function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x07 && byte <= 0x0d);
}

const margin = "     ";
const rowLength = 16;

/** Begins with a newline: columns of 16 bytes in hexadecimal, then as characters. */
export function hexDump(bytes: Uint8Array): string {
  const columns = [..."0123456789abcdef"].map((digit) => `  ${digit}`).join("");
  let text = `\n${margin}      ${columns}  0123456789abcdef\n`;
  for (let start = 0; start < bytes.length; start += rowLength) {
    const row = bytes.subarray(start, start + rowLength);
    const cells = Array.from(row, (byte) => ` ${byte.toString(16).padStart(2, "0")}`).join("");
    const shown = Array.from(row, (byte) =>
      byte < 0x20 || byte > 0x7e ? "." : String.fromCharCode(byte),
    ).join("");
    text += `${margin}${start.toString(16).padStart(5)}:${cells.padEnd(rowLength * 3)}  ${shown}\n`;
  }
  return text;
}

/** trace() of an integer: columns by size, and signs only for four and eight bytes. */
export function formatTracedInteger(
  value: number | bigint,
  { size, quiet }: { readonly size: 1 | 2 | 4 | 8; readonly quiet: boolean },
): string {
  const text = String(size < 4 ? unsignedOf(value, size) : signedOf(value, size));
  return quiet ? text : ` ${text.padStart(tracedWidths[size])}`;
}

/** Also the widths of integer keys and values of aggregations. */
export const tracedWidths = { 1: 3, 2: 5, 4: 8, 8: 16 } as const;

export function unsignedOf(value: number | bigint, size: number): number | bigint {
  return value < 0 ? BigInt.asUintN(size * 8, BigInt(value)) : value;
}

export function signedOf(value: number | bigint, size: number): number | bigint {
  // A number is exact, so far from the sign bit of 64.
  if (size === 8 && typeof value === "number") return value;
  const isSmall = value >= 0 && value < 2 ** Math.min(31, size * 8 - 1);
  return isSmall ? value : BigInt.asIntN(size * 8, BigInt(value));
}
