import assert from "node:assert/strict";
import { test } from "node:test";
import { dropKinds } from "../compiler/runtime-layout.ts";
import { DropCounters } from "./drops.ts";

const cpus = 2;
const index = (cpu: number, kind: (typeof dropKinds)[number]): number =>
  cpu * dropKinds.length + dropKinds.indexOf(kind);

test("only what came since the last look is told, by CPU for the buffers", () => {
  const counters = new BigUint64Array(cpus * dropKinds.length);
  const drops = new DropCounters(() => counters.slice().buffer);
  assert.deepEqual(drops.newDrops(), []);

  counters[index(1, "principal")] = 5n;
  assert.deepEqual(drops.newDrops(), [{ kind: "drop", drop: "principal", cpu: 1, count: 5n }]);
  assert.deepEqual(drops.newDrops(), []);

  counters[index(0, "principal")] = 1n;
  counters[index(1, "principal")] = 7n;
  assert.deepEqual(
    drops.newDrops().map(({ cpu, count }) => [cpu, count]),
    [
      [0, 1n],
      [1, 2n],
    ],
  );
});

test("other kinds are summed over the CPUs", () => {
  const counters = new BigUint64Array(cpus * dropKinds.length);
  counters[index(0, "dynamicVariable")] = 2n;
  counters[index(1, "dynamicVariable")] = 3n;
  assert.deepEqual(new DropCounters(() => counters.slice().buffer).newDrops(), [
    { kind: "drop", drop: "dynamicVariable", cpu: undefined, count: 5n },
  ]);
});

test("firings that ran no program are principal drops of no CPU", () => {
  let misses = 0n;
  const none = new BigUint64Array(cpus * dropKinds.length);
  const drops = new DropCounters(
    () => none.slice().buffer,
    () => misses,
  );
  assert.deepEqual(drops.newDrops(), []);
  misses = 3n;
  const told = { kind: "drop", drop: "principal", cpu: undefined } as const;
  assert.deepEqual(drops.newDrops(), [{ ...told, count: 3n }]);
  assert.deepEqual(drops.newDrops(), []);
  misses = 4n;
  assert.deepEqual(drops.newDrops(), [{ ...told, count: 1n }]);
});
