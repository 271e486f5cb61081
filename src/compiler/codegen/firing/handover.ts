/**
 * A firing in several programs: what it keeps goes from one to the next in its scratch slot. A chain
 * of tail calls claims the slot at its start and gives it back at its end; a later program finds it
 * by the address of the context, which lies on the stack of whoever fired and is no other firing's.
 * BEGIN and END have a slot of their own, which nobody claims.
 */

import type { ClauseBody } from "../../check/checked-program.ts";
import type { BlockId, Value, Virtual } from "../../ir/ir.ts";
import { mapNames, scratchSlotsPerCpu } from "../../runtime-layout.ts";
import { scalarOf } from "../values/scalar.ts";
import { expressionsOf } from "../walk.ts";
import { leaveUnless, whileActive } from "./activity.ts";
import type { Emitter } from "./emitter.ts";
import { countDrop } from "./faults.ts";
import type { Firing, ProbeIdentity } from "./firing.ts";
import type { Part } from "./parts.ts";
import {
  claimSlot,
  clearSlot,
  findSlot,
  lookUpSlot,
  recallAddress,
  releaseSlot,
  slotNumber,
} from "./scratch.ts";

export interface Handover {
  readonly part: Part;
  /** All parts have one time. */
  readonly sharesTimestamp: boolean;
  /** `session`: the consumer runs one part after the other. */
  readonly how: "session" | "chain";
  /** Of a chain: the program array with the next part, and its index there. */
  readonly next?: { readonly map: string; readonly index: number };
}

/** In the slot, from `HandoverPlan.start` on. */
const words = { bit: 0, probeId: 8, member: 16, timestamp: 24, used: 32, faulted: 40, end: 48 };

export interface HandoverPlan {
  readonly start: number;
  /** Of clause variables that are numbers. */
  readonly numbers: ReadonlyMap<number, number>;
  readonly end: number;
}

export function planHandover(start: number, bodies: Iterable<ClauseBody>): HandoverPlan {
  const numbers = new Map<number, number>();
  let end = start + words.end;
  for (const body of bodies) {
    for (const expression of expressionsOf(body)) {
      if (expression.kind !== "variable" || expression.variable.scope !== "clause") continue;
      const { id, type } = expression.variable;
      if (numbers.has(id) || !scalarOf(type)) continue;
      numbers.set(id, end);
      end += 8;
    }
  }
  return { start, numbers, end };
}

/** Of a later part: registers that `openPart` fills. */
export function handedIdentity(
  emitter: Emitter,
  { probeId, member, ...rest }: ProbeIdentity,
): ProbeIdentity {
  const handed = (value: Value): Value => (typeof value === "bigint" ? value : emitter.fresh());
  return { ...rest, probeId: handed(probeId), member: handed(member) };
}

const planOf = ({ enabling }: Firing): HandoverPlan => {
  const { handover } = enabling.variables;
  if (!handover) throw new Error("nothing is planned for parts of a firing");
  return handover;
};

export function openPart(firing: Firing, handover: Handover): void {
  if (handover.how === "session") openSession(firing, handover);
  else if (handover.part.isFirst) startChain(firing);
  else continueChain(firing);
}

function openSession(firing: Firing, { part }: Handover): void {
  const { emitter, enabling, identity } = firing;
  const missing = emitter.block();
  const found = emitter.block();
  enabling.maps.useSessionSlot();
  lookUpSlot(firing, BigInt(enabling.maps.possibleCpus * scratchSlotsPerCpu), missing);
  emitter.jump(found);
  emitter.place(missing);
  emitter.return(0n);
  emitter.place(found);
  if (part.isFirst) {
    clearSlot(firing);
    clearHandover(firing);
    return;
  }
  recallAddress(firing);
  loadHandover(firing);
  if (identity.probe?.name === "END") return;
  // After exit() no further part runs, but those of END.
  leaveUnless(emitter, { comparison: "!=", activity: "draining" });
}

function startChain(firing: Firing): void {
  const { emitter, identity, scratch } = firing;
  const { start } = planOf(firing);
  const failed = emitter.block();
  const claimed = emitter.block();
  firing.enabling.maps.useScratchOwners();
  claimSlot(firing, failed);
  const owners = lookUpOwners(emitter, failed);
  emitter.store(ownerOf(firing, owners), 0, 8, contextAddress(emitter));
  emitter.jump(claimed);

  emitter.place(failed);
  countDrop(emitter, "principal");
  emitter.return(0n);

  emitter.place(claimed);
  clearHandover(firing);
  emitter.store(scratch.base, start + words.bit, 8, scratch.bit);
  for (const name of ["probeId", "member"] as const) {
    if (typeof identity[name] !== "bigint") {
      emitter.store(scratch.base, start + words[name], 8, identity[name]);
    }
  }
}

