/** Aggregations as printa() shows them: one row a key, the aggregations side by side, sorted. */

import type { AggregationLayout } from "../compiler/enabling.ts";
import { flagOption, numberOption, type Options } from "../compiler/options/options.ts";
import { compareWords } from "../format/aggregations/order.ts";
import { compareByKey } from "./aggregation-order.ts";
import type { Value } from "./aggregation-values.ts";
import type { AggregationSnapshot, ShownEntry } from "./aggregations.ts";
import type { ProbeName } from "./decode.ts";

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
  return joinRows(snapshots).sort(rowOrder(layouts, context));
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

type Compare = (left: AggregationRow, right: AggregationRow) => number;

function rowOrder(layouts: readonly AggregationLayout[], context: RowContext): Compare {
  const { options, probeName } = context;
  const wanted = numberOption(options, "aggsortpos");
  const primary = wanted < layouts.length ? wanted : 0;

  const byValue: Compare = (left, right) => {
    for (let at = 0; at < layouts.length; at++) {
      const position = (at + primary) % layouts.length;
      const layout = layouts[position];
      const [one, other] = [left.values[position], right.values[position]];
      if (!layout || !one || !other) continue;
      const order = compareWords(layout.function, one.value, other.value);
      if (order !== 0) return order;
    }
    return 0;
  };

  const keyCount = layouts[0]?.keys.length ?? 0;
  const keyPosition = numberOption(options, "aggsortkeypos");
  const firstKey = keyPosition < keyCount ? keyPosition : 0;
  const byKey: Compare = (left, right) =>
    layouts[0] ? compareByKey(layouts[0], [left.key, right.key], firstKey, probeName) : 0;

  const sign = flagOption(options, "aggsortrev") ? -1 : 1;
  return flagOption(options, "aggsortkey")
    ? (left, right) => sign * (byKey(left, right) || byValue(left, right))
    : (left, right) => sign * (byValue(left, right) || byKey(left, right));
}
