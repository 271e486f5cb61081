/** Reads an aggregation's map: the values of all CPUs, each with its key. */

import type { AggregationLayout } from "../../compiler/enabling.ts";
import { batchTooSmall, lookupBatch, lookupElement } from "../../kernel/bpf-syscall.ts";
import type { FileDescriptor } from "../../kernel/descriptor.ts";
import type { Reading } from "./aggregation-values.ts";

const firstCapacity = 4_096;

/** Calls `handle` with one piece of the map after the other. */
export function readAggregation(
  layout: AggregationLayout,
  { map, cpus }: { readonly map: FileDescriptor; readonly cpus: number },
  handle: (reading: Reading) => void,
): void {
  if (layout.cpuOffset === undefined) {
    const values = new ArrayBuffer(Math.ceil(layout.valueSize / 8) * 8 * cpus);
    lookupElement(map, new ArrayBuffer(layout.keySize), values);
    handle({
      count: 1,
      keys: new Uint8Array(layout.keySize),
      values: new Int32Array(values),
      cpus,
    });
    return;
  }

  const elementKeySize = layout.cpuOffset + 4;
  let capacity = firstCapacity;
  let position: ArrayBuffer | undefined;
  for (;;) {
    const keys = new ArrayBuffer(capacity * elementKeySize);
    const values = new ArrayBuffer(capacity * layout.valueSize);
    const result = lookupBatch(map, { keys, values, capacity, position });
    if (result === batchTooSmall) {
      capacity *= 2;
      continue;
    }
    handle({
      count: result.count,
      keys: new Uint8Array(keys),
      values: new Int32Array(values),
      cpus: 1,
    });
    if (result.last) return;
    position = result.position;
  }
}
