/** The order of aggregations' values: what entries are sorted by, before their keys decide. */

import { type AggregationFunction, bucketsOf, scalarOf, type Words } from "./functions.ts";

/** Made once for each entry that is sorted: distributions take long to weigh. */
export interface Rank {
  readonly value: bigint;
  /** Of two distributions that weigh the same, the one with less at zero comes first. */
  readonly atZero: bigint;
}

/** A scalar ranks by its number, a distribution by the sum of its buckets' values. */
export function rankOf(aggregating: AggregationFunction): (words: Words) => Rank {
  const buckets = bucketsOf(aggregating);
  if (buckets.length === 0) {
    return (words) => ({ value: scalarOf(aggregating, words, 1n), atZero: 0n });
  }
  // DTrace takes the lowest bucket of an llquantize() for that of zero.
  const zero =
    aggregating.name === "llquantize" ? 0 : buckets.findIndex(({ weight }) => weight === 0n);
  const weights = buckets.map(({ weight }) => weight);
  return (words) => ({ value: weighted(weights, words), atZero: words[zero] ?? 0n });
}

function weighted(weights: readonly bigint[], words: Words): bigint {
  let sum = 0n;
  for (const [bucket, weight] of weights.entries()) {
    const count = words[bucket] ?? 0n;
    if (count !== 0n) sum += weight * count;
  }
  return sum;
}

export function compareRanks(left: Rank, right: Rank): number {
  return compare(left.value, right.value) || compare(left.atZero, right.atZero);
}

const compare = (left: bigint, right: bigint): number => (left < right ? -1 : Number(left > right));