function continueChain(firing: Firing): void {
  const { emitter, identity, scratch } = firing;
  const { start } = planOf(firing);
  const missing = emitter.block();
  const found = emitter.block();
  const known = emitter.block();
  const owners = lookUpOwners(emitter, missing);
  const address = contextAddress(emitter);
  const slot = emitter.fresh();
  for (let number = 0; number < scratchSlotsPerCpu; number += 1) {
    const owner = emitter.load(owners, number * 8, 8);
    emitter.when({ comparison: "==", left: owner, right: address }, () => {
      emitter.copy(slot, BigInt(number));
      emitter.jump(found);
    });
  }
  emitter.jump(missing);
  emitter.place(missing);
  countDrop(emitter, "principal");
  emitter.return(0n);

  emitter.place(found);
  findSlot(firing, slot, missing);
  emitter.jump(known);
  emitter.place(known);
  recallAddress(firing);
  leaveUnless(emitter, whileActive, () => release(firing));
  loadHandover(firing);
  for (const name of ["probeId", "member"] as const) {
    const into = identity[name];
    if (typeof into !== "bigint") {
      emitter.loadInto(into, scratch.base, start + words[name], 8);
    }
  }
}

function clearHandover(firing: Firing): void {
  const { emitter, scratch } = firing;
  const { start, end } = planOf(firing);
  for (let at = start + words.used; at < end; at += 8) emitter.store(scratch.base, at, 8, 0n);
  if (firing.timestamp !== undefined) {
    emitter.store(scratch.base, start + words.timestamp, 8, firing.timestamp);
  }
}

function loadHandover(firing: Firing): void {
  const { emitter, scratch } = firing;
  const { start, numbers } = planOf(firing);
  for (const [id, register] of firing.clauseVariables) {
    const at = numbers.get(id);
    if (at !== undefined) emitter.loadInto(register, scratch.base, at, 8);
  }
  if (firing.timestamp !== undefined) {
    emitter.loadInto(firing.timestamp, scratch.base, start + words.timestamp, 8);
  }
  if (scratch.slack > 0) emitter.loadInto(scratch.used, scratch.base, start + words.used, 8);
}

function storeHandover(firing: Firing): void {
  const { emitter, scratch } = firing;
  const { start, numbers } = planOf(firing);
  for (const [id, register] of firing.clauseVariables) {
    const at = numbers.get(id);
    if (at !== undefined) emitter.store(scratch.base, at, 8, register);
  }
  if (firing.timestamp !== undefined) {
    emitter.store(scratch.base, start + words.timestamp, 8, firing.timestamp);
  }
  if (scratch.slack > 0) emitter.store(scratch.base, start + words.used, 8, scratch.used);
}

/** Behind the clauses of a part. */
export function closePart(firing: Firing, { part, how, next }: Handover): void {
  const { emitter } = firing;
  if (!part.isLast) storeHandover(firing);
  if (how === "session") return;
  if (next) {
    emitter.call("bpf_tail_call", emitter.context(), emitter.map(next.map), BigInt(next.index));
    // It comes back where it failed.
    countDrop(emitter, "principal");
  }
  release(firing);
}

/**
 * The bit is read anew: the verifier follows numbers that become part of a pointer back to where
 * they came from, for each slot's and, before 6.5, with all others where a function was called since.
 */
function release(firing: Firing): void {
  const { emitter, scratch } = firing;
  emitter.loadInto(scratch.bit, scratch.base, planOf(firing).start + words.bit, 8);
  const missing = emitter.block();
  const owners = lookUpOwners(emitter, missing);
  emitter.store(ownerOf(firing, owners), 0, 8, 0n);
  releaseSlot(firing);
  emitter.jump(missing);
  emitter.place(missing);
}

/** A source clause that faulted goes on in no later part. */
export function noteFault(firing: Firing, faulted: boolean): void {
  const { emitter, scratch } = firing;
  emitter.store(scratch.base, planOf(firing).start + words.faulted, 8, faulted ? 1n : 0n);
}

export const loadFault = (firing: Firing): Virtual =>
  firing.emitter.load(firing.scratch.base, planOf(firing).start + words.faulted, 8);

function lookUpOwners(emitter: Emitter, failed: BlockId): Virtual {
  const key = emitter.frameAddress(emitter.temporary(4));
  emitter.store(key, 0, 4, 0n);
  const owners = emitter.call("bpf_map_lookup_elem", emitter.map(mapNames.scratchOwners), key);
  emitter.leaveWhen({ comparison: "==", left: owners, right: 0n }, failed);
  return owners;
}

function ownerOf({ emitter, scratch }: Firing, owners: Virtual): Virtual {
  return emitter.add(owners, emitter.alu("<<", slotNumber(emitter, scratch.bit), 3n));
}

/** A number, not a pointer, for the verifier. */
const contextAddress = (emitter: Emitter): Virtual =>
  emitter.negate(emitter.negate(emitter.context()));
