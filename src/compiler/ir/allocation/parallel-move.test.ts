import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Move, orderMoves } from "./parallel-move.ts";

/** Does the steps on registers that hold their own number. */
function run(moves: readonly Move<{ readonly slot: number }>[]): Map<number, number> {
  const registers = new Map(Array.from({ length: 10 }, (_, index) => [index, index]));
  let scratch = -1;
  for (const step of orderMoves(moves)) {
    if (step.kind === "save") scratch = registers.get(step.from) ?? -1;
    else if (step.kind === "restore") registers.set(step.to, scratch);
    else if (step.kind === "copy") registers.set(step.to, registers.get(step.from) ?? -1);
    else registers.set(step.to, step.from.slot);
  }
  return registers;
}

const source = fc.oneof(
  fc.nat(9),
  fc.nat(9).map((index) => ({ slot: 100 + index })),
);

const group = fc
  .uniqueArray(fc.nat(9))
  .chain((targets) =>
    fc.tuple(...targets.map((to) => source.map((from): Move<{ slot: number }> => ({ to, from })))),
  );

test("all moves of a group happen at once", () => {
  fc.assert(
    fc.property(group, (moves) => {
      const registers = run(moves);
      for (const { to, from } of moves) {
        assert.equal(registers.get(to), typeof from === "number" ? from : from.slot);
      }
    }),
  );
});

test("a swap goes through the scratch place, a chain does not", () => {
  const swap = orderMoves([
    { to: 1, from: 2 },
    { to: 2, from: 1 },
  ]);
  assert.deepEqual(
    swap.map(({ kind }) => kind),
    ["save", "copy", "restore"],
  );
  const chain = orderMoves([
    { to: 1, from: 2 },
    { to: 2, from: 3 },
  ]);
  assert.deepEqual(chain, [
    { kind: "copy", to: 1, from: 2 },
    { kind: "copy", to: 2, from: 3 },
  ]);
});
