/** Where a scalar variable is: in the `state` map, in the thread's structure, in a register. */

import type { Variable } from "../../check/checked-program.ts";
import type { Virtual } from "../../ir/ir.ts";
import { mapNames } from "../../runtime-layout.ts";
import { countDrop } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { markScratchUsed } from "../firing/scratch.ts";
import { findTaskStorage } from "../firing/task-storage.ts";
import type { Location } from "../values/location.ts";

type MemoryLocation = Extract<Location, { kind: "memory" }>;

export function locateVariable(firing: Firing, variable: Variable): Location {
  switch (variable.scope) {
    case "global":
      return locateGlobal(firing, variable);
    case "thread":
      return locateThreadVariable(firing, variable);
    case "clause":
      return locateClauseVariable(firing, variable);
  }
}

function locateGlobal({ emitter, enabling }: Firing, { id, name }: Variable): MemoryLocation {
  const offset = enabling.variables.globals.get(id);
  if (offset === undefined) throw new Error(`no place for ${name}`);
  const base = emitter.mapValue(mapNames.state, offset);
  return { kind: "memory", base, offset: 0, nullable: false };
}

function locateClauseVariable(firing: Firing, { id, name }: Variable): Location {
  const register = firing.clauseVariables.get(id);
  if (register !== undefined) return { kind: "register", register };
  const place = firing.enabling.variables.clauses.get(id);
  if (!place) throw new Error(`no place for this->${name}`);
  markScratchUsed(firing);
  return { kind: "memory", base: firing.scratch.base, offset: place.offset, nullable: false };
}

/** Looked up once where all uses can see the result; a thread without variables has none yet. */
function locateThreadVariable(firing: Firing, { id, name }: Variable): MemoryLocation {
  const offset = firing.enabling.variables.threads.get(id);
  if (offset === undefined) throw new Error(`no place for self->${name}`);
  const lookup = firing.thread.lookups.at(-1);
  if (!lookup) throw new Error("a thread variable outside of a clause");
  lookup.used = true;
  return { kind: "memory", base: firing.thread.base, offset, nullable: !firing.thread.present };
}

/** Before a store: the thread gets its structure, or the store is dropped: `base` stays 0. */
export function createThreadVariables({ emitter, thread }: Firing): void {
  emitter.whenRarely({ comparison: "==", left: thread.base, right: 0n }, () => {
    lookUpThread({ emitter, into: thread.base, create: true });
    emitter.whenRarely({ comparison: "==", left: thread.base, right: 0n }, () =>
      countDrop(emitter, "dynamicVariable"),
    );
  });
}

interface ThreadLookup {
  readonly emitter: Firing["emitter"];
  readonly into: Virtual;
  readonly create: boolean;
}

function lookUpThread({ emitter, into, create }: ThreadLookup): void {
  const task = emitter.callOnce("bpf_get_current_task_btf");
  emitter.copy(into, findTaskStorage(emitter, mapNames.threadVariables, { task, create }));
}

/** At the start of a clause and behind its predicate: where the look-up goes if it is needed. */
export function threadLookupPoint({ emitter, thread }: Firing, clause: number): void {
  thread.lookups.push({ hole: emitter.hole(), clause, used: false });
}

/** One clause looks up for itself; several share one look-up at the start of the firing. */
export function finishThreadLookups({ emitter, thread }: Firing): void {
  const used = thread.lookups.filter((lookup) => lookup.used);
  const [first] = used;
  if (!first) return;
  const several = used.some(({ clause }) => clause !== first.clause);
  const hole = several ? thread.prologue : first.hole;
  emitter.fill(hole, () => lookUpThread({ emitter, into: thread.base, create: false }));
}
