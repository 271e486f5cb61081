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
  const keySize = snapshots[0]?.layout.keySize ?? 0;
  const memory = memoryOf(new ArrayBuffer(Math.ceil(keySize / 8) * 8));
  const view = new RecordView();
  view.moveTo(memory, 0, keySize);
  const functions: readonly AggregationFunction[] = snapshots.map(({ layout }) => layout.function);
  return {
    printed: { keyShapes: fields.map(shapeOfField), functions },
    entries: rowsOf(snapshots, context).map(({ key, values }) => {
      memory.bytes.set(key);
      return { key: decoders.map((decode) => copied(decode(view))), values };
    }),
  };
}

/** Bytes lie in the view's memory, into which the next key comes. */
const copied = <T>(value: T): T | Uint8Array =>
  value instanceof Uint8Array ? value.slice() : value;
