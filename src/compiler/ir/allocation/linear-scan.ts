/**
 * Linear-scan register allocation with interval splitting (Wimmer and Mössenböck, "Optimized
 * interval splitting in a linear scan register allocator", 2005). Calls take r0–r5 as fixed
 * intervals, so a value alive across a call finds r6–r9 or is split there.
 *
 * A value with any part on the stack is stored there at each of its definitions; moving to the
 * stack later costs nothing. Moves into registers are made at even positions only: between
 * instructions.
 */

import { firstVirtual, framePointer, type MachineRegister } from "../machine/machine.ts";
import type { Intervals } from "./build-intervals.ts";
import { beyond, firstIntersection, type Interval, onStack, undecided } from "./interval.ts";
import { IntervalQueue } from "./interval-queue.ts";

/** The parts of each virtual register's life, in order of position. */
export type Allocation = readonly (readonly Interval[] | undefined)[];

const allocatable = framePointer;

/** Kept for values that need them: those alive across calls. */
const firstPreserved = 6;

export function allocateRegisters(intervals: Intervals): Allocation {
  const scan = new Scan(intervals);
  return scan.run();
}

class Scan {
  readonly #intervals: Intervals;
  readonly #unhandled = new IntervalQueue();
  readonly #parts: Interval[][] = [];
  #active: Interval[] = [];
  /** Started, and in a hole between two stretches. */
  #inactive: Interval[] = [];

  constructor(intervals: Intervals) {
    this.#intervals = intervals;
    for (const interval of intervals.virtual) {
      if (!interval) continue;
      this.#parts[interval.register] = [interval];
      this.#unhandled.push(interval);
    }
  }

  run(): Allocation {
    for (;;) {
      const current = this.#unhandled.pop();
      if (!current) break;
      this.#advance(current.start);
      if (!this.#takeFree(current)) this.#takeFromOthers(current);
      if (current.place >= 0) this.#active.push(current);
    }
    for (const parts of this.#parts) parts?.sort((left, right) => left.start - right.start);
    return this.#parts;
  }

  #advance(position: number): void {
    const started = [...this.#active, ...this.#inactive].filter(({ end }) => end > position);
    this.#active = started.filter((interval) => interval.covers(position));
    this.#inactive = started.filter((interval) => !interval.covers(position));
  }

  /** Takes a register that is free now, until it is needed by something else. */
  #takeFree(current: Interval): boolean {
    const freeUntil = this.#freeUntil(current);
    const register = this.#chooseFree(current, freeUntil);
    if (register === undefined) return false;
    const until = freeUntil[register] ?? 0;
    if (until < current.end) this.#requeue(current, evenBelow(until));
    current.place = register;
    return true;
  }

  #freeUntil(current: Interval): number[] {
    const freeUntil = new Array<number>(allocatable).fill(beyond);
    for (const { place } of this.#active) freeUntil[place] = 0;
    for (const { place, stretches } of this.#inactive) {
      if ((freeUntil[place] ?? 0) === 0) continue;
      const meet = firstIntersection(stretches, current.stretches, current.start);
      freeUntil[place] = Math.min(freeUntil[place] ?? 0, meet);
    }
    for (let register = 0; register < allocatable; register++) {
      if (freeUntil[register] === 0) continue;
      const meet = this.#fixedMeets(register, current);
      freeUntil[register] = Math.min(freeUntil[register] ?? 0, meet);
    }
    return freeUntil;
  }

  #fixedMeets(register: number, current: Interval): number {
    const stretches = this.#intervals.fixed[register] ?? [];
    return firstIntersection(stretches, current.stretches, current.start);
  }

