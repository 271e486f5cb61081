/** The intervals still to be placed, the one that starts first on top: a binary heap. */

import type { Interval } from "./interval.ts";

interface Entry {
  readonly start: number;
  readonly interval: Interval;
}

export class IntervalQueue {
  readonly #heap: Entry[] = [];

  push(interval: Interval): void {
    const heap = this.#heap;
    const entry = { start: interval.start, interval };
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parentAt = (at - 1) >>> 1;
      const parent = heap[parentAt];
      if (!parent || !precedes(entry, parent)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = entry;
  }

  pop(): Interval | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top?.interval;
    let at = 0;
    for (;;) {
      const childAt = this.#earlierChild(at);
      const child = heap[childAt];
      if (!child || !precedes(child, last)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = last;
    return top.interval;
  }

  #earlierChild(at: number): number {
    const left = this.#heap[2 * at + 1];
    const right = this.#heap[2 * at + 2];
    return left && right && precedes(right, left) ? 2 * at + 2 : 2 * at + 1;
  }
}

/** Ties go by register, so that the result does not depend on the heap. */
function precedes(left: Entry, right: Entry): boolean {
  if (left.start !== right.start) return left.start < right.start;
  return left.interval.register < right.interval.register;
}
