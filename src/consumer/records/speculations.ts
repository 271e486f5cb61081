/** Speculative records, kept until their speculation is committed or discarded. */

import type { Memory, RecordView } from "./record-view.ts";

export interface HeldRecord {
  readonly cpu: number;
  readonly memory: Memory;
}

export class Speculations {
  readonly #held = new Map<number, HeldRecord[]>();

  hold(record: RecordView): void {
    const held = { cpu: record.cpu, memory: record.copy() };
    const others = this.#held.get(record.speculation);
    if (others) others.push(held);
    else this.#held.set(record.speculation, [held]);
  }

  /** The records of one use of a speculation, in the order they came; they are not kept on. */
  release(use: number): readonly HeldRecord[] {
    const held = this.#held.get(use) ?? [];
    this.#held.delete(use);
    return held;
  }
}
