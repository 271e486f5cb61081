/**
 * bufpolicy=ring and fill: the newest or the oldest records of a CPU, kept until tracing ends. The
 * kernel's ring refuses new records when it is full, so they are moved out of it in time; how much
 * is kept is counted as Solaris' buffers count.
 */

import type { RecordSource } from "./drain.ts";
import { type Memory, RecordView } from "./record-view.ts";

export interface KeptLimits {
  readonly policy: "ring" | "fill";
  /** At most so many bytes of charges are kept. */
  readonly capacity: number;
  /** Bytes that a record of this EPID takes of the capacity. */
  readonly chargeOf: (epid: number) => number;
}

export class KeptRing implements RecordSource {
  readonly cpu: number;
  readonly #source: RecordSource;
  readonly #limits: KeptLimits;
  readonly #view = new RecordView();
  #records: Memory[] = [];
  #first = 0;
  #size = 0;
  #isFilled = false;

  constructor(source: RecordSource, limits: KeptLimits) {
    this.cpu = source.cpu;
    this.#source = source;
    this.#limits = limits;
  }

  /** Under `fill`: a record did not fit any more. */
  get isFilled(): boolean {
    return this.#isFilled;
  }

  /** Takes what the kernel has, and leaves out what is beyond the capacity. */
  absorb(): void {
    const { policy, capacity, chargeOf } = this.#limits;
    while (this.#source.peek(this.#view) === "record") {
      const charge = chargeOf(this.#view.epid);
      if (policy === "fill" && charge > 0) this.#isFilled ||= this.#size + charge > capacity;
      if (!this.#isFilled || charge === 0) {
        this.#records.push(this.#view.copy());
        this.#size += charge;
      }
      this.#source.take();
    }
    this.#source.release();
    while (this.#size > capacity) this.take();
  }

  peek(view: RecordView): "record" | "busy" | "empty" {
    const oldest = this.#records[this.#first];
    if (oldest === undefined) return this.#source.peek(view) === "busy" ? "busy" : "empty";
    view.moveTo(oldest, 0, oldest.bytes.length);
    return "record";
  }

  take(): void {
    const oldest = this.#records[this.#first];
    if (oldest !== undefined) this.#size -= this.#limits.chargeOf(oldest.words[0] ?? 0);
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
