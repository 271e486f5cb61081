/** Values of aggregations as JSON: one number, or the buckets that counted something. */

import {
  type AggregationFunction,
  bucketsOf,
  normalized,
  scalarOf,
} from "../../format/aggregations/functions.ts";
import type { AggregationValue } from "../../format/value.ts";
import { arrayJson, integerJson, objectJson, textJson } from "./json-text.ts";

export interface NamedAggregation {
  readonly name: string;
  readonly function: AggregationFunction;
}

/** An aggregation without this key has no value. */
export function aggregationJson(
  { name, function: aggregating }: NamedAggregation,
  { words, normal }: AggregationValue,
): string {
  return objectJson({
    name: textJson(name),
    function: textJson(aggregating.name),
    ...(words.length === 0 ? {} : valueMembers(aggregating, words, normal)),
    normal: normal === 1n ? undefined : integerJson(normal),
  });
}

function valueMembers(
  aggregating: AggregationFunction,
  words: readonly bigint[],
  normal: bigint,
): Readonly<Record<string, string>> {
  switch (aggregating.name) {
    case "quantize":
    case "lquantize":
    case "llquantize":
      return { buckets: bucketsJson(aggregating, words, normal) };
    case "avg":
    case "stddev": {
      const [count = 0n, sum = 0n] = words;
      const value = scalarOf(aggregating, words, normal);
      return { value: integerJson(value), count: integerJson(count), sum: integerJson(sum) };
    }
    default:
      return { value: integerJson(scalarOf(aggregating, words, normal)) };
  }
}

function bucketsJson(
  aggregating: AggregationFunction,
  words: readonly bigint[],
  normal: bigint,
): string {
  const ranges = bucketRanges(aggregating);
  const buckets = words.flatMap((word, index) => {
    const range = ranges[index];
    if (word === 0n || range === undefined) return [];
    const [from, to] = range;
    return objectJson({
      from: from === undefined ? "null" : integerJson(from),
      to: to === undefined ? "null" : integerJson(to),
      count: integerJson(normalized(word, normal)),
    });
  });
  return arrayJson(buckets);
}

/** The smallest and the largest number that a bucket counts; undefined where it has no end. */
export type BucketRange = readonly [from: bigint | undefined, to: bigint | undefined];

export function bucketRanges(aggregating: AggregationFunction): readonly BucketRange[] {
  const labels = bucketsOf(aggregating).map(({ label }) => BigInt(label.replace(/^\D+ /, "")));
  if (aggregating.name === "quantize") return labels.map(powerRange);
  const last = labels.length - 1;
  return labels.map((label, index) => {
    if (index === 0) return [undefined, label - 1n];
    return [label, index === last ? undefined : (labels[index + 1] ?? 0n) - 1n];
  });
}

/** Buckets of quantize() are named by their number nearest to zero. */
function powerRange(label: bigint): BucketRange {
  if (label === 0n) return [0n, 0n];
  if (label > 0n) return [label, 2n * label - 1n];
  const from = 2n * label + 1n;
  return [from === smallest + 1n ? smallest : from, label];
}

const smallest = -(2n ** 63n);
