/**
 * The life of a register over the positions of a function. Instruction number n reads at 2n and
 * writes at 2n+1; a stretch includes its start and not its end.
 */

import type { MachineRegister } from "../machine/machine.ts";

export const beyond: number = Number.MAX_SAFE_INTEGER;

/** Where a part of an interval lives: a register of the machine, the stack, or not yet known. */
export const undecided = -1;
export const onStack = -2;

export interface Use {
  readonly position: number;
  readonly flexible: boolean;
}

/** A part of the life of one virtual register, spent in one place. */
export class Interval {
  readonly register: MachineRegister;
  /** Starts and ends, ascending. */
  stretches: number[];
  /** In order of position. */
  uses: Use[];
  place: number = undecided;

  constructor(register: MachineRegister, stretches: number[], uses: Use[]) {
    this.register = register;
    this.stretches = stretches;
    this.uses = uses;
  }

  get start(): number {
    return this.stretches[0] ?? beyond;
  }

  get end(): number {
    return this.stretches[this.stretches.length - 1] ?? 0;
  }

  covers(position: number): boolean {
    const index = stretchAfter(this.stretches, position);
    return (this.stretches[index] ?? beyond) <= position;
  }

  /** The first use at or after `position`. */
  nextUse(position: number): number {
    return this.uses[firstUseFrom(this.uses, position)]?.position ?? beyond;
  }

  /** The first use at or after `position` that needs a register. */
  nextFirmUse(position: number): number {
    for (let index = firstUseFrom(this.uses, position); index < this.uses.length; index++) {
      const use = this.uses[index];
      if (use && !use.flexible) return use.position;
    }
    return beyond;
  }

  /** Cuts off what lies at and after `position`; undefined where nothing does. */
  splitAt(position: number): Interval | undefined {
    if (position >= this.end) return undefined;
    const at = stretchAfter(this.stretches, position);
    const tail = this.stretches.slice(at);
    this.stretches.length = at;
    const first = tail[0] ?? beyond;
    if (first < position) {
      tail[0] = position;
      this.stretches.push(first, position);
    }
    const useIndex = firstUseFrom(this.uses, position);
    const laterUses = this.uses.slice(useIndex);
    this.uses.length = useIndex;
    return new Interval(this.register, tail, laterUses);
  }
}

/** Index of the start of the first stretch that ends after `position`. */
export function stretchAfter(stretches: readonly number[], position: number): number {
  let low = 0;
  let high = stretches.length >>> 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[2 * middle + 1] ?? beyond) > position) high = middle;
    else low = middle + 1;
  }
  return 2 * low;
}

function firstUseFrom(uses: readonly Use[], position: number): number {
  let low = 0;
  let high = uses.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((uses[middle]?.position ?? beyond) >= position) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first position from `from` on that both cover, or `beyond`. */
export function firstIntersection(
  left: readonly number[],
  right: readonly number[],
  from: number,
): number {
  let a = stretchAfter(left, from);
  let b = stretchAfter(right, from);
  while (a < left.length && b < right.length) {
    const start = Math.max(left[a] ?? beyond, right[b] ?? beyond, from);
    const leftEnd = left[a + 1] ?? beyond;
    const rightEnd = right[b + 1] ?? beyond;
    if (start < leftEnd && start < rightEnd) return start;
    if (leftEnd < rightEnd) a += 2;
    else b += 2;
  }
  return beyond;
}
