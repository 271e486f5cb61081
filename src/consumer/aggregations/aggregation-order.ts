/**
 * The order of aggregations' rows by value and by key. What rows are compared by is found once for
 * each row and kept in columns, as sorting compares each row many times.
 */

import type { AggregationLayout, Field, FieldShape } from "../../compiler/enabling.ts";
import { isDistribution, scalarOf } from "../../format/aggregations/functions.ts";
import { compareRanks, rankOf } from "../../format/aggregations/order.ts";
import type { ProbeName } from "../records/decode.ts";
import type { Value } from "./aggregation-values.ts";

/** Compares two rows, given by their numbers. */
export type Column = (left: number, right: number) => number;

/** The rows' numbers in the order of the columns; rows that are equal stay in theirs. */
export function sortedRows(count: number, columns: readonly Column[], sign: 1 | -1): Uint32Array {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  return rows.sort((left, right) => {
    for (const compare of columns) {
      const order = compare(left, right);
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

/** The order of one aggregation's values. */
export function valueColumns(
  { function: aggregating }: AggregationLayout,
  values: readonly Value[],
): readonly Column[] {
  if (isDistribution(aggregating)) {
    const ranks = values.map(rankOf(aggregating));
    return [(left, right) => compareItems(ranks, left, right, compareRanks)];
  }
  const scalars = values.map((value) => scalarOf(aggregating, value, 1n));
  if (scalars.some((scalar) => scalar > exactLimit || scalar < -exactLimit)) {
    return [(left, right) => compareItems(scalars, left, right, compareSimple)];
  }
  return numberColumn(Float64Array.from(scalars, Number));
}

const exactLimit = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Keys, a character for each byte, field by field, beginning at field `first` and wrapping round: integers without their sign,
 * strings by their bytes.
 */
export function keyColumns(
  { keys: fields }: AggregationLayout,
  keys: readonly string[],
  first: number,
  probeName: ProbeName,
): readonly Column[] {
  return [...fields.slice(first), ...fields.slice(0, first)].flatMap((field) =>
    fieldColumns(field, keys, probeName),
  );
}

function fieldColumns(
  { offset, shape }: Field,
  keys: readonly string[],
  probeName: ProbeName,
): readonly Column[] {
  if (shape.kind === "probe-name") {
    const names = keys.map((key) => probeName(unsignedAt(key, offset, 4), shape.part));
    return [(left, right) => compareItems(names, left, right, compareSimple)];
  }
  const parts = numberParts(shape);
  if (parts === undefined) {
    const end = offset + shape.size;
    return [
      (left, right) =>
        compareItems(keys, left, right, (one, other) => compareBytes(one, other, offset, end)),
    ];
  }
  return parts.flatMap(([at, size]) =>
    numberColumn(Float64Array.from(keys, (key) => unsignedAt(key, offset + at, size))),
  );
}

type Part = readonly [at: number, size: number];

/** Pieces of at most 4 bytes that are compared as numbers, the foremost first. */
function numberParts({ kind, size }: FieldShape): readonly Part[] | undefined {
  if (kind !== "integer" && kind !== "symbol") return undefined;
  if (size < 8) return [[0, size]];
  const words = Array.from({ length: size / 8 }, (_, word) => word * 8);
  return words.flatMap((at): Part[] => [
    [at + 4, 4],
    [at, 4],
  ]);
}

function unsignedAt(key: string, offset: number, size: number): number {
  let value = 0;
  for (let at = offset + size - 1; at >= offset; at--) value = value * 256 + key.charCodeAt(at);
  return value;
}

/** None where all rows have the same. */
function numberColumn(numbers: Float64Array): readonly Column[] {
  const [first] = numbers;
  if (numbers.every((number) => number === first)) return [];
  return [(left, right) => (numbers[left] ?? 0) - (numbers[right] ?? 0)];
}

function compareItems<Item>(
  items: readonly Item[],
  left: number,
  right: number,
  compare: (left: Item, right: Item) => number,
): number {
  const [one, other] = [items[left], items[right]];
  return one === undefined || other === undefined ? 0 : compare(one, other);
}

function compareSimple<Item extends bigint | string>(left: Item, right: Item): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function compareBytes(left: string, right: string, from: number, end: number): number {
  let at = from;
  while (at < end - 1 && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  return left.charCodeAt(at) - right.charCodeAt(at);
}
