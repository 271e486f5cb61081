/**
 * Reads one CPU's ring buffer in mapped memory: the protocol of kernel/bpf/ringbuf.c as its
 * consumer sees it. Records wrap for us, since the kernel maps the data pages twice in a row.
 */

import type { RecordSource } from "./drain.ts";
import { type Memory, memoryOf, type RecordView } from "./record-view.ts";

/** BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_DISCARD_BIT and BPF_RINGBUF_HDR_SZ. */
const busyBit = 0x8000_0000;
const discardBit = 0x4000_0000;
const lengthMask = 0x3fff_ffff;
const headerSize = 8;

export interface MappedRing {
  /** The page with the consumer's position, writable. */
  readonly consumer: ArrayBuffer | SharedArrayBuffer;
  /** The page with the producer's position. */
  readonly producer: ArrayBuffer | SharedArrayBuffer;
  /** The data, twice. */
  readonly data: ArrayBuffer | SharedArrayBuffer;
  /** Bytes of the data once: a power of two. */
  readonly size: number;
}

export class RingCursor implements RecordSource {
  readonly cpu: number;
  readonly #memory: Memory;
  /** Atomics need signed or unsigned 32-bit words; positions are 64 bits, low word first. */
  readonly #headers: Int32Array;
  readonly #producer: Int32Array;
  readonly #consumerPosition: BigInt64Array;
  readonly #size: number;
  /** Positions modulo 2^32: rings are far smaller, so differences are exact. */
  #position: number;
  #nextPosition: number;
  /** What the kernel knows: its room ends here. */
  #released: number;
  #highWord: number;

  constructor(cpu: number, ring: MappedRing) {
    this.cpu = cpu;
    this.#memory = memoryOf(ring.data);
    this.#headers = new Int32Array(ring.data);
    this.#consumerPosition = new BigInt64Array(ring.consumer, 0, 1);
    this.#producer = new Int32Array(ring.producer);
    this.#size = ring.size;
    const position = Atomics.load(this.#consumerPosition, 0);
    this.#position = Number(position & 0xffff_ffffn);
    this.#nextPosition = this.#position;
    this.#released = this.#position;
    this.#highWord = Number(position >> 32n);
  }

  /** Bytes not yet taken. */
  get unread(): number {
    return ((Atomics.load(this.#producer, 0) >>> 0) - this.#position) >>> 0;
  }

  /** How full the ring is, from 0 to 1. */
  get fullness(): number {
    return this.unread / this.#size;
  }

  peek(view: RecordView): "record" | "busy" | "empty" {
    for (;;) {
      if (this.unread === 0) return "empty";
      const start = this.#position & (this.#size - 1);
      const header = Atomics.load(this.#headers, start >>> 2);
      if ((header & busyBit) !== 0) return "busy";
      const length = header & lengthMask;
      this.#nextPosition = (this.#position + roundUp(length + headerSize)) >>> 0;
      if ((header & discardBit) === 0) {
        view.moveTo(this.#memory, start + headerSize, length);
        return "record";
      }
      this.take();
    }
  }

  take(): void {
    if (this.#nextPosition < this.#position) this.#highWord += 1;
    this.#position = this.#nextPosition;
    if (((this.#position - this.#released) >>> 0) * 8 > this.#size) this.release();
  }

  release(): void {
    if (this.#released === this.#position) return;
    // One store of 64 bits: programs read the position while we write it.
    const position = (BigInt(this.#highWord) << 32n) | BigInt(this.#position);
    Atomics.store(this.#consumerPosition, 0, position);
    this.#released = this.#position;
  }

  followingEpid(): number {
    let position = this.#nextPosition;
    const end = Atomics.load(this.#producer, 0) >>> 0;
    while (position !== end) {
      const start = position & (this.#size - 1);
      const header = Atomics.load(this.#headers, start >>> 2);
      if ((header & busyBit) !== 0) return 0;
      if ((header & discardBit) === 0) return this.#headers[(start + headerSize) >>> 2] ?? 0;
      position = (position + roundUp((header & lengthMask) + headerSize)) >>> 0;
    }
    return 0;
  }
}

const roundUp = (length: number): number => (length + 7) & ~7;
