/**
 * The order of aggregation entries (aggregation options of dtrace(1)): by value, then by key;
 * `aggsortkey` turns that round, `aggsortkeypos` says which key counts first, `aggsortrev` reverses
 * everything, ties included.
 */

import { type AggregationFunction, bucketsOf, scalarOf, type Words } from "./functions.ts";

/** A key component: integers as unsigned 64-bit numbers of their size, texts by their bytes. */
export type KeyPart = bigint | string;

export interface Entry {
  readonly key: readonly KeyPart[];
  readonly words: Words;
}

export interface SortOptions {
  readonly byKey: boolean;
  readonly keyPosition: number;
  readonly reverse: boolean;
}

export type Comparison = (left: Entry, right: Entry) => number;

export function entryOrder(aggregating: AggregationFunction, options: SortOptions): Comparison {
  const byValue: Comparison = (left, right) => compareWords(aggregating, left.words, right.words);
  const byKey = keyOrder(options.keyPosition);
  const [first, second] = options.byKey ? [byKey, byValue] : [byValue, byKey];
  const forward: Comparison = (left, right) => first(left, right) || second(left, right);
  return options.reverse ? (left, right) => forward(right, left) : forward;
}

/** The key at `position` first, then those after it, then those before. */
function keyOrder(position: number): Comparison {
  return (left, right) => {
    const count = Math.min(left.key.length, right.key.length);
    if (left.key.length !== right.key.length) return left.key.length - right.key.length;
    const start = position < count ? position : 0;
    for (let step = 0; step < count; step += 1) {
      const index = (start + step) % count;
      const difference = compareParts(left.key[index] ?? 0n, right.key[index] ?? 0n);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

function compareParts(left: KeyPart, right: KeyPart): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Scalars by their number, distributions by their weighted sum, then by the count at zero. */
export function compareWords(aggregating: AggregationFunction, left: Words, right: Words): number {
  const buckets = bucketsOf(aggregating);
  if (buckets.length === 0) {
    return compareParts(scalarOf(aggregating, left, 1n), scalarOf(aggregating, right, 1n));
  }
  const weighed = (words: Words): bigint =>
    buckets.reduce((sum, { weight }, index) => sum + weight * (words[index] ?? 0n), 0n);
  const zero = buckets.findIndex(({ weight }) => weight === 0n);
  return (
    compareParts(weighed(left), weighed(right)) || compareParts(left[zero] ?? 0n, right[zero] ?? 0n)
  );
}

/** trunc(): the `count` entries with the largest values stay, or the smallest where it is negative. */
export function keptByTrunc<E extends Entry>(
  aggregating: AggregationFunction,
  entries: readonly E[],
  count: number,
): readonly E[] {
  if (count === 0) return [];
  const ascending = [...entries].sort(
    entryOrder(aggregating, { byKey: false, keyPosition: 0, reverse: false }),
  );
  return count > 0 ? ascending.slice(-count) : ascending.slice(0, -count);
}
