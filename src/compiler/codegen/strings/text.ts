/** Literal text as the bytes a program holds. */

import { stringBytes } from "../../syntax/lexer/string-escapes.ts";

/** UTF-8 and the bytes of escapes, up to the first NUL. */
export function encodeText(text: string): Uint8Array {
  const end = text.indexOf("\0");
  return stringBytes(end < 0 ? text : text.slice(0, end));
}

/** `size` bytes from `offset` as a little-endian number; zeros past the end. */
export function wordAt(bytes: Uint8Array, offset: number, size: number): bigint {
  let word = 0n;
  for (let index = size - 1; index >= 0; index -= 1) {
    word = (word << 8n) | BigInt(bytes[offset + index] ?? 0);
  }
  return word;
}

/** Negative, 0 or positive, as strcmp() has it. */
export function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
