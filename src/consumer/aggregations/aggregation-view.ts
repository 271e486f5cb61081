/** Aggregations as values for printing: keys decoded, rows joined and in order. */

import type { AggregationFunction } from "../../format/aggregations/functions.ts";
import type { PrintedAggregations, PrintedEntry } from "../../format/printa.ts";
import { decoderOf, shapeOfField } from "../records/decode.ts";
import { memoryOf, RecordView } from "../records/record-view.ts";
import { type RowContext, rowsOf } from "./aggregation-rows.ts";
import type { AggregationSnapshot } from "./aggregations.ts";

export interface AggregationView {
  readonly printed: PrintedAggregations;
  readonly entries: readonly PrintedEntry[];
}

/** What a printa() of these aggregations shows, in its order. */
export function viewAggregations(
  snapshots: readonly AggregationSnapshot[],
  context: RowContext,
): AggregationView {
  const fields = snapshots[0]?.layout.keys ?? [];
  const decoders = fields.map((field) => decoderOf(field, context.probeName));
  const view = new RecordView();
  const functions: readonly AggregationFunction[] = snapshots.map(({ layout }) => layout.function);
  return {
    printed: { keyShapes: fields.map(shapeOfField), functions },
    entries: rowsOf(snapshots, context).map(({ key, values }) => {
      view.moveTo(memoryOf(key.buffer), 0, key.length);
      return {
        key: decoders.map((decode) => copied(decode(view))),
        values: values.map(({ value, normal }) => ({ words: value, normal })),
      };
    }),
  };
}

/** Bytes lie in the view's memory, which moves on. */
const copied = <T>(value: T): T | Uint8Array =>
  value instanceof Uint8Array ? value.slice() : value;
