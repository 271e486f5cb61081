/** Aggregations as printa() shows them: one row a key, the aggregations side by side, sorted. */

import type { AggregationLayout } from "../../compiler/enabling.ts";
import { flagOption, numberOption, type Options } from "../../compiler/options/options.ts";
import type { AggregationValue } from "../../format/value.ts";
import type { ProbeName } from "../records/decode.ts";
import { keyColumns, sortedRows, valueColumns } from "./aggregation-order.ts";
import type { AggregationSnapshot, ShownEntry } from "./aggregations.ts";

export interface AggregationRow {
  readonly key: Uint8Array;
  /** In the order of the aggregations; one that has no such key gives an empty value. */
  readonly values: readonly AggregationValue[];
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

const nothing: AggregationValue = { words: [], normal: 1n };

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

function sorted(
  rows: readonly AggregationRow[],
  layouts: readonly AggregationLayout[],
  { options, probeName }: RowContext,
): readonly AggregationRow[] {
  const wanted = numberOption(options, "aggsortpos");
  const primary = wanted < layouts.length ? wanted : 0;
  const byValue = layouts.flatMap((_, at) => {
    const position = (at + primary) % layouts.length;
    const layout = layouts[position];
    const values = rows.map((row) => row.values[position]?.words ?? []);
    return layout ? valueColumns(layout, values) : [];
  });

  const [layout] = layouts;
  const keyPosition = numberOption(options, "aggsortkeypos");
  const firstKey = keyPosition < (layout?.keys.length ?? 0) ? keyPosition : 0;
  const keys = rows.map(({ key }) => key);
  const byKey = layout ? keyColumns(layout, keys, firstKey, probeName) : [];

  const columns = flagOption(options, "aggsortkey")
    ? [...byKey, ...byValue]
    : [...byValue, ...byKey];
  const order = sortedRows(rows.length, columns, flagOption(options, "aggsortrev") ? -1 : 1);
  return Array.from(order, (row) => rows[row]).filter((row) => row !== undefined);
}
