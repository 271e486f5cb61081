/** Memory shared with the kernel: rings of ring-buffer maps, elements of mappable arrays. */

import { readFileSync } from "node:fs";
import { roundUp } from "../base/struct.ts";
import type { FileDescriptor } from "./descriptor.ts";
import { checkResult } from "./kernel-error.ts";
import { syscall, viewMemory } from "./native.ts";
import { systemCallNumber } from "./system-call-numbers.ts";

const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 1;

const AT_NULL = 0n;
const AT_PAGESZ = 6n;

const known: { pageSize?: number } = {};

/** Bytes of a page: 4096 but on some arm64 kernels. The kernel tells every process. */
export function pageSize(): number {
  known.pageSize ??= readPageSize();
  return known.pageSize;
}

function readPageSize(): number {
  const vector = new BigUint64Array(new Uint8Array(readFileSync("/proc/self/auxv")).buffer);
  for (let at = 0; at < vector.length && vector[at] !== AT_NULL; at += 2) {
    if (vector[at] === AT_PAGESZ) return Number(vector[at + 1]);
  }
  return 4_096;
}

/** A mapping and a view of it. The view must not be used after disposal. */
export class MappedMemory implements Disposable {
  readonly view: ArrayBuffer;
  readonly #address: bigint;
  readonly #size: number;
  #mapped = true;

  constructor(
    descriptor: FileDescriptor,
    { size, offset, writable }: { size: number; offset: number; writable: boolean },
  ) {
    const protection = PROT_READ | (writable ? PROT_WRITE : 0);
    const result = syscall(
      systemCallNumber("mmap"),
      0,
      size,
      protection,
      MAP_SHARED,
      descriptor.number,
      offset,
    );
    checkResult(result, "map kernel memory");
    this.#address = BigInt(result);
    this.#size = size;
    this.view = viewMemory(this.#address, size);
  }

  /** Another view, of a part. */
  viewFrom(offset: number, size: number): ArrayBuffer {
    return viewMemory(this.#address + BigInt(offset), size);
  }

  [Symbol.dispose](): void {
    if (!this.#mapped) return;
    this.#mapped = false;
    syscall(systemCallNumber("munmap"), this.#address, this.#size);
  }
}

/** The elements of a mappable array map, each rounded up to 8 bytes. */
export function mapArray(map: FileDescriptor, elementSize: number, elements: number): MappedMemory {
  const size = roundUp(roundUp(elementSize, 8) * elements, pageSize());
  return new MappedMemory(map, { size, offset: 0, writable: true });
}

/** A ring buffer in memory (kernel/bpf/ringbuf.c): consumer page, producer page, the data twice. */
export class RingMemory implements Disposable {
  readonly consumer: ArrayBuffer;
  readonly producer: ArrayBuffer;
  /** The data twice in a row, so that no record wraps. */
  readonly data: ArrayBuffer;
  /** Bytes of the data once. */
  readonly size: number;
  readonly #consumer: MappedMemory;
  readonly #rest: MappedMemory;

  constructor(map: FileDescriptor, size: number) {
    const page = pageSize();
    this.#consumer = new MappedMemory(map, { size: page, offset: 0, writable: true });
    this.#rest = new MappedMemory(map, { size: page + 2 * size, offset: page, writable: false });
    this.consumer = this.#consumer.view;
    this.producer = this.#rest.view;
    this.data = this.#rest.viewFrom(page, 2 * size);
    this.size = size;
  }

  [Symbol.dispose](): void {
    this.#consumer[Symbol.dispose]();
    this.#rest[Symbol.dispose]();
  }
}
