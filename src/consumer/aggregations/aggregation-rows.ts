/** Aggregations as printa() shows them: one row a key, the aggregations side by side, sorted. */

import type { AggregationLayout } from "../../compiler/enabling.ts";
import { flagOption, numberOption, type Options } from "../../compiler/options/options.ts";
import {
  type AggregationFunction,
  isDistribution,
  scalarOf,
} from "../../format/aggregations/functions.ts";
import { compareWords } from "../../format/aggregations/order.ts";
import type { ProbeName } from "../records/decode.ts";
import { compareByKey } from "./aggregation-order.ts";
import type { Value } from "./aggregation-values.ts";
import type { AggregationSnapshot, ShownEntry } from "./aggregations.ts";

export interface AggregationRow {
  readonly key: Uint8Array;
  /** In the order of the aggregations; one that has no such key gives an empty value. */
  readonly values: readonly { readonly value: Value; readonly normal: bigint }[];
}

export interface RowContext {
  readonly options: Options;
  readonly probeName: ProbeName;
}

/** The rows of one printa(), in the order the aggsort options ask for. */
export function rowsOf(
  snapshots: readonly AggregationSnapshot[],
  context: RowContext,
): readonly AggregationRow[] {
  const layouts = snapshots.map(({ layout }) => layout);
  return sorted(joinRows(snapshots), layouts, context);
}

/** Under aggsortrev the order of aggregations is turned round as well. */
export function inPrintingOrder<T>(items: readonly T[], options: Options): readonly T[] {
  return flagOption(options, "aggsortrev") ? [...items].reverse() : items;
}

const nothing = { value: [] as Value, normal: 1n };

function joinRows(snapshots: readonly AggregationSnapshot[]): AggregationRow[] {
  const [only] = snapshots;
  if (snapshots.length === 1 && only !== undefined) {
    return only.entries.map((entry) => ({ key: entry.key, values: [entry] }));
  }
  const rows = new Map<string, { readonly key: Uint8Array; readonly values: ShownEntry[] }>();
  for (const [position, { entries }] of snapshots.entries()) {
    for (const entry of entries) {
      const row = rows.get(entry.text) ?? { key: entry.key, values: [] };
      row.values[position] = entry;
      rows.set(entry.text, row);
    }
  }
  return [...rows.values()].map(({ key, values }) => ({
    key,
    values: snapshots.map((_, position) => values[position] ?? nothing),
  }));
}

/** A row with what it is sorted by, found once. */
interface Ranked {
  readonly row: AggregationRow;
  /** For each aggregation, beginning with the primary; undefined for distributions. */
  readonly ranks: readonly (bigint | undefined)[];
}

type Compare = (left: Ranked, right: Ranked) => number;

function sorted(
  rows: readonly AggregationRow[],
  layouts: readonly AggregationLayout[],
  { options, probeName }: RowContext,
): readonly AggregationRow[] {
  const wanted = numberOption(options, "aggsortpos");
  const primary = wanted < layouts.length ? wanted : 0;
  const positions = layouts.map((_, at) => (at + primary) % layouts.length);

  const byValue: Compare = (left, right) => {
    for (let at = 0; at < positions.length; at++) {
      const order = compareRanks(left, right, at) ?? compareRows(left, right, at);
      if (order !== 0) return order;
    }
    return 0;
  };
  const compareRows = (left: Ranked, right: Ranked, at: number): number => {
    const position = positions[at] ?? 0;
    const layout = layouts[position];
    const [one, other] = [left.row.values[position], right.row.values[position]];
    return layout && one && other ? compareWords(layout.function, one.value, other.value) : 0;
  };

  const [layout] = layouts;
  const keyPosition = numberOption(options, "aggsortkeypos");
  const firstKey = keyPosition < (layout?.keys.length ?? 0) ? keyPosition : 0;
  const byKey: Compare = (left, right) =>
    layout ? compareByKey(layout, [left.row.key, right.row.key], firstKey, probeName) : 0;

  const sign = flagOption(options, "aggsortrev") ? -1 : 1;
  const [first, second] = flagOption(options, "aggsortkey") ? [byKey, byValue] : [byValue, byKey];
  return rows
    .map((row) => ({
      row,
      ranks: positions.map((position) =>
        rankOf(layouts[position]?.function, row.values[position]?.value ?? []),
      ),
    }))
    .sort((left, right) => sign * (first(left, right) || second(left, right)))
    .map(({ row }) => row);
}

function rankOf(of: AggregationFunction | undefined, value: Value): bigint | undefined {
  return of === undefined || isDistribution(of) ? undefined : scalarOf(of, value, 1n);
}

/** Undefined where the rows have no rank. */
function compareRanks(left: Ranked, right: Ranked, at: number): number | undefined {
  const one = left.ranks[at];
  const other = right.ranks[at];
  if (one === undefined || other === undefined) return undefined;
  return one === other ? 0 : one < other ? -1 : 1;
}
