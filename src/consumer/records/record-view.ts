/**
 * One record where it lies: in a mapped ring or in a copy. A view is moved from record to record
 * and its bytes go back to the kernel after the record is handled: nobody may keep it.
 */

import { recordHeader } from "../../compiler/runtime-layout.ts";

export class RecordView {
  /** The memory the record lies in, as bytes and as aligned words. */
  bytes: Uint8Array = empty.bytes;
  words: Uint32Array = empty.words;
  /** Bytes from the start of that memory; a multiple of 8. */
  start = 0;
  length = 0;
  cpu = 0;

  moveTo(memory: Memory, start: number, length: number): void {
    this.bytes = memory.bytes;
    this.words = memory.words;
    this.start = start;
    this.length = length;
  }

  get epid(): number {
    return this.words[(this.start + recordHeader.epid) >>> 2] ?? 0;
  }

  get speculation(): number {
    return this.words[(this.start + recordHeader.speculation) >>> 2] ?? 0;
  }

  /** Exact for the first 104 days after boot, and to a microsecond for centuries. */
  get timestamp(): number {
    const at = (this.start + recordHeader.timestamp) >>> 2;
    return (this.words[at + 1] ?? 0) * 0x1_0000_0000 + (this.words[at] ?? 0);
  }

  /** 32 bits at an offset that is a multiple of 4. */
  unsigned32(offset: number): number {
    return this.words[(this.start + offset) >>> 2] ?? 0;
  }

  /** 64 bits at an offset that is a multiple of 8; two halves, as BigUint64Array is slow here. */
  unsigned64(offset: number): bigint {
    const at = (this.start + offset) >>> 2;
    const high = this.words[at + 1] ?? 0;
    const low = this.words[at] ?? 0;
    return high === 0 ? BigInt(low) : (BigInt(high) << 32n) | BigInt(low);
  }

  /** The record's bytes in memory of their own. */
  copy(): Memory {
    return memoryOf(this.bytes.slice(this.start, this.start + this.length).buffer);
  }
}

export interface Memory {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
}

/** `buffer` starts at an aligned address and is a multiple of 4 bytes long. */
export function memoryOf(buffer: ArrayBuffer | SharedArrayBuffer): Memory {
  return { bytes: new Uint8Array(buffer), words: new Uint32Array(buffer) };
}

const empty: Memory = memoryOf(new ArrayBuffer(8));
