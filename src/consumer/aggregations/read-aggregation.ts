/** Reads an aggregation's map: the values of all CPUs, each with its key. */

import type { AggregationLayout } from "../../compiler/enabling.ts";
import { isTooLargePerCpu } from "../../compiler/runtime-layout.ts";
import { batchTooSmall, lookupBatch, lookupElement } from "../../kernel/bpf-syscall.ts";
import type { FileDescriptor } from "../../kernel/descriptor.ts";
import type { Reading } from "./aggregation-values.ts";

const firstCapacity = 4_096;

interface Source {
  readonly map: FileDescriptor;
  readonly cpus: number;
}

type Handle = (reading: Reading) => void;

/** Calls `handle` with one piece of the map after the other. */
export function readAggregation(layout: AggregationLayout, source: Source, handle: Handle): void {
  const { cpuOffset } = layout;
  if (cpuOffset !== undefined) readKeys({ ...layout, cpuOffset }, source.map, handle);
  else if (isTooLargePerCpu(layout.valueSize)) readCpuByCpu(layout, source, handle);
  else handle(readElement(layout, source.map, { index: 0, cpus: source.cpus }));
}

function readCpuByCpu(layout: AggregationLayout, { map, cpus }: Source, handle: Handle): void {
  for (let index = 0; index < cpus; index++) handle(readElement(layout, map, { index, cpus: 1 }));
}

/** An element of an array, with the values of so many CPUs. */
function readElement(
  { keySize, valueSize }: AggregationLayout,
  map: FileDescriptor,
  { index, cpus }: { readonly index: number; readonly cpus: number },
): Reading {
  const values = new ArrayBuffer(Math.ceil(valueSize / 8) * 8 * cpus);
  lookupElement(map, Uint32Array.of(index).buffer, values);
  return { count: 1, keys: new Uint8Array(keySize), values: new Int32Array(values), cpus };
}

function readKeys(
  layout: AggregationLayout & { readonly cpuOffset: number },
  map: FileDescriptor,
  handle: Handle,
): void {
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
