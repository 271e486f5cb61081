/**
 * Scratch memory: a slot that belongs to one firing from claim to release, so that a firing that
 * interrupts another never shares its bytes. A CPU's slots are the bits of a mask; migration is
 * disabled while a program runs, so the CPU stays the same.
 *
 * A slot holds: a header, the clause variables that are no numbers, the dynamic region of alloca()
 * and copyin(), temporaries.
 */

import type { BlockId, Value, Virtual } from "../../ir/ir.ts";
import { mapNames, scratchSlotsPerCpu } from "../../runtime-layout.ts";
import type { Emitter } from "./emitter.ts";
import { countDrop } from "./faults.ts";
import type { ClauseState, Firing, ScratchUse } from "./firing.ts";
import { roundUp } from "./map-registry.ts";

/** Memory that the verifier knows: a pointer and an offset that is in bounds. */
export interface Memory {
  readonly base: Virtual;
  readonly offset: number;
}

/** The slot's own address, and a word to turn pointers into numbers with. */
const header = { address: 0, launder: 8, size: 16 } as const;

export const scratchHeaderSize = header.size;

/** Temporaries are given back at the end of a statement; nothing clears them. */
export function scratchTemporary(firing: Firing, size: number): Memory {
  const { scratch } = firing;
  markScratchUsed(firing);
  const offset = scratch.temporaryStart + scratch.temporary;
  scratch.temporary += roundUp(size, 8);
  scratch.mostTemporary = Math.max(scratch.mostTemporary, scratch.temporary);
  return { base: scratch.base, offset };
}

export function freeScratchTemporaries({ scratch }: Firing): void {
  scratch.temporary = 0;
}

export function markScratchUsed({ scratch }: Firing): void {
  const claim = scratch.claims.at(-1);
  if (!claim) throw new Error("scratch outside of a clause");
  claim.used = true;
}

/** The pointer as a number: a pointer that went through a map is one for the verifier. */
export function launder(
  firing: Firing,
  { base, offset }: { readonly base: Virtual; readonly offset: number },
): Value {
  const { emitter, scratch } = firing;
  markScratchUsed(firing);
  if (base !== scratch.base) {
    emitter.store(scratch.base, header.launder, 8, base);
    const number = emitter.load(scratch.base, header.launder, 8);
    return offset === 0 ? number : emitter.add(number, BigInt(offset));
  }
  return emitter.add(scratch.address, BigInt(offset));
}

export function claimPoint({ emitter, scratch }: Firing, clause: ClauseState): void {
  scratch.claims.push({ hole: emitter.hole(), clause, used: false });
}

/** Fills the places where slots are claimed and released, now that it is known who needs one. */
export function finishScratch(firing: Firing, places: { prologue: Place; epilogue: Place }): void {
  const { scratch, emitter, enabling } = firing;
  const used = scratch.claims.filter((claim) => claim.used);
  if (used.length === 0 && !scratch.isHanded) return;
  enabling.maps.useScratch(scratch.temporaryStart + Math.max(scratch.mostTemporary, scratch.slack));
  if (scratch.isHanded) return;

  const clauses = new Set(used.map(({ clause }) => clause));
  if (clauses.size === 1) {
    const [first] = used;
    if (first) finishSingle(firing, first, places.prologue);
    return;
  }
  emitter.fill(places.prologue, () => {
    for (const register of [scratch.base, scratch.address, scratch.bit, scratch.used]) {
      emitter.copy(register, 0n);
    }
  });
  for (const { hole, clause } of used) {
    emitter.fill(hole, () =>
      emitter.when({ comparison: "==", left: scratch.base, right: 0n }, () =>
        claim(firing, clause),
      ),
    );
  }
  emitter.fill(places.epilogue, () =>
    emitter.when({ comparison: "!=", left: scratch.base, right: 0n }, () => releaseSlot(firing)),
  );
}

/** Only one clause uses scratch: it claims and releases, and no other pays. */
function finishSingle(
  firing: Firing,
  { hole, clause }: ScratchUse["claims"][number],
  prologue: Place,
): void {
  const { scratch, emitter } = firing;
  const beforePredicate = scratch.claims.findIndex((claim) => claim.hole === hole) % 2 === 0;
  emitter.fill(hole, () => claim(firing, clause));
  // A fault of the predicate comes to a release before there is anything to release.
  if (!beforePredicate) emitter.fill(prologue, () => emitter.copy(scratch.bit, 0n));
  for (const { hole: place, after } of clause.releases) {
    if (after === "claim" || beforePredicate) emitter.fill(place, () => releaseSlot(firing));
  }
}

