/** Aggregations as text: the default lines, and printa() with a format. */

import { barOf, totalOf } from "./aggregations/bars.ts";
import { distributionHeader, drawDistribution } from "./aggregations/distribution.ts";
import {
  type AggregationFunction,
  isDistribution,
  normalized,
  scalarOf,
} from "./aggregations/functions.ts";
import {
  drawPacked,
  type PackedOptions,
  packedHeader,
  packedRange,
} from "./aggregations/packed.ts";
import { formatBytes, formatString, signedOf, tracedWidths, unsignedOf } from "./bytes.ts";
import { compileRecordFormat, type FormatOptions, type Source } from "./printf.ts";
import type { FormatPlan } from "./printf-plan.ts";
import { formatStack } from "./stack.ts";
import {
  type AggregationValue,
  formatSymbol,
  type StackValue,
  type SymbolValue,
  type Value,
  type ValueShape,
} from "./value.ts";

/** One line: a key, and for each aggregation shown side by side its value. */
export interface PrintedEntry {
  readonly key: readonly Value[];
  /** Where the key's integers have other sizes than the others'. */
  readonly keyShapes?: readonly ValueShape[] | undefined;
  readonly values: readonly AggregationValue[];
}

export interface PrintedAggregations {
  readonly keyShapes: readonly ValueShape[];
  readonly functions: readonly AggregationFunction[];
}

/** The text of entries without a format: keys and values in columns, a line each. */
export function formatEntries(
  { keyShapes, functions }: PrintedAggregations,
  entries: readonly PrintedEntry[],
  options: FormatOptions,
): string {
  let text = "";
  for (const { key, keyShapes: own = keyShapes, values } of entries) {
    for (const [index, shape] of own.entries()) text += formatKey(shape, key[index] ?? 0, options);
    for (const [index, aggregating] of functions.entries()) {
      const value = values[index];
      if (value) text += formatAggregated(aggregating, value, options);
    }
    text += "\n";
  }
  return text;
}

/** printa() with a format: the format once for each entry. */
export function compilePrinta(
  plan: FormatPlan,
  { keyShapes, functions }: PrintedAggregations,
  options: FormatOptions,
): (entries: readonly PrintedEntry[]) => string {
  const aggregations = functions.map(
    (aggregating, index): Source<PrintedEntry> => ({
      shape: { kind: "aggregation", function: aggregating },
      read: (entry) => entry.values[index] ?? nothing,
    }),
  );
  const compile = (shapes: readonly ValueShape[]): ((entry: PrintedEntry) => string) => {
    const values = shapes.map(
      (shape, index): Source<PrintedEntry> => ({ shape, read: ({ key }) => key[index] ?? 0 }),
    );
    return compileRecordFormat(plan, { values, aggregations }, options);
  };
  const formats = new Map([[keyShapes, compile(keyShapes)]]);
  const formatOf = (shapes: readonly ValueShape[]): ((entry: PrintedEntry) => string) => {
    const format = formats.get(shapes) ?? compile(shapes);
    formats.set(shapes, format);
    return format;
  };
  return (entries) =>
    entries.map((entry) => formatOf(entry.keyShapes ?? keyShapes)(entry)).join("");
}

const nothing: AggregationValue = { words: [], normal: 1n };

/** `agghist`: a bar for each value of one scalar aggregation, under one header. */
export function formatHistogram(
  { keyShapes, functions }: PrintedAggregations,
  entries: readonly PrintedEntry[],
  options: FormatOptions,
): string {
  const [aggregating] = functions;
  if (aggregating === undefined || entries.length === 0) return "";
  const numbers = entries.map(({ values: [value] }) => value?.words[0] ?? 0n);
  // Totals are whole numbers here, unlike those of a distribution.
  const bar = barOf(numbers, options, Math.floor(totalOf(numbers, options)));
  const width = packedKeysWidth(keyShapes);
  let text = distributionHeader(width || 16, width > 0 ? "key" : "value");
  for (const [index, { key, values }] of entries.entries()) {
    for (const [position, shape] of keyShapes.entries()) {
      text += formatPackedKey(shape, key[position] ?? 0, options);
    }
    const [value] = values;
    const shown = normalized(numbers[index] ?? 0n, value?.normal ?? 1n);
    text += ` ${bar(numbers[index] ?? 0n)} ${String(shown).padEnd(9)}\n`;
  }
  return text;
}

/** `aggpack`: a line for each quantize() or lquantize() (`isPackable`), under one header. */
export function formatPacked(
  { keyShapes, functions: [aggregating] }: PrintedAggregations,
  entries: readonly PrintedEntry[],
  options: FormatOptions & PackedOptions,
): string {
  if (aggregating === undefined || entries.length === 0) return "";
  const values = entries.map(({ values: [value] }) => value?.words ?? []);
  const range = packedRange(aggregating, values);
  let text = packedHeader(range, packedKeysWidth(keyShapes));
  for (const [index, { key }] of entries.entries()) {
    for (const [position, shape] of keyShapes.entries()) {
      text += formatPackedKey(shape, key[position] ?? 0, options);
    }
    text += drawPacked(range, values[index] ?? [], options);
  }
  return text;
}

const defaultStringSize = 256;
const textWidth = 50;
const packedTextWidth = 16;

const packedKeysWidth = (shapes: readonly ValueShape[]): number =>
  shapes.reduce((sum, shape) => sum + packedWidth(shape) + 1, 0);

const packedWidth = (shape: ValueShape): number =>
  shape.kind === "integer" ? tracedWidths[shape.size] : packedTextWidth;

function formatPackedKey(shape: ValueShape, value: Value, options: FormatOptions): string {
  if (shape.kind === "string") return ` ${String(value).padStart(packedTextWidth)}`;
  return formatKey(shape, value, options);
}

function formatKey(shape: ValueShape, value: Value, options: FormatOptions): string {
  const wide = { quiet: false, raw: options.rawBytes === true, width: textWidth };
  switch (shape.kind) {
    case "integer":
      return ` ${String(keyNumber(shape, value)).padStart(tracedWidths[shape.size])}`;
    case "stack":
      // Made from a key of this shape.
      return formatStack(value as StackValue, {
        names: options.names,
        indent: options.stackIndent,
      });
    case "symbol":
      return `  ${formatSymbol(shape.form, value as SymbolValue, options.names).padEnd(textWidth)}`;
    default:
      return value instanceof Uint8Array
        ? formatBytes(value, wide)
        : formatString(String(value), options.stringSize ?? defaultStringSize, wide);
  }
}

/** One and two bytes show unsigned, four and eight signed. */
function keyNumber(
  { size }: Extract<ValueShape, { kind: "integer" }>,
  value: Value,
): number | bigint {
  const integer = typeof value === "bigint" || typeof value === "number" ? value : 0;
  return size < 4 ? unsignedOf(integer, size) : signedOf(integer, size);
}

function formatAggregated(
  aggregating: AggregationFunction,
  value: AggregationValue,
  options: FormatOptions,
): string {
  if (isDistribution(aggregating)) return drawDistribution(aggregating, value, options);
  const number = scalarOf(aggregating, value.words, value.normal);
  return ` ${String(number).padStart(tracedWidths[8])}`;
}
