/** Draws the distributions of quantize(), lquantize() and llquantize(), as DTrace lays them out. */

import { barOf, type DistributionOptions, totalOf } from "./bars.ts";
import { type AggregationFunction, bucketsOf, normalized, type Words } from "./functions.ts";

/** Begins with a newline; each row ends with one. */
export function drawDistribution(
  aggregating: AggregationFunction,
  { words, normal }: { readonly words: Words; readonly normal: bigint },
  options: DistributionOptions = { zoom: false },
): string {
  const buckets = bucketsOf(aggregating);
  const counts = buckets.map((_, index) => words[index] ?? 0n);
  const { first, last } = shownRange(aggregating, counts);
  const shown = counts.slice(first, last + 1);
  const bar = barOf(shown, options, totalOf(shown, options));

  let text = distributionHeader(16, "value");
  for (let index = first; index <= last; index += 1) {
    const count = counts[index] ?? 0n;
    const label = buckets[index]?.label ?? "";
    text += `${label.padStart(16)} ${bar(count)} ${String(normalized(count, normal)).padEnd(9)}\n`;
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
