/** Flags, width and precision of a conversion applied to digits and to text, as C does. */

import type { ConversionFlags } from "../printf-plan.ts";

export interface Layout {
  readonly flags: ConversionFlags;
  readonly width: number;
  /** 0 is none, as D has it. */
  readonly precision: number;
}

export interface Digits {
  /** `-`, `+`, a space or nothing, then `0x` where asked for. */
  readonly prefix: string;
  readonly digits: string;
}

/** Zeros of the precision, then the column: zeros only where no precision is given. */
export function padInteger(layout: Layout, { prefix, digits }: Digits): string {
  const { precision } = layout;
  const exact = precision > digits.length ? digits.padStart(precision, "0") : digits;
  return padDigits(layout, { prefix, digits: exact }, precision === 0);
}

/** The column of a number whose precision is in its digits already. */
export function padDigits(
  { flags, width }: Layout,
  { prefix, digits }: Digits,
  zeros: boolean,
): string {
  if (flags.left) return (prefix + digits).padEnd(width);
  if (flags.zero && zeros) return prefix + digits.padStart(width - prefix.length, "0");
  return (prefix + digits).padStart(width);
}

/** A text cut to its precision, in its column. */
export function padText({ flags, width, precision }: Layout, text: string): string {
  const cut = precision > 0 ? text.slice(0, precision) : text;
  return flags.left ? cut.padEnd(width) : cut.padStart(width);
}

export function signOf({ plus, space }: ConversionFlags, negative: boolean): string {
  if (negative) return "-";
  return plus ? "+" : space ? " " : "";
}
