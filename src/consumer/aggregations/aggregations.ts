/** All aggregations of a session: read when they are looked at, changed by clear() and its kin. */

import type { AggregationLayout, Enabling } from "../../compiler/enabling.ts";
import type { LoadedEnabling } from "../load.ts";
import { type ProbeName, probeNames } from "../records/decode.ts";
import { type AddressNames, keyFormOf, rememberedPlaces } from "./aggregation-keys.ts";
import { keyColumns, sortedRows, valueColumns } from "./aggregation-order.ts";
import { AggregationTable } from "./aggregation-table.ts";
import { isExtreme, type Value } from "./aggregation-values.ts";
import { readAggregation } from "./read-aggregation.ts";

/** What one aggregation shows at one moment, in no order. */
export interface AggregationSnapshot {
  readonly layout: AggregationLayout;
  readonly entries: readonly ShownEntry[];
}

export interface ShownEntry {
  /** Its bytes, a character each. */
  readonly key: string;
  /** The same exactly for keys that show the same. */
  readonly text: string;
  readonly words: Value;
  readonly normal: bigint;
}

export class Aggregations {
  readonly #loaded: LoadedEnabling;
  readonly #tables: ReadonlyMap<number, AggregationTable>;
  /** Read since the drain began: what a clear() takes away is then what the printa() showed. */
  readonly #probeName: ProbeName;
  readonly #fresh = new Set<AggregationTable>();

  constructor(enabling: Enabling, loaded: LoadedEnabling, names: AddressNames) {
    this.#loaded = loaded;
    this.#probeName = probeNames(enabling);
    const keyNames = { probeName: this.#probeName, placeOf: rememberedPlaces(names) };
    this.#tables = new Map(
      enabling.aggregations.map((layout) => [
        layout.id,
        new AggregationTable(layout, keyFormOf(layout, keyNames)),
      ]),
    );
  }

  startPass(): void {
    this.#fresh.clear();
  }

  /** For printa(): these are not shown again at the end. */
  show(ids: readonly number[]): readonly AggregationSnapshot[] {
    return ids.map((id) => {
      const table = this.#read(id);
      table.wasPrinted = true;
      return snapshotOf(table);
    });
  }

  showRemaining(): readonly AggregationSnapshot[] {
    this.startPass();
    return [...this.#tables]
      .filter(([, table]) => !table.wasPrinted)
      .map(([id]) => snapshotOf(this.#read(id)));
  }

  clear(id: number): void {
    const table = this.#read(id);
    table.clear(this.#startGeneration());
  }

  /** trunc(): all, or all but the `count` largest, or the smallest where it is negative. */
  truncate(id: number, count: number | undefined): void {
    const table = this.#read(id);
    const { layout } = table;
    const entries = table.entries;
    const values = entries.map((entry) => table.valueOf(entry));
    const keys = entries.map(({ key }) => key);
    const columns = [
      ...valueColumns(layout, values),
      ...keyColumns(layout, keys, 0, this.#probeName),
    ];
    const order = sortedRows(entries.length, columns, (count ?? -1) < 0 ? 1 : -1);
    const removed = [...order.subarray(Math.abs(count ?? 0))].flatMap((row) => entries[row] ?? []);
    table.remove(removed, this.#startGeneration());
  }

  normalize(id: number, factor: bigint): void {
    this.#read(id).normalize(factor);
  }

  /**
   * Programs start an extreme anew in each generation, also where another aggregation began it:
   * what they have so far is read before.
   */
  #startGeneration(): bigint {
    for (const [id, { layout }] of this.#tables) {
      if (layout.generationOffset !== undefined && isExtreme(layout.function.name)) this.#read(id);
    }
    return this.#loaded.state.startGeneration();
  }

  #read(id: number): AggregationTable {
    const table = this.#tables.get(id);
    if (table === undefined) throw new Error(`no aggregation ${id}`);
    if (this.#fresh.has(table)) return table;
    this.#fresh.add(table);
    const { descriptor } = this.#loaded.maps.get(table.layout.map);
    table.startReading();
    readAggregation(table.layout, { map: descriptor, cpus: this.#loaded.possibleCpus }, (reading) =>
      table.update(reading),
    );
    return table;
  }
}

function snapshotOf(table: AggregationTable): AggregationSnapshot {
  return {
    layout: table.layout,
    entries: table.entries.map((entry) => ({
      key: entry.key,
      text: entry.text,
      words: table.valueOf(entry),
      normal: entry.normal,
    })),
  };
}
