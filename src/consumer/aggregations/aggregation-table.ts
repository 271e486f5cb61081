/**
 * The entries of one aggregation as the consumer knows them. The kernel's counters only ever grow:
 * what clear() and trunc() took away stays there and is remembered here as each entry's baseline.
 */

import type { AggregationLayout } from "../../compiler/enabling.ts";
import type { KeyForm } from "./aggregation-keys.ts";
import {
  addValues,
  isExtreme,
  mergeSlots,
  type Reading,
  subtractValues,
  type Value,
} from "./aggregation-values.ts";

export interface Entry {
  /** Its bytes, a character each: a hundred thousand typed arrays take long to make. */
  readonly key: string;
  readonly text: string;
  /** All CPUs together since tracing began, or for extremes since the last clear(). */
  total: Value;
  /** The highest generation any CPU stored. */
  generation: bigint;
  /** What the total was at the last clear() or trunc(). */
  baseline: Value | undefined;
  /** The generation that a trunc() began; an entry is back when it is updated in it. */
  removedAt: bigint | undefined;
  /** What normalize() divides by. */
  normal: bigint;
  /** The reading that last had it. */
  reading: number;
}

export class AggregationTable {
  readonly layout: AggregationLayout;
  /** A printa() has shown it: it is not printed at the end. */
  wasPrinted = false;
  readonly #entries = new Map<string, Entry>();
  readonly #keys: KeyForm;
  #readings = 0;
  /** The generation that the last clear() or trunc() began. */
  #since = 0n;

  constructor(layout: AggregationLayout, keys: KeyForm) {
    this.layout = layout;
    this.#keys = keys;
  }

  /** Entries that are there to be seen. */
  get entries(): readonly Entry[] {
    return [...this.#entries.values()].filter(isPresent);
  }

  /** What an entry shows: what was aggregated since the last clear() or trunc(). */
  valueOf(entry: Entry): Value {
    const { name } = this.layout.function;
    return entry.baseline ? subtractValues(name, entry.total, entry.baseline) : entry.total;
  }

  /** What `update` is given from here on is one look at the map. */
  startReading(): void {
    this.#readings += 1;
  }

  /** Takes in a piece of the map. */
  update(reading: Reading): void {
    const { keySize, cpuOffset } = this.layout;
    const stride = cpuOffset === undefined ? keySize : cpuOffset + 4;
    const keys = Buffer.from(reading.keys.buffer, reading.keys.byteOffset);
    for (let element = 0; element < reading.count; element++) {
      const merged = mergeSlots(this.layout, reading, element, this.#since);
      if (merged === undefined) continue;
      const key = keys.subarray(element * stride, element * stride + keySize);
      const text = this.#keys.textOf(key);
      const entry = this.#entries.get(text);
      if (entry === undefined) {
        this.#entries.set(text, {
          key: this.#keys.bytesOf(key, text),
          text,
          total: merged.value,
          generation: merged.generation,
          baseline: undefined,
          removedAt: undefined,
          normal: 1n,
          reading: this.#readings,
        });
      } else {
        this.#updateEntry(entry, merged.value, merged.generation);
      }
    }
  }

  /** clear(): the keys stay, their values start anew in `generation`. */
  clear(generation: bigint): void {
    this.#since = generation;
    for (const entry of this.entries) this.#reset(entry);
  }

  /** trunc(): these entries go until they are updated again. */
  remove(entries: readonly Entry[], generation: bigint): void {
    this.#since = generation;
    for (const entry of entries) {
      this.#reset(entry);
      entry.removedAt = generation;
    }
  }

  normalize(factor: bigint): void {
    for (const entry of this.entries) entry.normal = factor;
  }

  /** Several keys that show the same text are one entry. An extreme stays one when read again. */
  #updateEntry(entry: Entry, value: Value, generation: bigint): void {
    const { name } = this.layout.function;
    const isPart = entry.reading === this.#readings;
    const isKept = isExtreme(name) && entry.total.length > 0;
    entry.total = isPart || isKept ? addValues(name, entry.total, value) : value;
    if (generation > entry.generation) entry.generation = generation;
    entry.reading = this.#readings;
  }

  #reset(entry: Entry): void {
    if (isExtreme(this.layout.function.name)) entry.total = [];
    else entry.baseline = entry.total;
  }
}

/** An update between the reading and the new generation shows in the value alone. */
function isPresent(entry: Entry): boolean {
  if (entry.removedAt === undefined || entry.generation >= entry.removedAt) return true;
  return entry.total.some((word, at) => word !== entry.baseline?.[at]);
}
