/** Draws the distributions of quantize(), lquantize() and llquantize(), as DTrace lays them out. */

import { type AggregationFunction, bucketsOf, type Words } from "./functions.ts";

export interface DrawingOptions {
  /** `aggzoom`: the longest bar fills nearly the whole width. */
  readonly zoom: boolean;
}

const barWidth = 40;
/** With zoom, the highest bucket's share of the width. */
const zoomedShare = 0.95;

/** Begins with a newline; each row ends with one. */
export function drawDistribution(
  aggregating: AggregationFunction,
  { words, normal }: { readonly words: Words; readonly normal: bigint },
  options: DrawingOptions = { zoom: false },
): string {
  const buckets = bucketsOf(aggregating);
  const counts = buckets.map((_, index) => words[index] ?? 0n);
  const { first, last } = shownRange(aggregating, counts);
  const bar = barOf(counts.slice(first, last + 1), options);

  let text = distributionHeader(16, "value");
  for (let index = first; index <= last; index += 1) {
    const count = counts[index] ?? 0n;
    const label = buckets[index]?.label ?? "";
    text += `${label.padStart(16)} ${bar(count)} ${String(count / normal).padEnd(9)}\n`;
  }
  return text;
}

/** The title line, with a column for what is to the left of the bars. */
export function distributionHeader(width: number, title: string): string {
  const bars = "------------- Distribution -------------".padStart(41);
  return `\n${title.padStart(width)} ${bars} ${"count".padEnd(9)}\n`;
}

/** One empty row to each side of what has counts; a few rows where nothing has. */
function shownRange(
  { name }: AggregationFunction,
  counts: readonly bigint[],
): { readonly first: number; readonly last: number } {
  const first = counts.findIndex((count) => count !== 0n);
  if (first < 0) return emptyRanges[name] ?? { first: 0, last: 1 };
  const last = counts.findLastIndex((count) => count !== 0n);
  return { first: Math.max(0, first - 1), last: Math.min(counts.length - 1, last + 1) };
}

const emptyRanges: Partial<Record<AggregationFunction["name"], { first: number; last: number }>> = {
  quantize: { first: 62, last: 64 },
  lquantize: { first: 0, last: 2 },
};

type Bar = (count: bigint) => string;

/**
 * How a count is drawn among the others: to the right of the line, to its left where all are
 * negative, and around a line in the middle where there are both.
 */
export function barOf(counts: readonly bigint[], { zoom }: DrawingOptions): Bar {
  const positives = counts.some((count) => count > 0n);
  const negatives = counts.some((count) => count < 0n);
  const total = zoom ? highestOf(counts) / zoomedShare : sumOf(counts);

  const length = (count: bigint, width: number): number =>
    total === 0 ? 0 : Math.min(width, Math.floor((Math.abs(Number(count)) * width) / total + 0.5));

  if (!negatives) return (count) => `|${"@".repeat(length(count, barWidth)).padEnd(barWidth)}`;
  if (!positives) return (count) => `${"@".repeat(length(count, barWidth)).padStart(barWidth)}|`;

  const half = barWidth / 2;
  return (count) => {
    const drawn = "@".repeat(length(count, half));
    return count <= 0n
      ? `${drawn.padStart(half)}|${" ".repeat(half)}`
      : `${" ".repeat(half)}|${drawn.padEnd(half)}`;
  };
}

const sumOf = (counts: readonly bigint[]): number =>
  counts.reduce((sum, count) => sum + Math.abs(Number(count)), 0);

const highestOf = (counts: readonly bigint[]): number =>
  counts.reduce((highest, count) => Math.max(highest, Math.abs(Number(count))), 0);
