import assert from "node:assert/strict";
import { test } from "node:test";
import type { AggregatingFunction } from "../../compiler/check/checked-program.ts";
import type { AggregationLayout } from "../../compiler/enabling.ts";
import { AggregationTable } from "./aggregation-table.ts";

const cpus = 2;

/** An aggregation with one 8-byte key; each slot ends with the generation. */
function tableOf(aggregating: AggregatingFunction, words: number): AggregationTable {
  const layout: AggregationLayout = {
    id: 1,
    name: "a",
    function: aggregating,
    map: "aggregation_1",
    keySize: 8,
    cpuOffset: 8,
    keys: [{ offset: 0, shape: { kind: "integer", size: 8, signed: true } }],
    valueSize: (words + 1) * 8,
    forms: undefined,
    generationOffset: words * 8,
  };
  return new AggregationTable(layout, {
    textOf: (key) => String(key[0]),
    bytesOf: (key) => key.toString("latin1"),
  });
}

/** Per key the slots of both CPUs, each with its generation last: an element each. */
function read(table: AggregationTable, elements: Record<number, readonly bigint[][]>): void {
  const keys = Object.keys(elements).flatMap((key) =>
    Array.from({ length: cpus }, (_, cpu) => elementKey(BigInt(key), cpu)),
  );
  table.startReading();
  table.update({
    count: keys.length,
    keys: new Uint8Array(Buffer.concat(keys)),
    values: new Int32Array(new BigInt64Array(Object.values(elements).flat(2)).buffer),
    cpus: 1,
  });
}

function elementKey(key: bigint, cpu: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigInt64LE(key);
  bytes.writeUInt32LE(cpu, 8);
  return bytes;
}

function shown(table: AggregationTable): readonly unknown[] {
  return table.entries.map((entry) => [Number(entry.text), ...table.valueOf(entry)]);
}

const empty = [0n, 0n];

test("the slots of all CPUs are added", () => {
  const table = tableOf({ name: "count" }, 1);
  read(table, {
    7: [
      [2n, 0n],
      [3n, 0n],
    ],
    8: [[1n, 0n], empty],
  });
  assert.deepEqual(shown(table), [
    [7, 5n],
    [8, 1n],
  ]);
});

test("clear() keeps keys and counts anew from the reading it was given", () => {
  const table = tableOf({ name: "count" }, 1);
  read(table, { 7: [[2n, 0n], empty] });
  table.clear(1n);
  assert.deepEqual(shown(table), [[7, 0n]]);
  read(table, {
    7: [
      [2n, 0n],
      [4n, 1n],
    ],
  });
  assert.deepEqual(shown(table), [[7, 4n]]);
});

test("a removed entry is back when it is updated, even by an update that came just before", () => {
  const table = tableOf({ name: "count" }, 1);
  read(table, { 7: [[2n, 0n], empty], 8: [[1n, 0n], empty] });
  table.remove(table.entries, 1n);
  assert.deepEqual(shown(table), []);
  read(table, { 7: [[3n, 0n], empty], 8: [[1n, 0n], empty] });
  assert.deepEqual(shown(table), [[7, 1n]]);
});

const biasMax = (value: bigint): bigint => BigInt.asIntN(64, value ^ -(2n ** 63n));

test("extremes of before a clear() do not count", () => {
  const table = tableOf({ name: "max" }, 2);
  read(table, {
    7: [
      [biasMax(-5n), 1n, 0n],
      [biasMax(9n), 1n, 0n],
    ],
  });
  assert.deepEqual(shown(table), [[7, 9n]]);
  table.clear(1n);
  read(table, {
    7: [
      [biasMax(4n), 1n, 1n],
      [biasMax(9n), 1n, 0n],
    ],
  });
  assert.deepEqual(shown(table), [[7, 4n]]);
});

test("an extreme that another aggregation's clear() started anew is not forgotten", () => {
  const table = tableOf({ name: "max" }, 2);
  read(table, {
    7: [
      [biasMax(9n), 1n, 0n],
      [0n, 0n, 0n],
    ],
  });
  read(table, {
    7: [
      [biasMax(2n), 1n, 1n],
      [0n, 0n, 0n],
    ],
  });
  assert.deepEqual(shown(table), [[7, 9n]]);
});

test("sums of squares carry into their high word", () => {
  const table = tableOf({ name: "stddev" }, 4);
  const slot = [1n, 1n, -1n, 0n, 0n];
  read(table, { 7: [slot, slot] });
  assert.deepEqual(shown(table), [[7, 2n, 2n, 2n ** 64n - 2n, 1n]]);
});
