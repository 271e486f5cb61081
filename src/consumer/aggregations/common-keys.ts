/**
 * Aggregations shown side by side may keep the same keys in fields of different sizes: a string is
 * as wide as what one aggregation's clauses can give. Here they get fields that hold those of all.
 */

import type { AggregationLayout, Field, FieldShape } from "../../compiler/enabling.ts";
import type { AggregationSnapshot } from "./aggregations.ts";

export function withCommonKeys(
  snapshots: readonly AggregationSnapshot[],
): readonly AggregationSnapshot[] {
  const [first] = snapshots;
  if (!first || snapshots.length === 1) return snapshots;
  if (snapshots.every(({ layout }) => haveSameFields(layout, first.layout))) return snapshots;
  const keys = widestFields(snapshots.map(({ layout }) => layout.keys));
  const keySize = keys.reduce((size, { offset, shape }) => Math.max(size, offset + shape.size), 0);
  return snapshots.map(({ layout, entries }) => ({
    layout: { ...layout, keys, keySize, forms: undefined },
    entries: entries.map((entry) => ({
      ...entry,
      key: widened(entry.key, layout.keys, keys),
      text: widened(entry.text, layout.keys, keys) + entry.text.slice(layout.keySize),
    })),
  }));
}

function haveSameFields(
  { keys: left, forms }: AggregationLayout,
  { keys: right }: AggregationLayout,
): boolean {
  if (forms) return false;
  return left.every((field, at) => {
    const other = right[at];
    return field.offset === other?.offset && field.shape.size === other.shape.size;
  });
}

/** One after the other, each at a multiple of 8. */
function widestFields(layouts: readonly (readonly Field[])[]): readonly Field[] {
  const [first = []] = layouts;
  let end = 0;
  return first.map((field, at) => {
    const shape = layouts
      .map((fields) => fields[at]?.shape ?? field.shape)
      .reduce((widest: FieldShape, each) => (each.size > widest.size ? each : widest));
    const offset = end;
    end += Math.ceil(shape.size / 8) * 8;
    return { ...field, offset, shape };
  });
}

/** `key` holds a character a byte. */
function widened(key: string, from: readonly Field[], to: readonly Field[]): string {
  let text = "";
  for (const [at, { offset, shape }] of from.entries()) {
    const target = to[at];
    if (!target) continue;
    const bytes = key.slice(offset, offset + shape.size);
    const isNegative =
      shape.kind === "integer" && shape.signed && bytes.charCodeAt(shape.size - 1) > 127;
    text = text.padEnd(target.offset, "\0");
    text += bytes.padEnd(target.shape.size, isNegative ? "\xff" : "\0");
  }
  return text;
}
