/** Aggregations as printa() shows them: one row a key, the aggregations side by side, sorted. */

import { flagOption, numberOption, type Options } from "../../compiler/options/options.ts";
import type { AggregationValue } from "../../format/value.ts";
import type { ProbeName } from "../records/decode.ts";
import { keyColumns, sortedRows, valueColumns } from "./aggregation-order.ts";
import type { AggregationSnapshot } from "./aggregations.ts";

export interface AggregationRow {
  /** Its bytes, a character each. */
  readonly key: string;
  /** In the order of the aggregations; one that has no such key gives an empty value. */
  readonly values: readonly AggregationValue[];
}

export interface RowContext {
  readonly options: Options;
  readonly probeName: ProbeName;
}

/** The rows of one printa(), in the order the aggsort options ask for; made as they are taken. */
export function* rowsOf(
  snapshots: readonly AggregationSnapshot[],
  context: RowContext,
): Iterable<AggregationRow> {
  const rows = joinRows(snapshots);
  const { keys, values } = rows;
  for (const row of orderOf(rows, snapshots, context)) {
    yield { key: keys[row] ?? "", values: values.map((column) => column[row] ?? nothing) };
  }
}

/** Under aggsortrev the order of aggregations is turned round as well. */
export function inPrintingOrder<T>(items: readonly T[], options: Options): readonly T[] {
  return flagOption(options, "aggsortrev") ? [...items].reverse() : items;
}

const nothing: AggregationValue = { words: [], normal: 1n };

/** Rows in columns. */
interface Rows {
  readonly keys: readonly string[];
  /** For each aggregation what it has in each row. */
  readonly values: readonly (readonly (AggregationValue | undefined)[])[];
}

function joinRows(snapshots: readonly AggregationSnapshot[]): Rows {
  const [only] = snapshots;
  if (snapshots.length === 1 && only !== undefined) {
    return { keys: only.entries.map(({ key }) => key), values: [only.entries] };
  }
  const rows = new Map<string, number>();
  const keys: string[] = [];
  const values = snapshots.map((): AggregationValue[] => []);
  for (const [position, { entries }] of snapshots.entries()) {
    for (const entry of entries) {
      const row = rows.get(entry.text) ?? keys.push(entry.key) - 1;
      rows.set(entry.text, row);
      const column = values[position];
      if (column) column[row] = entry;
    }
  }
  return { keys, values };
}

function orderOf(
  { keys, values }: Rows,
  snapshots: readonly AggregationSnapshot[],
  { options, probeName }: RowContext,
): Uint32Array {
  const layouts = snapshots.map(({ layout }) => layout);
  const wanted = numberOption(options, "aggsortpos");
  const primary = wanted < layouts.length ? wanted : 0;
  const byValue = layouts.flatMap((_, at) => {
    const position = (at + primary) % layouts.length;
    const layout = layouts[position];
    const words = keys.map((_, row) => values[position]?.[row]?.words ?? []);
    return layout ? valueColumns(layout, words) : [];
  });

  const [layout] = layouts;
  const keyPosition = numberOption(options, "aggsortkeypos");
  const firstKey = keyPosition < (layout?.keys.length ?? 0) ? keyPosition : 0;
  const byKey = layout ? keyColumns(layout, keys, firstKey, probeName) : [];

  const columns = flagOption(options, "aggsortkey")
    ? [...byKey, ...byValue]
    : [...byValue, ...byKey];
  return sortedRows(keys.length, columns, flagOption(options, "aggsortrev") ? -1 : 1);
}
