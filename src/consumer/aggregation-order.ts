/**
 * The order aggregations print in: by value, then by key; by key first under aggsortkey. Values
 * compare signed, keys unsigned by field, strings by their bytes.
 */

import type { AggregatingFunction } from "../compiler/check/checked-program.ts";
import type { AggregationLayout, Field } from "../compiler/enabling.ts";
import { quantizeZeroBucket } from "../compiler/runtime-layout.ts";
import type { Value } from "./aggregation-values.ts";

type Order = number;

/** Least first. */
export function compareByValue(
  { function: of }: AggregationLayout,
  left: Value,
  right: Value,
): Order {
  switch (of.name) {
    case "avg":
      return compare(average(left), average(right));
    case "stddev":
      return compare(variance(left), variance(right));
    case "quantize":
    case "lquantize":
    case "llquantize":
      return compareDistributions(of, left, right);
    default:
      return compare(left[0] ?? 0n, right[0] ?? 0n);
  }
}

/** Compares keys field by field, beginning at field `first` and wrapping round. */
export function compareByKey(
  { keys }: AggregationLayout,
  [left, right]: readonly [Uint8Array, Uint8Array],
  first: number,
  nameOf: (probeId: number, field: Field) => string,
): Order {
  for (let at = 0; at < keys.length; at++) {
    const field = keys[(at + first) % keys.length];
    if (field === undefined) continue;
    const order =
      field.shape.kind === "probe-name"
        ? compare(nameOf(probeIdAt(left, field), field), nameOf(probeIdAt(right, field), field))
        : compareFields(field, left, right);
    if (order !== 0) return order;
  }
  return 0;
}

function compare<T extends bigint | number | string>(left: T, right: T): Order {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function average([count = 0n, sum = 0n]: Value): bigint {
  return count === 0n ? 0n : sum / count;
}

/** The square of the deviation, whose order is the same. */
function variance([count = 0n, sum = 0n, low = 0n, high = 0n]: Value): bigint {
  if (count === 0n) return 0n;
  const squares = ((BigInt.asUintN(64, high) << 64n) | BigInt.asUintN(64, low)) / count;
  const mean = sum / count;
  return squares - mean * mean;
}

/** By the sum of all values, then by the weight at zero. */
function compareDistributions(of: AggregatingFunction, left: Value, right: Value): Order {
  const buckets = bucketValues(of, left.length);
  const total = (value: Value): number =>
    value.reduce((sum, count, at) => sum + Number(count) * (buckets[at] ?? 0), 0);
  const atZero = buckets.indexOf(0);
  return compare(total(left), total(right)) || compare(left[atZero] ?? 0n, right[atZero] ?? 0n);
}

/** What stands for each bucket's values: its lower edge; one beyond the edge for the outer two. */
function bucketValues(of: AggregatingFunction, count: number): readonly number[] {
  switch (of.name) {
    case "quantize":
      return Array.from({ length: count }, (_, bucket) => powerOfTwo(bucket - quantizeZeroBucket));
    case "lquantize": {
      const steps = Array.from({ length: count - 2 }, (_, at) => of.base + at * of.step);
      return [of.base - 1, ...steps, of.base + (count - 2) * of.step + 1];
    }
    case "llquantize":
      return logLinearValues(of);
    default:
      return [];
  }
}

function powerOfTwo(distance: number): number {
  return distance === 0 ? 0 : Math.sign(distance) * 2 ** (Math.abs(distance) - 1);
}

function logLinearValues({
  factor,
  low,
  high,
  steps,
}: Extract<AggregatingFunction, { name: "llquantize" }>): readonly number[] {
  let value = factor ** low;
  const values = [value - 1];
  for (let order = low; order <= high; order++) {
    const next = value * factor;
    const step = next > steps ? next / steps : 1;
    for (; value < next; value += step) values.push(value);
    value = next;
  }
  return [...values, value];
}

function probeIdAt(key: Uint8Array, { offset }: Field): number {
  return new DataView(key.buffer, key.byteOffset).getUint32(offset, true);
}

/** Integers from their highest byte down; anything else from its first byte on. */
function compareFields({ offset, shape }: Field, left: Uint8Array, right: Uint8Array): Order {
  if (shape.kind === "symbol" || shape.kind === "integer") {
    for (let word = 0; word < shape.size; word += 8) {
      const order = compareWords(left, right, [offset + word, Math.min(8, shape.size)]);
      if (order !== 0) return order;
    }
    return 0;
  }
  return Buffer.compare(
    left.subarray(offset, offset + shape.size),
    right.subarray(offset, offset + shape.size),
  );
}

function compareWords(
  left: Uint8Array,
  right: Uint8Array,
  [offset, size]: readonly [number, number],
): Order {
  for (let at = offset + size - 1; at >= offset; at--) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
