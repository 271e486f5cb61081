/** Speculations: ids with a turn each, which programs take and give back. */

import type { CheckedAction, CheckedExpression } from "../../check/checked-program.ts";
import type { Field } from "../../enabling.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import {
  mapNames,
  recordHeader,
  speculationEntries,
  speculationIdBits,
  stateWords,
} from "../../runtime-layout.ts";
import { countDrop, faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { generateValue } from "../values/expression.ts";
import { recordMemoryAt } from "./actions.ts";

/** The 8 bytes of an id: its turn, then the bytes its records take. */
function entryOf({ emitter }: Firing, id: Value): Virtual {
  const table = emitter.mapValue(mapNames.state, stateWords.speculations);
  return emitter.add(table, emitter.alu("<<", id, 3n));
}

/** `speculation()`: an id nobody uses, or 0. */
export function generateSpeculation(firing: Firing): Value {
  const { emitter, enabling } = firing;
  const result = emitter.set(0n);
  const id = emitter.set(1n);
  const loop = emitter.block();
  const next = emitter.block();
  const none = emitter.block();
  const done = emitter.block();
  emitter.place(loop);
  const base = entryOf(firing, id);
  const turn = emitter.load(base, 0, 4);
  emitter.leaveWhen({ comparison: "&", left: turn, right: 1n }, next);
  const before = emitter.compareExchange({ base, offset: 0, size: 4 }, turn, emitter.add(turn, 1n));
  emitter.leaveWhen({ comparison: "!=", left: before, right: turn, width: 32 }, next);
  emitter.store(base, 4, 4, 0n);
  emitter.copy(result, id);
  emitter.jump(done);

  emitter.place(next);
  emitter.copy(id, emitter.add(id, 1n));
  emitter.branch(
    { comparison: "<=", left: id, right: BigInt(enabling.options.nspec) },
    { whenTrue: loop, whenFalse: none },
  );
  emitter.place(none);
  countDrop(emitter, "speculationUnavailable");
  emitter.place(done);
  return result;
}

/** What the clause records from here on belongs to the speculation; without one it is given up. */
export function speculate(firing: Firing, speculation: CheckedExpression): void {
  const { emitter, clause, enabling } = firing;
  const wanted = emitter.inRegister(generateValue(firing, speculation));
  const last = BigInt(enabling.options.nspec);
  emitter.leaveWhen({ comparison: ">", left: wanted, right: last }, clause.abandonExit);
  const id = knownId(firing, wanted);
  emitter.leaveWhen({ comparison: "==", left: id, right: 0n }, clause.abandonExit);
  const entry = entryOf(firing, id);
  const turn = emitter.load(entry, 0, 4);
  const isTaken = emitter.alu("&", turn, 1n);
  emitter.leaveWhen({ comparison: "==", left: isTaken, right: 0n }, clause.abandonExit);
  if (clause.record === undefined) return;

  const size = BigInt(clause.recordSize);
  const before = emitter.fetch("+", { base: entry, offset: 4, size: 4 }, size);
  const limit = BigInt(enabling.options.specsize) - size;
  emitter.whenRarely({ comparison: "s>", left: before, right: limit }, () => {
    emitter.atomicAdd(entry, 4, 4, -size);
    countDrop(emitter, "speculation");
    emitter.jump(clause.abandonExit);
  });
  emitter.store(clause.record, recordHeader.speculation, 4, useOf(firing, id, turn));
}

/** What tells the records of one use of an id from those of another. */
function useOf({ emitter }: Firing, id: Value, turn: Value): Value {
  const count = emitter.alu("<<", emitter.alu(">>", turn, 1n), BigInt(speculationIdBits));
  return emitter.alu("|", count, id);
}

type Ending = Extract<CheckedAction, { name: "speculate" | "commit" | "discard" }>;

/** commit() and discard(): the consumer does what they ask for when it comes to the record. */
export function endSpeculation(firing: Firing, action: Ending, field: Field): void {
  const { emitter } = firing;
  const memory = recordMemoryAt(firing, field);
  emitter.store(memory.base, memory.offset, 4, 0n);
  const id = endedId(firing, action.speculation);
  emitter.when({ comparison: "!=", left: id, right: 0n }, () => {
    const base = entryOf(firing, id);
    const turn = emitter.load(base, 0, 4);
    emitter.when({ comparison: "&", left: turn, right: 1n }, () => {
      const place = { base, offset: 0, size: 4 } as const;
      const before = emitter.compareExchange(place, turn, emitter.add(turn, 1n));
      emitter.when({ comparison: "==", left: before, right: turn, width: 32 }, () =>
        emitter.store(memory.base, memory.offset, 4, useOf(firing, id, turn)),
      );
    });
  });
}

/** An id that can never have been given out is a fault here; speculate() passes it over. */
function endedId(firing: Firing, speculation: CheckedExpression): Value {
  const id = firing.emitter.inRegister(generateValue(firing, speculation));
  const last = BigInt(firing.enabling.options.nspec);
  faultWhen(firing, { comparison: ">", left: id, right: last }, "illegalOperation", 0n);
  return knownId(firing, id);
}

/** The verifier may have seen the comparison of another register, before it was extended. */
function knownId({ emitter, enabling }: Firing, id: Value): Value {
  return emitter.alu("&", id, BigInt(speculationEntries(enabling.options.nspec) - 1));
}