  /** A hinted register if it stays free long enough, else the one that fits most closely. */
  #chooseFree(current: Interval, freeUntil: readonly number[]): number | undefined {
    const fits = (register: number): boolean => (freeUntil[register] ?? 0) >= current.end;
    for (const hinted of this.#hintedRegisters(current)) {
      if (fits(hinted)) return hinted;
    }
    const best = closestFit(freeUntil, current.end);
    if (best !== undefined) return best;
    const longest = furthest(freeUntil);
    return evenBelow(freeUntil[longest] ?? 0) > current.start ? longest : undefined;
  }

  #hintedRegisters(current: Interval): number[] {
    const registers: number[] = [];
    for (const { position, other } of this.#hintsWithin(current)) {
      if (other < firstVirtual) registers.push(other);
      else registers.push(...this.#placeOf(other, position));
    }
    return registers;
  }

  *#hintsWithin(current: Interval): Generator<{ position: number; other: MachineRegister }> {
    const hints = this.#intervals.hints[current.register] ?? [];
    let at = 0;
    for (let high = hints.length; at < high; ) {
      const middle = (at + high) >>> 1;
      if ((hints[middle]?.position ?? beyond) + 1 >= current.start) high = middle;
      else at = middle + 1;
    }
    // A value given to many calls has many hints, of which the first few tell enough.
    const limit = Math.min(hints.length, at + 8);
    for (; at < limit; at++) {
      const hint = hints[at];
      if (hint && hint.position <= current.end) yield hint;
    }
  }

  /** Where another register is at a move, or where that one would like to be. */
  #placeOf(register: MachineRegister, position: number): number[] {
    const near = this.#parts[register]?.find(
      (part) => part.place >= 0 && part.start <= position + 1 && part.end >= position,
    );
    if (near) return [near.place];
    const wishes = this.#intervals.hints[register]?.slice(0, 4) ?? [];
    return wishes.map(({ other }) => other).filter((other) => other < firstVirtual);
  }

  /** Takes the register whose value is needed last; the value goes to the stack. */
  #takeFromOthers(current: Interval): void {
    const { nextUse, blockedFrom } = this.#demand(current);
    const register = furthest(nextUse);
    const firstNeed = current.nextFirmUse(current.start);
    const available = evenBelow(blockedFrom[register] ?? 0);
    if ((nextUse[register] ?? 0) <= firstNeed || available <= current.start) {
      if (firstNeed === current.start) {
        throw new Error(`no register is left at position ${current.start}: a bug in dtrace`);
      }
      this.#spill(current, firstNeed);
      return;
    }
    if (available < current.end) this.#requeue(current, available);
    current.place = register;
    this.#evict(register, current);
  }

  /** By register: where its holder is next used, and from where calls or operands take it. */
  #demand(current: Interval): { nextUse: number[]; blockedFrom: number[] } {
    const nextUse = new Array<number>(allocatable).fill(beyond);
    const blockedFrom = new Array<number>(allocatable).fill(beyond);
    for (const holder of [...this.#active, ...this.#inactive]) {
      const isActive = holder.covers(current.start);
      const meets =
        isActive ||
        firstIntersection(holder.stretches, current.stretches, current.start) !== beyond;
      if (!meets) continue;
      const use = holder.nextUse(current.start);
      nextUse[holder.place] = Math.min(nextUse[holder.place] ?? 0, use);
    }
    for (let register = 0; register < allocatable; register++) {
      const meet = this.#fixedMeets(register, current);
      blockedFrom[register] = meet;
      nextUse[register] =
        evenBelow(meet) <= current.start ? 0 : Math.min(nextUse[register] ?? 0, meet);
    }
    return { nextUse, blockedFrom };
  }

  #evict(register: number, current: Interval): void {
    for (const holder of [...this.#active, ...this.#inactive]) {
      if (holder.place !== register) continue;
      if (holder.covers(current.start)) {
        const rest = holder.start === current.start ? holder : this.#cut(holder, current.start);
        if (rest) this.#spill(rest, rest.nextFirmUse(rest.start));
      } else if (firstIntersection(holder.stretches, current.stretches, current.start) !== beyond) {
        this.#requeue(holder, current.start);
      }
    }
    const stays = ({ place, end }: Interval): boolean => place >= 0 && end > current.start;
    this.#active = this.#active.filter(stays);
    this.#inactive = this.#inactive.filter(stays);
  }

  /** On the stack until just before the use that needs it in a register. */
  #spill(interval: Interval, neededAt: number): void {
    interval.place = onStack;
    if (neededAt !== beyond) this.#requeue(interval, evenBelow(neededAt));
  }

  #requeue(interval: Interval, position: number): void {
    const rest = this.#cut(interval, position);
    if (rest) this.#unhandled.push(rest);
  }

  #cut(interval: Interval, position: number): Interval | undefined {
    if (position <= interval.start)
      throw new Error("an interval is cut at its start: a bug in dtrace");
    const rest = interval.splitAt(position);
    if (rest) {
      rest.place = undecided;
      this.#parts[interval.register]?.push(rest);
    }
    return rest;
  }
}

/**
 * Among the registers free until `end`: those lost by calls come first, and of these the one that
 * stays free for the shortest time.
 */
function closestFit(freeUntil: readonly number[], end: number): number | undefined {
  let best: number | undefined;
  for (const [register, until] of freeUntil.entries()) {
    if (until < end) continue;
    const isCloser = best === undefined || until < (freeUntil[best] ?? 0);
    const isPreserved = register >= firstPreserved && best !== undefined && best < firstPreserved;
    if (isCloser && !isPreserved) best = register;
  }
  return best;
}

function furthest(positions: readonly number[]): number {
  let best = 0;
  for (const [register, position] of positions.entries()) {
    if (position > (positions[best] ?? 0)) best = register;
  }
  return best;
}

function evenBelow(position: number): number {
  return position === beyond ? beyond : position - (position % 2);
}
