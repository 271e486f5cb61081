/** Integer and character constants: where one ends in the text, and what it is worth. */

import { isDigit, isHexadecimal, skipWhile } from "./characters.ts";
import { unescapeCharacters } from "./string-escapes.ts";
import type { IntegerConstant } from "./token.ts";

const maximum = 2n ** 64n - 1n;
const signedMaximum = 2n ** 63n - 1n;

/** Where the constant that begins at `start` ends, and whether it is floating-point. */
export interface NumberExtent {
  readonly end: number;
  readonly kind: "integer" | "floating-point";
}

/** The longer reading wins, as in lex: `10f` and `1.` are floating-point, `0x1e5` is not. */
export function findNumber(text: string, start: number): NumberExtent {
  const integerEnd = findInteger(text, start);
  const floatEnd = findFloat(text, start);
  return floatEnd > integerEnd
    ? { end: floatEnd, kind: "floating-point" }
    : { end: integerEnd, kind: "integer" };
}

function findInteger(text: string, start: number): number {
  let end = skipWhile(text, start, isDigit);
  if (isHexadecimalPrefix(text, start)) end = skipWhile(text, start + 2, isHexadecimal);
  if (isOneOf(text, end, "uU")) end += 1;
  if (isOneOf(text, end, "lL")) end += 1;
  if (isOneOf(text, end, "lL")) end += 1;
  return end;
}

function findFloat(text: string, start: number): number {
  let end = skipWhile(text, start, isDigit);
  if (text.charAt(end) === ".") end = skipWhile(text, end + 1, isDigit);
  if (isOneOf(text, end, "eE")) {
    const exponent = isOneOf(text, end + 1, "+-") ? end + 2 : end + 1;
    if (isDigit(text.charCodeAt(exponent))) end = skipWhile(text, exponent, isDigit);
  }
  if (isOneOf(text, end, "fFlL")) end += 1;
  return end;
}

export type IntegerProblem =
  | { readonly kind: "overflow" }
  /** Decimal without `u`, and too large for a signed type. */
  | { readonly kind: "no type"; readonly value: bigint }
  | { readonly kind: "digit"; readonly digit: string };

/**
 * Reads as strtoull with base 0 does: hexadecimal, octal or decimal by prefix, up to the first
 * character that is no digit. The rest should be a suffix.
 */
export function readInteger(text: string): {
  readonly constant: IntegerConstant;
  readonly problem: IntegerProblem | undefined;
} {
  const { digits, rest, base } = splitInteger(text);
  const value = toValue(digits.replace(/^0+(?=.)/, ""), base);
  const constant: IntegerConstant = {
    value: value > maximum ? maximum : value,
    decimal: !text.startsWith("0"),
    unsignedSuffix: /[uU]/.test(rest),
    longSuffix: longCount(rest),
    sign: undefined,
  };
  return { constant, problem: problemOf(constant, value, rest) };
}

/** One more than the maximum stands for every larger value. */
function toValue(digits: string, base: 8 | 10 | 16): bigint {
  if (digits.length > 22) return maximum + 1n;
  return BigInt(base === 8 ? `0o${digits}` : base === 16 ? `0x${digits}` : digits);
}

function problemOf(
  { decimal, unsignedSuffix }: IntegerConstant,
  value: bigint,
  rest: string,
): IntegerProblem | undefined {
  if (value > maximum) return { kind: "overflow" };
  const first = rest.charAt(0);
  if (first !== "" && !"uUlL".includes(first)) return { kind: "digit", digit: first };
  const isSigned = decimal && !unsignedSuffix;
  return isSigned && value > signedMaximum ? { kind: "no type", value } : undefined;
}

function splitInteger(text: string): { digits: string; rest: string; base: 8 | 10 | 16 } {
  if (isHexadecimalPrefix(text, 0)) {
    const end = skipWhile(text, 2, isHexadecimal);
    return { digits: text.slice(2, end), rest: text.slice(end), base: 16 };
  }
  if (text.startsWith("0")) {
    const end = skipWhile(text, 0, (code) => code >= 0x30 && code <= 0x37);
    return { digits: text.slice(0, end), rest: text.slice(end), base: 8 };
  }
  const end = skipWhile(text, 0, isDigit);
  return { digits: text.slice(0, end), rest: text.slice(end), base: 10 };
}

function longCount(suffix: string): 0 | 1 | 2 {
  const count = suffix.replace(/[^lL]/g, "").length;
  return count === 0 ? 0 : count === 1 ? 1 : 2;
}

/** Up to eight bytes, the last one lowest; undefined for more. */
export function readCharacters(text: string): IntegerConstant | undefined {
  const bytes = unescapeCharacters(text);
  if (bytes.length > 8) return undefined;
  const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { value, decimal: true, unsignedSuffix: false, longSuffix: 0, sign: undefined };
}

function isHexadecimalPrefix(text: string, start: number): boolean {
  return (
    text.charAt(start) === "0" &&
    isOneOf(text, start + 1, "xX") &&
    isHexadecimal(text.charCodeAt(start + 2))
  );
}

function isOneOf(text: string, index: number, characters: string): boolean {
  return index < text.length && characters.includes(text.charAt(index));
}
