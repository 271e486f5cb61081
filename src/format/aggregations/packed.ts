/** `aggpack`: a quantize() or lquantize() as one line, a character for each bucket. */

import { wideCharacter } from "../printf/wide-text.ts";
import { type DistributionOptions, totalOf } from "./bars.ts";
import { quantizeZeroBucket } from "./buckets.ts";
import { type AggregationFunction, type Bucket, bucketsOf, type Words } from "./functions.ts";

/** The buckets that all lines of one aggregation show. */
export interface PackedRange {
  readonly buckets: readonly Bucket[];
  readonly first: number;
  readonly last: number;
  /** Columns of the lowest and of the highest value. */
  readonly lowWidth: number;
  readonly highWidth: number;
}

export function isPackable({ name }: AggregationFunction): boolean {
  return name === "quantize" || name === "lquantize";
}

export function packedRange(
  aggregating: AggregationFunction,
  values: readonly Words[],
): PackedRange {
  const buckets = bucketsOf(aggregating);
  if (aggregating.name === "lquantize") {
    return { buckets, first: 0, last: buckets.length - 1, lowWidth: 8, highWidth: 8 };
  }
  const used = values.map((words) => usedRange(words.slice(0, buckets.length)));
  const low = Math.min(...used.map(({ first }) => first));
  const high = Math.max(...used.map(({ last }) => last));
  const first = low === 0 || low === quantizeZeroBucket ? low : low - 1;
  const last = Math.min(high + 1, buckets.length - 1);
  const columns = (index: number): number => columnsOf(buckets[index]?.weight ?? 0n);
  return { buckets, first, last, lowWidth: columns(first) + 1, highWidth: columns(last) };
}

function usedRange(counts: Words): { readonly first: number; readonly last: number } {
  const first = counts.findIndex((count) => count !== 0n);
  if (first < 0) return { first: quantizeZeroBucket, last: quantizeZeroBucket };
  return { first, last: counts.findLastIndex((count) => count !== 0n) };
}

/** At least four; ten and its powers count as one digit less. */
function columnsOf(value: bigint): number {
  const size = value < 0n ? -value : value;
  const digits = size === 0n ? 1 : String(size - 1n).length;
  return Math.max(4, digits + (value < 0n ? 1 : 0));
}

/** The title line, `width` columns of keys before it. Begins with a newline. */
export function packedHeader(range: PackedRange, width: number): string {
  const { first, last, lowWidth, highWidth } = range;
  const keys = width > 0 ? "key".padStart(width) : "";
  const dashes = "-".repeat(last - first + 1);
  return `\n${keys}${"min".padStart(lowWidth)} .${dashes}. ${"max".padEnd(highWidth)} | count\n`;
}

export interface PackedOptions extends DistributionOptions {
  /** Whether the terminal can show block characters, where `encoding` does not say. */
  readonly terminalHasBlocks?: boolean;
}

export function drawPacked(
  { buckets, first, last, lowWidth, highWidth }: PackedRange,
  words: Words,
  options: PackedOptions,
): string {
  const counts = Array.from({ length: last - first + 1 }, (_, at) => words[first + at] ?? 0n);
  const total = totalOf(counts, options);
  const { encoding, terminalHasBlocks = false } = options;
  const hasBlocks = encoding === undefined ? terminalHasBlocks : encoding === "utf8";
  const cells = counts.map((count) => cellOf(Number(count), total, hasBlocks)).join("");
  const sum = counts.reduce((all, count) => all + count, 0n);
  const low = (buckets[first]?.label ?? "").padStart(lowWidth);
  const high = (buckets[last]?.label ?? "").padEnd(highWidth);
  return `${low} :${cells}: ${high} | ${sum}\n`;
}

const positiveCells = "__xxxxXX";
const negativeCells = "vvvvVV";
const lowestBlock = 0x2581;
const blockLevels = 8;

function cellOf(count: number, total: number, hasBlocks: boolean): string {
  if (count === 0) return " ";
  const level = (levels: number): number =>
    Math.floor((Math.abs(count) * (levels - 1)) / total + 0.5);
  if (count < 0) return negativeCells.charAt(level(negativeCells.length));
  return hasBlocks
    ? wideCharacter(lowestBlock + level(blockLevels))
    : positiveCells.charAt(level(positiveCells.length));
}
