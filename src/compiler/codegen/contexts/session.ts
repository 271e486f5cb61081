/**
 * BEGIN and END: run once by the consumer, so that a long list of clauses may be cut into several
 * programs that run one after the other. What a firing keeps goes from one to the next in memory.
 */

import type { ClauseBody } from "../../check/checked-program.ts";
import type { Virtual } from "../../ir/ir.ts";
import { activities, mapNames, stateWords } from "../../runtime-layout.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { Enabling, EventSource } from "../firing/firing.ts";
import type { GroupClause, ProbeGroup } from "../probe-groups.ts";
import { scalarOf } from "../values/scalar.ts";
import { expressionsOf } from "../walk.ts";

export const sessionSource: EventSource = { argument: () => 0n, errno: () => 0n };

/** Jumps reach 32,767 instructions; the allocation of registers likes short functions better. */
const clausesPerProgram = 64;

export interface SessionPart {
  readonly group: ProbeGroup;
  readonly isFirst: boolean;
}

/** The pieces of one source clause stay together. */
export function splitSession(group: ProbeGroup): readonly SessionPart[] {
  const parts: GroupClause[][] = [];
  for (const clause of group.clauses) {
    const last = parts.at(-1);
    if (last && (last.length < clausesPerProgram || continues(last.at(-1)?.body, clause.body))) {
      last.push(clause);
    } else {
      parts.push([clause]);
    }
  }
  return parts.map((clauses, index) => ({
    group: { ...group, clauses },
    isFirst: index === 0,
  }));
}

function continues(before: ClauseBody | undefined, next: ClauseBody): boolean {
  return next.pieceOf !== undefined && before?.pieceOf === next.pieceOf;
}

/** What a part keeps for the next one. */
export interface SessionMemory {
  /** Offset in the `state` map of each clause variable that is a number. */
  readonly offsets: ReadonlyMap<number, number>;
}

export function sessionMemory({ maps }: Enabling, group: ProbeGroup): SessionMemory {
  const offsets = new Map<number, number>();
  for (const { body } of group.clauses) {
    for (const expression of expressionsOf(body)) {
      if (expression.kind !== "variable" || expression.variable.scope !== "clause") continue;
      const { id, type } = expression.variable;
      if (!offsets.has(id) && scalarOf(type)) offsets.set(id, maps.allocateState(8));
    }
  }
  return { offsets };
}

/** After exit() in BEGIN its later clauses do not run; those of END always do. */
export function leaveAfterExit(emitter: Emitter, probeName: string): void {
  if (probeName === "END") return;
  const over = emitter.block();
  const going = emitter.block();
  const activity = emitter.load(emitter.mapValue(mapNames.state, stateWords.activity), 0, 4);
  emitter.branch(
    { comparison: "==", left: activity, right: BigInt(activities.draining) },
    { whenTrue: over, whenFalse: going, unlikely: "true" },
  );
  emitter.place(over);
  emitter.return(0n);
  emitter.place(going);
}

export function loadVariables(
  emitter: Emitter,
  variables: ReadonlyMap<number, Virtual>,
  { offsets }: SessionMemory,
): void {
  for (const [id, register] of variables) {
    const offset = offsets.get(id);
    if (offset !== undefined) {
      emitter.loadInto(register, emitter.mapValue(mapNames.state, offset), 0, 8);
    }
  }
}

export function storeVariables(
  emitter: Emitter,
  variables: ReadonlyMap<number, Virtual>,
  { offsets }: SessionMemory,
): void {
  for (const [id, register] of variables) {
    const offset = offsets.get(id);
    if (offset !== undefined) {
      emitter.store(emitter.mapValue(mapNames.state, offset), 0, 8, register);
    }
  }
}
