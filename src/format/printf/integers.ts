/** Integers under the conversions that make digits of them. */

import { signedOf, unsignedOf } from "../bytes.ts";
import type { ConversionFlags } from "../printf-plan.ts";
import { type Digits, type Layout, padInteger, signOf } from "./padding.ts";

export interface Integer {
  readonly value: number | bigint;
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
}

/** `letter` is the conversion's, without size letters: those only concern the checker. */
export function formatInteger(letter: string, layout: Layout, integer: Integer): string {
  return padInteger(layout, digitsOf(letter, layout.flags, integer));
}

function digitsOf(
  letter: string,
  flags: ConversionFlags,
  { value, size, signed }: Integer,
): Digits {
  switch (letter) {
    case "o":
      return octal(flags, unsignedOf(value, size).toString(8));
    case "x":
    case "p":
      return hexadecimal(flags, unsignedOf(value, size).toString(16), "0x");
    case "X":
      return hexadecimal(flags, unsignedOf(value, size).toString(16).toUpperCase(), "0X");
    case "u":
      return { prefix: "", digits: String(unsignedOf(value, size)) };
    case "d":
      if (signed) return signedDigits(flags, value);
      return { prefix: "", digits: String(unsignedOf(value, size)) };
    default:
      return signedDigits(flags, signedOf(value, size));
  }
}

const octal = ({ alternate }: ConversionFlags, digits: string): Digits => ({
  prefix: "",
  digits: alternate && digits !== "0" ? `0${digits}` : digits,
});

const hexadecimal = ({ alternate }: ConversionFlags, digits: string, prefix: string): Digits => ({
  prefix: alternate && digits !== "0" ? prefix : "",
  digits,
});

function signedDigits(flags: ConversionFlags, value: number | bigint): Digits {
  const text = String(value);
  const negative = text.startsWith("-");
  return { prefix: signOf(flags, negative), digits: negative ? text.slice(1) : text };
}
