/** Reads the drop counters of all CPUs and tells what came since the last look. */

import { type DropKind, dropKinds } from "../compiler/runtime-layout.ts";
import type { Report } from "./events.ts";

type DropReport = Extract<Report, { readonly kind: "drop" }>;

/** Kinds that DTrace reports for each CPU; the others are summed over all. */
const perCpuKinds: ReadonlySet<DropKind> = new Set<DropKind>(["principal", "aggregation"]);

export class DropCounters {
  readonly #read: () => ArrayBuffer;
  readonly #readMisses: () => bigint;
  #seen: readonly bigint[] = [];
  #misses = 0n;

  /**
   * `read` gives the counters in the order of `dropKinds`, CPU after CPU; `readMisses` the firings
   * that ran no program of ours, on whatever CPU.
   */
  constructor(read: () => ArrayBuffer, readMisses: () => bigint = () => 0n) {
    this.#read = read;
    this.#readMisses = readMisses;
  }

  hasDropped(kind: DropKind): boolean {
    const counters = new BigUint64Array(this.#read());
    const place = dropKinds.indexOf(kind);
    return counters.some((count, at) => at % dropKinds.length === place && count > 0n);
  }

  newDrops(): readonly DropReport[] {
    return [...this.#newMisses(), ...this.#newCounts()];
  }

  #newMisses(): readonly DropReport[] {
    const misses = this.#readMisses();
    const count = misses - this.#misses;
    this.#misses = misses;
    return count === 0n ? [] : [{ kind: "drop", drop: "principal", cpu: undefined, count }];
  }

  #newCounts(): readonly DropReport[] {
    const counters = [...new BigUint64Array(this.#read())];
    const since = counters.map((count, at) => count - (this.#seen[at] ?? 0n));
    this.#seen = counters;
    if (since.every((count) => count === 0n)) return [];
    return dropKinds.flatMap((drop, kind) => reportsOf(drop, countsOf(since, kind)));
  }
}

/** The counts of one kind, by CPU. */
function countsOf(counters: readonly bigint[], kind: number): readonly bigint[] {
  return counters.filter((_, at) => at % dropKinds.length === kind);
}

function reportsOf(drop: DropKind, counts: readonly bigint[]): readonly DropReport[] {
  const report = (cpu: number | undefined, count: bigint): readonly DropReport[] =>
    count === 0n ? [] : [{ kind: "drop", drop, cpu, count }];
  if (perCpuKinds.has(drop)) return counts.flatMap((count, cpu) => report(cpu, count));
  return report(
    undefined,
    counts.reduce((sum, count) => sum + count, 0n),
  );
}
