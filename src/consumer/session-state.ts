/** The words of the `state` map that programs and consumer share, in mapped memory. */

import { activities, stateWords } from "../compiler/runtime-layout.ts";

export class SessionState {
  readonly #words: Int32Array;
  readonly #wide: BigInt64Array;

  constructor(memory: ArrayBuffer | SharedArrayBuffer) {
    this.#words = new Int32Array(memory);
    this.#wide = new BigInt64Array(memory, 0, memory.byteLength >>> 3);
  }

  set activity(activity: keyof typeof activities) {
    Atomics.store(this.#words, stateWords.activity >>> 2, activities[activity]);
  }

  set consumerPid(pid: number) {
    Atomics.store(this.#words, stateWords.consumerPid >>> 2, pid);
  }

  set wallClockOffset(nanoseconds: bigint) {
    Atomics.store(this.#wide, stateWords.wallClockOffset >>> 3, nanoseconds);
  }

  /** An exit() was taken by some program. */
  get exited(): boolean {
    return Atomics.load(this.#words, stateWords.exited >>> 2) !== 0;
  }

  /** Starts a new generation of aggregation values, and gives its number. */
  startGeneration(): bigint {
    return Atomics.add(this.#wide, stateWords.generation >>> 3, 1n) + 1n;
  }
}
