/**
 * Which bucket a value falls into: the layout of distributions in memory. Programs in the kernel
 * number buckets by the same rules (`compiler/codegen/aggregations/buckets.ts`).
 */

import type { AggregationFunction } from "./functions.ts";

export type LinearFunction = Extract<AggregationFunction, { name: "lquantize" }>;
export type LogLinearFunction = Extract<AggregationFunction, { name: "llquantize" }>;

/** The bucket of zero among the 127 of quantize(). */
export const quantizeZeroBucket = 63;

/**
 * Bucket 64 + n holds 2^n up to 2^(n+1) - 1, bucket 62 - n their negatives; 126 and 0 hold all that
 * is beyond 2^62.
 */
export function quantizeBucket(value: bigint): number {
  if (value === 0n) return quantizeZeroBucket;
  const size = value < 0n ? -value : value;
  const power = Math.min(size.toString(2).length - 1, quantizeZeroBucket - 1);
  return value < 0n ? quantizeZeroBucket - 1 - power : quantizeZeroBucket + 1 + power;
}

/** Steps of an lquantize(); what does not make a whole step above the last one is beyond it. */
export function linearLevels({ base, limit, step }: LinearFunction): number {
  return Math.floor((limit - base) / step);
}

/** Bucket 0 is below the base, 1 + n the n-th step, levels + 1 from the limit on. */
export function lquantizeBucket(aggregating: LinearFunction, value: bigint): number {
  const { base, step } = aggregating;
  const levels = linearLevels(aggregating);
  if (value < BigInt(base)) return 0;
  const level = (value - BigInt(base)) / BigInt(step);
  return level < BigInt(levels) ? Number(level) + 1 : levels + 1;
}

/**
 * Bucket 0 is below factor^low. Each order of magnitude from factor^order to factor^(order + 1) has
 * its upper end divided into `steps` equal parts (fewer where it has not as many whole numbers), of
 * which those above its lower end are buckets. The last bucket is from factor^(high + 1) on.
 */
export function llquantizeBucket(
  { factor, low, high, steps }: LogLinearFunction,
  value: bigint,
): number {
  let from = BigInt(factor) ** BigInt(low);
  if (value < from) return 0;
  let first = 1;
  for (let order = low; order <= high; order += 1) {
    const to = from * BigInt(factor);
    const parts = to > BigInt(steps) ? BigInt(steps) : to;
    if (value < to) return first + Number((value - from) / (to / parts));
    first += Number(parts - parts / BigInt(factor));
    from = to;
  }
  return first;
}
