/**
 * `%e`, `%f` and `%g`, exact as in C: a floating-point number is a whole number times a power of
 * two, and is rounded half to even at the last digit shown.
 */

export type Float =
  | {
      readonly kind: "finite";
      readonly negative: boolean;
      /** The number is `mantissa` times two to the power of `exponent`. */
      readonly mantissa: bigint;
      readonly exponent: number;
    }
  | { readonly kind: "infinite" | "nan"; readonly negative: boolean };

/** Little-endian float, double or x87 long double (10 bytes used of 16); undefined for other sizes. */
export function readFloat(bytes: Uint8Array): Float | undefined {
  const format = floatFormats.get(bytes.length);
  if (format === undefined) return undefined;
  const { fractionBits, exponentBits, explicitOne } = format;
  const word = bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
  const fraction = BigInt.asUintN(fractionBits, word);
  const biased = Number(BigInt.asUintN(exponentBits, word >> BigInt(fractionBits)));
  const negative = ((word >> BigInt(fractionBits + exponentBits)) & 1n) === 1n;
  const bias = 2 ** (exponentBits - 1) - 1;

  if (biased === 2 ** exponentBits - 1) {
    const rest = explicitOne ? BigInt.asUintN(fractionBits - 1, fraction) : fraction;
    return { kind: rest === 0n ? "infinite" : "nan", negative };
  }
  const point = explicitOne ? fractionBits - 1 : fractionBits;
  const one = biased === 0 || explicitOne ? 0n : 1n << BigInt(fractionBits);
  return {
    kind: "finite",
    negative,
    mantissa: one | fraction,
    exponent: Math.max(biased, 1) - bias - point,
  };
}

interface FloatFormat {
  readonly fractionBits: number;
  readonly exponentBits: number;
  /** The leading one of the mantissa is stored. */
  readonly explicitOne: boolean;
}

const floatFormats = new Map<number, FloatFormat>([
  [4, { fractionBits: 23, exponentBits: 8, explicitOne: false }],
  [8, { fractionBits: 52, exponentBits: 11, explicitOne: false }],
  [16, { fractionBits: 64, exponentBits: 15, explicitOne: true }],
]);

export interface FloatStyle {
  readonly letter: "e" | "f" | "g";
  /** Digits after the point; for `g` significant ones. */
  readonly precision: number;
  /** `#`: keeps the point, and the zeros of `g`. */
  readonly alternate: boolean;
}

/** The digits without sign; `inf` and `nan` in words. */
export function floatDigits(value: Float, style: FloatStyle): string {
  if (value.kind !== "finite") return value.kind === "nan" ? "nan" : "inf";
  const { precision, alternate } = style;
  switch (style.letter) {
    case "f":
      return fixed(value, precision, alternate);
    case "e":
      return exponential(value, precision, alternate);
    case "g":
      return general(value, Math.max(1, precision), alternate);
  }
}

/** As print() shows it: always with a sign, seven digits after the point or 16 of a long double. */
export function formatDouble(bytes: Uint8Array): string {
  const value = readFloat(bytes);
  if (value === undefined) return "<unknown encoding>";
  const precision = bytes.length > 8 ? 16 : 7;
  const digits = floatDigits(value, { letter: "e", precision, alternate: false });
  const sign = value.negative ? "-" : "+";
  return sign + (bytes.length > 8 ? digits.toUpperCase() : digits);
}

type Finite = Extract<Float, { kind: "finite" }>;

function fixed(value: Finite, precision: number, alternate: boolean): string {
  const digits = scaled(value, precision)
    .toString()
    .padStart(precision + 1, "0");
  return withPoint(digits, digits.length - precision, alternate);
}

function exponential(value: Finite, precision: number, alternate: boolean): string {
  const { digits, power } = significant(value, precision + 1);
  const size = String(Math.abs(power)).padStart(2, "0");
  return `${withPoint(digits, 1, alternate)}e${power < 0 ? "-" : "+"}${size}`;
}

function general(value: Finite, precision: number, alternate: boolean): string {
  const { power } = significant(value, precision);
  const isFixed = power >= -4 && power < precision;
  const text = isFixed
    ? fixed(value, precision - 1 - power, alternate)
    : exponential(value, precision - 1, alternate);
  return alternate ? text : text.replace(/\.0+(?=e|$)|(\.[0-9]*?)0+(?=e|$)/, "$1");
}

function withPoint(digits: string, at: number, alternate: boolean): string {
  const point = at < digits.length || alternate ? "." : "";
  return digits.slice(0, at) + point + digits.slice(at);
}

/** As many digits as asked for, and the power of ten of the first. */
function significant(value: Finite, count: number): { digits: string; power: number } {
  if (value.mantissa === 0n) return { digits: "0".repeat(count), power: 0 };
  const bits = value.mantissa.toString(2).length + value.exponent;
  let power = Math.floor((bits - 1) * Math.LOG10E * Math.LN2);
  for (;;) {
    const digits = scaled(value, count - 1 - power).toString();
    if (digits.length === count) return { digits, power };
    power += digits.length - count;
  }
}

/** The number times a power of ten, rounded half to even. */
function scaled({ mantissa, exponent }: Finite, power: number): bigint {
  const numerator =
    mantissa * 10n ** BigInt(Math.max(0, power)) * 2n ** BigInt(Math.max(0, exponent));
  const denominator = 10n ** BigInt(Math.max(0, -power)) * 2n ** BigInt(Math.max(0, -exponent));
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}
