/** One conversion of one value: which rule its shape and its letter call for. */

import { drawDistribution } from "../aggregations/distribution.ts";
import { isDistribution, scalarOf } from "../aggregations/functions.ts";
import { textOfBytes, unsignedOf } from "../bytes.ts";
import type { FormatOptions } from "../printf.ts";
import { formatStack } from "../stack.ts";
import {
  type AggregationValue,
  formatPlace,
  formatSymbol,
  type StackValue,
  type SymbolForm,
  type SymbolValue,
  type Value,
  type ValueShape,
} from "../value.ts";
import { formatDate, formatMailDate } from "./dates.ts";
import { escapeText } from "./escape.ts";
import { floatDigits, readFloat } from "./floats.ts";
import { formatInteger, type Integer } from "./integers.ts";
import { type Layout, padDigits, padText, signOf } from "./padding.ts";
import { wideCharacter, wideText } from "./wide-text.ts";

export interface ConversionLayout extends Layout {
  /** With its size letters: `lld`. */
  readonly name: string;
  /** The value is an aggregation's key, in which an address stands for all of its symbol. */
  readonly isKey: boolean;
}

interface Shaped {
  readonly value: Value;
  readonly shape: ValueShape;
}

export function formatConversion(
  layout: ConversionLayout,
  { value, shape }: Shaped,
  options: FormatOptions,
): string {
  switch (shape.kind) {
    case "aggregation":
      return formatAggregation(layout, { value, shape }, options);
    case "stack":
      // Made from a field of this shape.
      return formatStackColumn(layout, value as StackValue, options);
    case "symbol":
      // Made from a field of this shape.
      return padText(layout, symbolText(layout, shape.form, value as SymbolValue, options));
    case "bytes":
      return value instanceof Uint8Array ? formatBytesAs(layout, value, options) : "";
    case "string":
      return formatText(layout, String(value), options);
    case "integer":
      return formatNumber(layout, { value: toInteger(value), ...shape }, options);
  }
}

const toInteger = (value: Value): number | bigint =>
  typeof value === "number" || typeof value === "bigint" ? value : 0;

/** The whole drawing for a distribution, whatever width is asked for. */
function formatAggregation(
  layout: ConversionLayout,
  { value, shape }: { value: Value; shape: Extract<ValueShape, { kind: "aggregation" }> },
  options: FormatOptions,
): string {
  // Made from an entry of this aggregation.
  const aggregated = value as AggregationValue;
  if (isDistribution(shape.function)) {
    return drawDistribution(shape.function, aggregated, options);
  }
  const number = scalarOf(shape.function, aggregated.words, aggregated.normal);
  const signed = shape.function.name !== "count";
  return formatNumber(layout, { value: number, size: 8, signed }, options);
}

/** A width to the left is the indentation of the frames; to the right it is their column. */
function formatStackColumn(
  layout: ConversionLayout,
  stack: StackValue,
  { names }: FormatOptions,
): string {
  const { left } = layout.flags;
  const column = left ? { ...layout, width: 0 } : layout;
  return formatStack(stack, {
    names,
    indent: left ? layout.width : 0,
    pad: (text) => padText(column, text),
  });
}

function symbolText(
  { isKey }: ConversionLayout,
  form: SymbolForm,
  value: SymbolValue,
  { names }: FormatOptions,
): string {
  if (isKey || form === "mod" || form === "umod") return formatSymbol(form, value, names);
  const place = form.startsWith("u")
    ? names.userPlace(value.process, value.address)
    : names.kernelPlace(value.address);
  return formatPlace(place, value.address);
}

/** Arrays of characters, of wide characters, and floating-point numbers. */
function formatBytesAs(
  layout: ConversionLayout,
  bytes: Uint8Array,
  options: FormatOptions,
): string {
  const { name, precision } = layout;
  if (name === "ws" || name === "ls") {
    return padText({ ...layout, precision: 0 }, wideText(bytes, precision));
  }
  return /[efg]$/i.test(name)
    ? formatFloat(layout, bytes)
    : formatText(layout, textOfBytes(bytes), options);
}

const defaultPrecision = 6;

function formatFloat(layout: ConversionLayout, bytes: Uint8Array): string {
  const value = readFloat(bytes);
  if (value === undefined) return "";
  const { flags, name } = layout;
  const letter = name.at(-1) ?? "f";
  const style = letter.toLowerCase();
  const digits = floatDigits(value, {
    letter: style === "e" || style === "g" ? style : "f",
    precision: layout.precision > 0 ? layout.precision : defaultPrecision,
    alternate: flags.alternate,
  });
  return padDigits(
    layout,
    {
      prefix: signOf(flags, value.negative),
      digits: letter === style ? digits : digits.toUpperCase(),
    },
    value.kind === "finite",
  );
}

function formatText(layout: ConversionLayout, text: string, { names }: FormatOptions): string {
  switch (layout.name) {
    case "S":
      return padText(layout, escapeText(text));
    case "I":
      return padText(layout, names.hostName(text));
    default:
      return padText(layout, text);
  }
}

function formatNumber(layout: ConversionLayout, integer: Integer, options: FormatOptions): string {
  const { value, size } = integer;
  const { names } = options;
  switch (layout.name) {
    case "c":
      return padText(layout, lowCharacter(value));
    case "C":
      return padText(layout, escapeText(lowCharacter(value)));
    case "lc":
    case "wc":
      return padText({ ...layout, precision: 0 }, wideCharacter(Number(unsignedOf(value, size))));
    case "a":
      return padText(layout, formatPlace(names.kernelPlace(wide(value)), wide(value)));
    case "A":
      return padText(layout, formatPlace(names.userPlace(0, wide(value)), wide(value)));
    case "P":
      return padText(layout, names.portName(Number(unsignedOf(value, 2))));
    case "Y":
      return padText(layout, formatDate(BigInt(value)));
    case "T":
      return padText(layout, formatMailDate(BigInt(value)));
    default:
      return formatInteger(layout.name.at(-1) ?? "d", layout, integer);
  }
}

const wide = (value: number | bigint): bigint => BigInt.asUintN(64, BigInt(value));

const lowCharacter = (value: number | bigint): string =>
  String.fromCharCode(Number(BigInt.asUintN(8, BigInt(value))));
