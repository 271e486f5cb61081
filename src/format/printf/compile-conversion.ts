/** A conversion with its source as a function: what can be decided once is decided here. */

import { unsignedOf } from "../bytes.ts";
import type { FormatOptions, Source } from "../printf.ts";
import type { Conversion, ConversionFlags } from "../printf-plan.ts";
import type { Value } from "../value.ts";
import { padText } from "./padding.ts";
import { type ConversionLayout, formatConversion } from "./printf-conversions.ts";

export type Convert<R> = (record: R) => string;

/** A width or precision, fixed or from an argument. */
export type NumberSource<R> = number | ((record: R) => number);

interface Target<R> {
  readonly source: Source<R>;
  readonly width: NumberSource<R>;
  readonly precision: NumberSource<R>;
  /** The value is an aggregation's key. */
  readonly isKey: boolean;
}

export function compileConversion<R>(
  conversion: Conversion,
  target: Target<R>,
  options: FormatOptions,
): Convert<R> {
  const { source, width, precision, isKey } = target;
  if (typeof width !== "number" || typeof precision !== "number") {
    return compileDynamic(conversion, target, options);
  }
  const { name, flags } = conversion;
  const layout = { name, flags, width: bounded(width), precision: bounded(precision), isKey };
  return (
    compileCommon(layout, source) ??
    ((record) =>
      formatConversion(layout, { value: source.read(record), shape: source.shape }, options))
  );
}

function compileDynamic<R>(
  { name, flags }: Conversion,
  { source, width, precision, isKey }: Target<R>,
  options: FormatOptions,
): Convert<R> {
  return (record) => {
    const widthNow = typeof width === "number" ? width : width(record);
    const precisionNow = typeof precision === "number" ? precision : precision(record);
    const layout = {
      name,
      flags: flagsFor(flags, widthNow),
      width: bounded(Math.abs(widthNow)),
      precision: bounded(Math.max(0, precisionNow)),
      isKey,
    };
    return formatConversion(layout, { value: source.read(record), shape: source.shape }, options);
  };
}

/** A traced value may be a width: it must not use up the memory of dtrace. */
const bounded = (columns: number): number => Math.min(columns, 1 << 20);

/** A negative width from an argument means the left side, as in C. */
const flagsFor = (flags: ConversionFlags, width: number): ConversionFlags =>
  width < 0 ? { ...flags, left: true, zero: false } : flags;

/** The conversions most programs use, without the general rules of the others. */
function compileCommon<R>(layout: ConversionLayout, source: Source<R>): Convert<R> | undefined {
  const { shape, read } = source;
  const { width, precision, flags, name } = layout;
  if (shape.kind === "string" && name === "s") {
    if (width === 0 && precision === 0) return (record) => String(read(record));
    return (record) => padText(layout, String(read(record)));
  }
  const isOrdinary = precision === 0 && !flags.plus && !flags.space && !flags.alternate;
  if (shape.kind !== "integer" || !isOrdinary) return undefined;
  const digits = digitsFor(name, shape);
  if (digits === undefined) return undefined;
  if (width === 0) return (record) => digits(read(record));
  if (flags.left) return (record) => digits(read(record)).padEnd(width);
  // Zeros go between the sign and the digits, which only the general rules know.
  return flags.zero ? undefined : (record) => digits(read(record)).padStart(width);
}

interface IntegerShape {
  readonly size: number;
  readonly signed: boolean;
}

function digitsFor(
  name: string,
  { size, signed }: IntegerShape,
): ((value: Value) => string) | undefined {
  switch (name) {
    case "d":
      return String;
    case "i":
      return signed ? String : undefined;
    case "u":
      return signed ? undefined : String;
    case "x":
    case "p":
      return (value) => unsignedOf(integerOf(value), size).toString(16);
    default:
      return undefined;
  }
}

const integerOf = (value: Value): number | bigint =>
  typeof value === "number" || typeof value === "bigint" ? value : 0;