type Place = ScratchUse["claims"][number]["hole"];

/** A second attempt for the case that an interrupt claimed between the look and the claim. */
const attempts = 3;

function claim(firing: Firing, clause: ClauseState): void {
  const { emitter } = firing;
  const failed = emitter.block();
  const claimed = emitter.block();
  claimSlot(firing, failed);
  emitter.jump(claimed);

  emitter.place(failed);
  countDrop(emitter, "principal");
  emitter.jump(clause.next);
  emitter.place(claimed);
}

/** A slot of this CPU for this firing, as new. */
export function claimSlot(firing: Firing, failed: BlockId): void {
  const { emitter, scratch } = firing;
  const claimed = emitter.block();
  const use = lookUpUse(emitter, failed);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    attemptClaim(firing, use, { failed, claimed });
  }
  emitter.jump(failed);

  emitter.place(claimed);
  findSlot(firing, slotNumber(emitter, scratch.bit), failed);
  clearSlot(firing);
}

export function clearSlot({ emitter, scratch }: Firing): void {
  emitter.store(scratch.base, header.address, 8, scratch.base);
  emitter.loadInto(scratch.address, scratch.base, header.address, 8);
  if (scratch.slack > 0) emitter.copy(scratch.used, 0n);
  for (const { offset, size } of scratch.cleared) {
    for (let at = 0; at < size; at += 8) emitter.store(scratch.base, offset + at, 8, 0n);
  }
}

function lookUpUse(emitter: Emitter, failed: BlockId): Virtual {
  const key = emitter.frameAddress(emitter.temporary(4));
  emitter.store(key, 0, 4, 0n);
  const use = emitter.call("bpf_map_lookup_elem", emitter.map(mapNames.scratchUse), key);
  emitter.leaveWhen({ comparison: "==", left: use, right: 0n }, failed);
  return use;
}

function attemptClaim(
  { emitter, scratch }: Firing,
  use: Virtual,
  { failed, claimed }: { readonly failed: BlockId; readonly claimed: BlockId },
): void {
  const taken = emitter.load(use, 0, 8);
  const all = BigInt(2 ** scratchSlotsPerCpu - 1);
  const free = emitter.alu("&", emitter.alu("^", taken, -1n), all);
  emitter.leaveWhen({ comparison: "==", left: free, right: 0n }, failed);
  emitter.copy(scratch.bit, emitter.alu("&", free, emitter.negate(free)));
  const before = emitter.fetch("|", { base: use, offset: 0, size: 8 }, scratch.bit);
  const again = emitter.block();
  emitter.branch(
    { comparison: "&", left: before, right: scratch.bit },
    { whenTrue: again, whenFalse: claimed, unlikely: "true" },
  );
  emitter.place(again);
}

/** A de Bruijn sequence: every single bit of 16 gives another number below 16, without branches. */
const deBruijn = 0x09afn;

export function slotNumber(emitter: Emitter, bit: Virtual): Virtual {
  const product = emitter.alu("&", emitter.alu("*", bit, deBruijn), 0xffffn);
  return emitter.alu(">>", product, 12n);
}

export function findSlot(firing: Firing, slot: Virtual, failed: BlockId): void {
  const { emitter } = firing;
  const cpu = emitter.callOnce("bpf_get_smp_processor_id");
  const index = emitter.add(emitter.alu("*", cpu, BigInt(scratchSlotsPerCpu)), slot);
  lookUpSlot(firing, index, failed);
}

export function lookUpSlot({ emitter, scratch }: Firing, index: Value, failed: BlockId): void {
  const key = emitter.frameAddress(emitter.temporary(4));
  emitter.store(key, 0, 4, index);
  const found = emitter.call("bpf_map_lookup_elem", emitter.map(mapNames.scratch), key);
  emitter.copy(scratch.base, found);
  emitter.leaveWhen({ comparison: "==", left: scratch.base, right: 0n }, failed);
}

/** The slot's own address as a number: known again in a later program. */
export function recallAddress({ emitter, scratch }: Firing): void {
  emitter.loadInto(scratch.address, scratch.base, header.address, 8);
}

export function releaseSlot({ emitter, scratch }: Firing): void {
  const done = emitter.block();
  const use = lookUpUse(emitter, done);
  emitter.atomic("&", { base: use, offset: 0, size: 8 }, emitter.alu("^", scratch.bit, -1n));
  emitter.place(done);
}
