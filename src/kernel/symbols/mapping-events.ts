/**
 * What processes map to execute, told by the kernel as it happens: names for addresses of
 * processes that have ended when their records are printed.
 */

import { onlineCpus } from "../cpus.ts";
import type { FileDescriptor } from "../descriptor.ts";
import { MappedMemory, pageSize } from "../memory.ts";
import { openMappingEvents } from "../perf-event.ts";
import { stringAt, viewOf } from "./elf.ts";
import { fileId, type Mapping, splitDeleted } from "./process-maps.ts";

export type MappingEvent = { readonly pid: number; readonly time: bigint } & (
  | { readonly kind: "mapping"; readonly mapping: Mapping }
  /** A process, not a thread. */
  | { readonly kind: "fork"; readonly parent: number }
);

/** A power of two; room for about 500 events a CPU. */
const dataPages = 16;

/** struct perf_event_mmap_page (uapi/linux/perf_event.h) */
const dataHead = 1024;
const dataTail = 1032;

const PERF_RECORD_FORK = 7;
const PERF_RECORD_MMAP2 = 10;

/** Fields of these records, from the start of their header. */
const header = { type: 0, size: 6, length: 8 };
const fork = { pid: 8, parent: 12 };
const mmap2 = {
  pid: 8,
  address: 16,
  length: 24,
  offset: 32,
  major: 40,
  minor: 44,
  inode: 48,
  name: 72,
};
const timeSize = 8;

export class MappingEvents implements Disposable {
  readonly #rings: readonly EventRing[];

  private constructor(rings: readonly EventRing[]) {
    this.#rings = rings;
  }

  /** Of these processes and their children, or of all. Throws KernelError where it is not allowed. */
  static watch(scope: readonly number[] | "all"): MappingEvents {
    const pids = scope === "all" ? [undefined] : scope;
    const rings: EventRing[] = [];
    try {
      for (const pid of pids) for (const cpu of onlineCpus()) rings.push(new EventRing(cpu, pid));
    } catch (error) {
      for (const ring of rings) ring[Symbol.dispose]();
      throw error;
    }
    return new MappingEvents(rings);
  }

  /** What is new, in the order it happened. */
  read(): readonly MappingEvent[] {
    const events = this.#rings.flatMap((ring) => ring.read());
    return events.sort((left, right) => (left.time < right.time ? -1 : 1));
  }

  [Symbol.dispose](): void {
    for (const ring of this.#rings) ring[Symbol.dispose]();
  }
}

class EventRing implements Disposable {
  readonly #descriptor: FileDescriptor;
  readonly #memory: MappedMemory;
  readonly #positions: BigUint64Array;
  readonly #data: Uint8Array;

  constructor(cpu: number, pid: number | undefined) {
    this.#descriptor = openMappingEvents(cpu, pid);
    const page = pageSize();
    const size = dataPages * page;
    try {
      this.#memory = new MappedMemory(this.#descriptor, {
        size: page + size,
        offset: 0,
        writable: true,
      });
    } catch (error) {
      this.#descriptor[Symbol.dispose]();
      throw error;
    }
    this.#positions = new BigUint64Array(this.#memory.view, 0, page / 8);
    this.#data = new Uint8Array(this.#memory.view, page, size);
  }

  read(): MappingEvent[] {
    const head = Atomics.load(this.#positions, dataHead / 8);
    const tail = Atomics.load(this.#positions, dataTail / 8);
    if (head === tail) return [];
    const events = parseEvents(this.#copy(tail, head));
    Atomics.store(this.#positions, dataTail / 8, head);
    return events;
  }

  [Symbol.dispose](): void {
    this.#memory[Symbol.dispose]();
    this.#descriptor[Symbol.dispose]();
  }

  /** Records may go over the end of the ring. */
  #copy(tail: bigint, head: bigint): Uint8Array {
    const size = this.#data.length;
    const start = Number(tail % BigInt(size));
    const length = Number(head - tail);
    const bytes = new Uint8Array(length);
    const first = this.#data.subarray(start, start + length);
    bytes.set(first);
    bytes.set(this.#data.subarray(0, length - first.length), first.length);
    return bytes;
  }
}

function parseEvents(bytes: Uint8Array): MappingEvent[] {
  const events: MappingEvent[] = [];
  const view = viewOf(bytes);
  for (let at = 0; at + header.length <= bytes.length; ) {
    const size = view.getUint16(at + header.size, true);
    if (size < header.length) break;
    const event = parseEvent(bytes.subarray(at, at + size));
    if (event !== undefined) events.push(event);
    at += size;
  }
  return events;
}

function parseEvent(record: Uint8Array): MappingEvent | undefined {
  const view = viewOf(record);
  const time = view.getBigUint64(record.length - timeSize, true);
  switch (view.getUint32(header.type, true)) {
    case PERF_RECORD_MMAP2:
      return {
        kind: "mapping",
        pid: view.getUint32(mmap2.pid, true),
        time,
        mapping: mappingOf(record),
      };
    case PERF_RECORD_FORK: {
      const pid = view.getUint32(fork.pid, true);
      const parent = view.getUint32(fork.parent, true);
      return pid === parent ? undefined : { kind: "fork", pid, parent, time };
    }
    default:
      return undefined;
  }
}

function mappingOf(record: Uint8Array): Mapping {
  const view = viewOf(record);
  const start = view.getBigUint64(mmap2.address, true);
  const inode = view.getBigUint64(mmap2.inode, true);
  const numbers = [view.getUint32(mmap2.major, true), view.getUint32(mmap2.minor, true)] as const;
  const name = stringAt(record, mmap2.name);
  return {
    start,
    end: start + view.getBigUint64(mmap2.length, true),
    executable: true,
    offset: Number(view.getBigUint64(mmap2.offset, true)),
    file: inode === 0n ? undefined : fileId(...numbers, inode),
    ...splitDeleted(name === anonymous ? "" : name),
  };
}

/** What these records call memory without a name. */
const anonymous = "//anon";
