/** Aggregations as values for printing: keys decoded, rows joined and in order. */

import type { AggregationLayout, Field, FieldShape } from "../../compiler/enabling.ts";
import type { AggregationFunction } from "../../format/aggregations/functions.ts";
import type { PrintedAggregations, PrintedEntry } from "../../format/printa.ts";
import { type Decoder, decoderOf, type ProbeName, shapeOfField } from "../records/decode.ts";
import { memoryOf, RecordView } from "../records/record-view.ts";
import { type RowContext, rowsOf } from "./aggregation-rows.ts";
import type { AggregationSnapshot } from "./aggregations.ts";
import { withCommonKeys } from "./common-keys.ts";

export interface AggregationView {
  readonly printed: PrintedAggregations;
  /** In their order, some at a time and made as they are taken: there may be very many. */
  readonly batches: Iterable<readonly PrintedEntry[]>;
}

const batchSize = 512;

/** What a printa() of these aggregations shows. */
export function viewAggregations(
  shown: readonly AggregationSnapshot[],
  context: RowContext,
): AggregationView {
  const snapshots = withCommonKeys(shown);
  const fields = snapshots[0]?.layout.keys ?? [];
  const functions: readonly AggregationFunction[] = snapshots.map(({ layout }) => layout.function);
  return {
    printed: { keyShapes: fields.map(shapeOfField), functions },
    batches: isEmpty(snapshots) ? noRows : batchesOf(snapshots, context),
  };
}

const noRows: AggregationView["batches"] = [[]];

const isEmpty = (snapshots: readonly AggregationSnapshot[]): boolean =>
  snapshots.every(({ entries }) => entries.length === 0);

function* batchesOf(
  snapshots: readonly AggregationSnapshot[],
  context: RowContext,
): Iterable<readonly PrintedEntry[]> {
  const layout = snapshots[0]?.layout;
  if (!layout) return;
  const decode = keyDecoder(layout, context.probeName);
  const { keySize } = layout;
  const buffer = Buffer.from(new ArrayBuffer(Math.ceil(keySize / 8) * 8));
  const view = new RecordView();
  view.moveTo(memoryOf(buffer.buffer), 0, keySize);
  let batch: PrintedEntry[] = [];
  for (const { key, values } of rowsOf(snapshots, context)) {
    buffer.write(key, "latin1");
    batch.push({ ...decode(view), values });
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

interface DecodedKey {
  readonly key: PrintedEntry["key"];
  readonly keyShapes: PrintedEntry["keyShapes"];
}

/** Decodes the key in view, whose form may be one of several. */
function keyDecoder(
  { keys, forms }: AggregationLayout,
  probeName: ProbeName,
): (view: RecordView) => DecodedKey {
  const decodersOf = (fields: readonly Field[]): readonly Decoder[] =>
    fields.map((field) => decoderOf(field, probeName));
  if (!forms) {
    const decoders = decodersOf(keys);
    return (view) => ({
      key: decoders.map((decode) => copied(decode(view))),
      keyShapes: undefined,
    });
  }
  const decoded = forms.shapes.map((form) => {
    const fields = keys.map((field, at) => ({ ...field, shape: ownShape(field.shape, form[at]) }));
    return { decoders: decodersOf(fields), keyShapes: fields.map(shapeOfField) };
  });
  return (view) => {
    const { decoders = [], keyShapes } = decoded[view.unsigned32(forms.offset)] ?? {};
    return { key: decoders.map((decode) => copied(decode(view))), keyShapes };
  };
}

const ownShape = (common: FieldShape, own: FieldShape | undefined): FieldShape =>
  common.kind === "integer" && own ? own : common;

/** Bytes lie in the view's memory, into which the next key comes. */
const copied = <T>(value: T): T | Uint8Array =>
  value instanceof Uint8Array ? value.slice() : value;
