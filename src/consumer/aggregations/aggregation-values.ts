/**
 * Values of aggregations as words: read from the slots of all CPUs, added, and taken from each
 * other. `aggregationWords` says how a slot is laid out; here a value is only what is shown of it:
 * count and sum one word, min and max one, avg count and sum, stddev four words, others buckets.
 */

import type { AggregatingFunction } from "../../compiler/check/checked-program.ts";
import type { AggregationLayout } from "../../compiler/enabling.ts";

/** Signed 64-bit words, but for the sum of squares, whose two are unsigned. */
export type Value = readonly bigint[];

/** One reading of a map: for each key the slots of all CPUs, one after the other. */
export interface Reading {
  readonly count: number;
  readonly keys: Uint8Array;
  readonly values: Int32Array;
  readonly cpus: number;
}

export interface MergedSlots {
  readonly value: Value;
  /** The highest that any CPU stored; 0 where none is kept. */
  readonly generation: bigint;
}

type FunctionName = AggregatingFunction["name"];

/** All CPUs' slots of an element; undefined where nothing was aggregated yet. */
export function mergeSlots(
  layout: AggregationLayout,
  reading: Reading,
  element: number,
  since: bigint,
): MergedSlots | undefined {
  const slotWords = Math.ceil(layout.valueSize / 8);
  const generationWord = layout.generationOffset === undefined ? -1 : layout.generationOffset / 8;
  const words = generationWord < 0 ? slotWords : generationWord;
  const name = layout.function.name;
  let value: Value | undefined;
  let generation = 0n;
  for (let cpu = 0; cpu < reading.cpus; cpu++) {
    const first = (element * reading.cpus + cpu) * slotWords;
    if (isUnused(layout, reading.values, first, words)) continue;
    const stored = generationWord < 0 ? 0n : wordAt(reading.values, first + generationWord);
    if (stored > generation) generation = stored;
    // Extremes cannot be taken from each other: those of before a clear() do not count.
    if (isExtreme(name) && stored < since) continue;
    const slot = slotValue(name, reading.values, first, words);
    value = value === undefined ? slot : addValues(name, value, slot);
  }
  return value === undefined ? undefined : { value, generation };
}

export function addValues(name: FunctionName, left: Value, right: Value): Value {
  if (name === "min") return [smallest(left[0] ?? 0n, right[0] ?? 0n)];
  if (name === "max") return [-smallest(-(left[0] ?? 0n), -(right[0] ?? 0n))];
  const sums = left.map((word, at) => BigInt.asIntN(64, word + (right[at] ?? 0n)));
  return name === "stddev" ? withSquares(sums, squaresOf(left) + squaresOf(right)) : sums;
}

/** What came to `value` after it was `baseline`. */
export function subtractValues(name: FunctionName, value: Value, baseline: Value): Value {
  const rest = value.map((word, at) => BigInt.asIntN(64, word - (baseline[at] ?? 0n)));
  return name === "stddev" ? withSquares(rest, squaresOf(value) - squaresOf(baseline)) : rest;
}

export const isExtreme = (name: FunctionName): boolean => name === "min" || name === "max";

const smallest = (left: bigint, right: bigint): bigint => (left < right ? left : right);

function slotValue(name: FunctionName, words: Int32Array, first: number, count: number): Value {
  switch (name) {
    case "count":
    case "sum":
      return [wordAt(words, first)];
    // The bias of `aggregationWords`: the sign bit, or all the others.
    case "max":
      return [BigInt.asIntN(64, wordAt(words, first) ^ signBit)];
    case "min":
      return [BigInt.asIntN(64, wordAt(words, first) ^ ~signBit)];
    default:
      return Array.from({ length: count }, (_, at) => wordAt(words, first + at));
  }
}

const signBit = -(2n ** 63n);

/** A signed 64-bit word from its halves; most are small, and zeros are many. */
function wordAt(words: Int32Array, index: number): bigint {
  const low = words[index * 2] ?? 0;
  const high = words[index * 2 + 1] ?? 0;
  if (low >> 31 === high) return low === 0 ? 0n : BigInt(low);
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}

/** An element with a key was made by an update, be it one by 0; extremes are biased. */
function isUnused(
  layout: AggregationLayout,
  values: Int32Array,
  first: number,
  words: number,
): boolean {
  const mayBeZero = layout.cpuOffset !== undefined && !isExtreme(layout.function.name);
  return !mayBeZero && isEmpty(values, first, words);
}

function isEmpty(words: Int32Array, first: number, count: number): boolean {
  for (let at = first * 2; at < (first + count) * 2; at++) {
    if (words[at] !== 0) return false;
  }
  return true;
}

/** stddev: the sum of squares is 128 bits wide. */
function squaresOf([, , low = 0n, high = 0n]: Value): bigint {
  return (BigInt.asUintN(64, high) << 64n) | BigInt.asUintN(64, low);
}

function withSquares([count = 0n, sum = 0n]: Value, squares: bigint): Value {
  return [count, sum, BigInt.asUintN(64, squares), BigInt.asUintN(64, squares >> 64n)];
}
