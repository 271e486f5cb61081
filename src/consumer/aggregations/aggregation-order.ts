/** The order of aggregation keys: unsigned by field, strings by their bytes. */

import type { AggregationLayout, Field } from "../../compiler/enabling.ts";
import type { ProbeName } from "../records/decode.ts";

type Order = number;

/** Compares keys field by field, beginning at field `first` and wrapping round. */
export function compareByKey(
  { keys }: AggregationLayout,
  [left, right]: readonly [Uint8Array, Uint8Array],
  first: number,
  probeName: ProbeName,
): Order {
  for (let at = 0; at < keys.length; at++) {
    const field = keys[(at + first) % keys.length];
    if (field === undefined) continue;
    const order =
      field.shape.kind === "probe-name"
        ? compareTexts(
            probeName(probeIdAt(left, field), field.shape.part),
            probeName(probeIdAt(right, field), field.shape.part),
          )
        : compareFields(field, left, right);
    if (order !== 0) return order;
  }
  return 0;
}

function compareTexts(left: string, right: string): Order {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function probeIdAt(key: Uint8Array, { offset }: Field): number {
  return new DataView(key.buffer, key.byteOffset).getUint32(offset, true);
}

/** Integers from their highest byte down; anything else from its first byte on. */
function compareFields({ offset, shape }: Field, left: Uint8Array, right: Uint8Array): Order {
  if (shape.kind === "symbol" || shape.kind === "integer") {
    for (let word = 0; word < shape.size; word += 8) {
      const order = compareWords(left, right, [offset + word, Math.min(8, shape.size)]);
      if (order !== 0) return order;
    }
    return 0;
  }
  return Buffer.compare(
    left.subarray(offset, offset + shape.size),
    right.subarray(offset, offset + shape.size),
  );
}

function compareWords(
  left: Uint8Array,
  right: Uint8Array,
  [offset, size]: readonly [number, number],
): Order {
  let at = offset + size - 1;
  while (at > offset && left[at] === right[at]) at -= 1;
  return (left[at] ?? 0) - (right[at] ?? 0);
}
