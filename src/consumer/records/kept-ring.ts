/**
 * bufpolicy=ring: the newest records of a CPU, kept until tracing ends. The kernel's ring refuses
 * new records when it is full, so the old ones are moved out of it in time and forgotten here.
 */

import type { RecordSource } from "./drain.ts";
import { type Memory, RecordView } from "./record-view.ts";

export class KeptRing implements RecordSource {
  readonly cpu: number;
  readonly #source: RecordSource;
  readonly #capacity: number;
  readonly #view = new RecordView();
  #records: Memory[] = [];
  #first = 0;
  #size = 0;

  /** Keeps at most `capacity` bytes of records. */
  constructor(source: RecordSource, capacity: number) {
    this.cpu = source.cpu;
    this.#source = source;
    this.#capacity = capacity;
  }

  /** Takes what the kernel has, and forgets the oldest beyond the capacity. */
  absorb(): void {
    while (this.#source.peek(this.#view) === "record") {
      const memory = this.#view.copy();
      this.#records.push(memory);
      this.#size += memory.bytes.length;
      this.#source.take();
    }
    this.#source.release();
    while (this.#size > this.#capacity) this.take();
  }

  peek(view: RecordView): "record" | "busy" | "empty" {
    const oldest = this.#records[this.#first];
    if (oldest === undefined) return this.#source.peek(view) === "busy" ? "busy" : "empty";
    view.moveTo(oldest, 0, oldest.bytes.length);
    return "record";
  }

  take(): void {
    this.#size -= this.#records[this.#first]?.bytes.length ?? 0;
    this.#first += 1;
    if (this.#first < 1024 || this.#first * 2 < this.#records.length) return;
    this.#records = this.#records.slice(this.#first);
    this.#first = 0;
  }

  release(): void {
    // The kernel got its room back when the records were copied.
  }

  followingEpid(): number {
    return this.#records[this.#first + 1]?.words[0] ?? 0;
  }
}
