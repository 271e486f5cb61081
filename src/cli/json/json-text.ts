/** Pieces of JSON text in ASCII. Integers are numbers where every reader has them exact. */

/** A number up to 2^53 - 1 in size; beyond that the decimal digits in a string. */
export function integerJson(value: number | bigint): string {
  const isSafe = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return isSafe ? String(value) : `"${value}"`;
}

/** Text with all its characters: what is not ASCII is escaped, so that bytes are characters. */
export function textJson(text: string): string {
  const quoted = JSON.stringify(text);
  return isAscii(quoted) ? quoted : quoted.replaceAll(/[\u007f-\uffff]/g, escaped);
}

export function addressJson(address: bigint): string {
  return `"0x${BigInt.asUintN(64, address).toString(16)}"`;
}

/** `{"name":value,…}`; a member without a value is left out. */
export function objectJson(members: Readonly<Record<string, string | undefined>>): string {
  const texts = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [`${textJson(name)}:${value}`],
  );
  return `{${texts.join(",")}}`;
}

export const arrayJson = (values: readonly string[]): string => `[${values.join(",")}]`;

/**
 * Recorded text, a character a byte: read as UTF-8. Where it is none, the value has U+FFFD and the
 * bytes follow.
 */
export function byteTextJson(bytes: string): { readonly value: string; readonly bytes?: string } {
  if (isAscii(bytes)) return { value: JSON.stringify(bytes) };
  const buffer = Buffer.from(bytes, "latin1");
  const text = buffer.toString("utf8");
  const value = textJson(text);
  const isWhole = Buffer.from(text, "utf8").equals(buffer);
  return isWhole ? { value } : { value, bytes: `"${buffer.toString("hex")}"` };
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7e) return false;
  return true;
}

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
