/**
 * What the values of aggregating functions mean. A value is words, signed 64-bit: count, sum, min
 * and max have one; avg has count and sum; stddev count, sum and the 128-bit sum of squares, low
 * half first; quantize and its kin have their buckets.
 */

import {
  type LinearFunction,
  type LogLinearFunction,
  linearLevels,
  quantizeZeroBucket,
} from "./buckets.ts";

export type AggregationFunction =
  | { readonly name: "count" | "sum" | "avg" | "min" | "max" | "stddev" | "quantize" }
  | {
      readonly name: "lquantize";
      readonly base: number;
      readonly limit: number;
      readonly step: number;
    }
  | {
      readonly name: "llquantize";
      readonly factor: number;
      readonly low: number;
      readonly high: number;
      readonly steps: number;
    };

export type Words = readonly bigint[];

export function isDistribution({ name }: AggregationFunction): boolean {
  return name === "quantize" || name === "lquantize" || name === "llquantize";
}

/** What normalize() makes of a number. By zero it changes nothing, where DTrace would die of it. */
export function normalized(value: bigint, normal: bigint): bigint {
  return normal === 0n ? value : value / normal;
}

/** The number a scalar aggregation shows; for a distribution its buckets' sum. */
export function scalarOf({ name }: AggregationFunction, words: Words, normal: bigint): bigint {
  switch (name) {
    case "avg":
      return averageOf(words, normal);
    case "stddev":
      return deviationOf(words, normal);
    case "count":
    case "sum":
    case "min":
    case "max":
      return normalized(words[0] ?? 0n, normal);
    default:
      return normalized(
        words.reduce((sum, word) => sum + word, 0n),
        normal,
      );
  }
}

function averageOf([count = 0n, sum = 0n]: Words, normal: bigint): bigint {
  return count === 0n ? 0n : normalized(sum, normal) / count;
}

/** The root of the mean of the squares less the square of the mean, in whole numbers throughout. */
function deviationOf([count = 0n, sum = 0n, low = 0n, high = 0n]: Words, normal: bigint): bigint {
  if (count === 0n) return 0n;
  const squares = (BigInt.asUintN(64, high) << 64n) | BigInt.asUintN(64, low);
  const mean = normalized(sum, normal) / count;
  const reduced = normalized(normalized(squares, normal), normal);
  return squareRoot(reduced / count - mean * mean);
}

function squareRoot(value: bigint): bigint {
  if (value <= 0n) return 0n;
  let root = BigInt(Math.floor(Math.sqrt(Number(value))));
  while (root * root > value) root -= 1n;
  while ((root + 1n) * (root + 1n) <= value) root += 1n;
  return root;
}

/** The buckets of a distribution as rows: how each is labelled and the number it stands for. */
export interface Bucket {
  readonly label: string;
  /** What a count in the bucket weighs when distributions are compared. */
  readonly weight: bigint;
}

export function bucketsOf(aggregating: AggregationFunction): readonly Bucket[] {
  switch (aggregating.name) {
    case "quantize":
      return quantizeBuckets;
    case "lquantize":
      return linearBuckets(aggregating);
    case "llquantize":
      return logLinearBuckets(aggregating);
    default:
      return [];
  }
}

/** 127 buckets: powers of two on both sides of zero, which has the middle one. */
const quantizeBuckets: readonly Bucket[] = Array.from(
  { length: 2 * quantizeZeroBucket + 1 },
  (_, index) => {
    const value = quantizeValue(index);
    return { label: String(value), weight: value };
  },
);

function quantizeValue(index: number): bigint {
  if (index === quantizeZeroBucket) return 0n;
  return index < quantizeZeroBucket
    ? -(1n << BigInt(quantizeZeroBucket - 1 - index))
    : 1n << BigInt(index - quantizeZeroBucket - 1);
}

function linearBuckets(aggregating: LinearFunction): readonly Bucket[] {
  const { base, step } = aggregating;
  const levels = linearLevels(aggregating);
  const inner = Array.from({ length: levels }, (_, level) => numbered(base + level * step));
  const top = base + levels * step;
  return [
    { label: `< ${base}`, weight: BigInt(base - 1) },
    ...inner,
    { label: `>= ${top}`, weight: BigInt(top + 1) },
  ];
}

/** Linear steps within each power of the factor; a step never divides the smallest power. */
function logLinearBuckets({ factor, low, high, steps }: LogLinearFunction): readonly Bucket[] {
  const by = BigInt(factor);
  let value = by ** BigInt(low);
  const buckets: Bucket[] = [{ label: `< ${value}`, weight: value - 1n }];
  for (let order = low; order <= high; order += 1) {
    const next = value * by;
    const step = next > BigInt(steps) ? next / BigInt(steps) : 1n;
    for (; value < next; value += step) buckets.push(numbered(value));
    value = next;
  }
  buckets.push({ label: `>= ${value}`, weight: value });
  return buckets;
}

const numbered = (value: number | bigint): Bucket => ({
  label: String(value),
  weight: BigInt(value),
});
