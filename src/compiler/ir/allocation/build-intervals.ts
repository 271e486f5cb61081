/** Builds the intervals of all registers by one walk from the last instruction to the first. */

import {
  type Access,
  firstVirtual,
  framePointer,
  type MachineFunction,
  type MachineOperation,
  type MachineRegister,
  type VisitRegister,
  visitEnd,
  visitOperation,
} from "../machine/machine.ts";
import { Interval, type Use } from "./interval.ts";
import type { Liveness } from "./liveness.ts";

/** A move of a whole register: giving both sides one place makes it vanish. */
export interface Hint {
  readonly position: number;
  readonly other: MachineRegister;
}

export interface Intervals {
  /** By register; undefined where a register is not in use. */
  readonly virtual: readonly (Interval | undefined)[];
  /** Stretches in which r0–r9 are taken by calls and their operands. */
  readonly fixed: readonly (readonly number[])[];
  /** By register, in order of position. */
  readonly hints: readonly (readonly Hint[] | undefined)[];
  /** Number of the first instruction of each block; one more entry ends the last. */
  readonly blockStarts: readonly number[];
}

/** Throws where some path reads a register that it has not written. */
export function buildIntervals(
  machine: MachineFunction,
  liveness: Liveness,
  functionName: string,
): Intervals {
  liveness.forEachLiveIn(0, (register) => {
    const name = `v${register - firstVirtual}`;
    throw new Error(`function ${functionName}: ${name} is read before it is written`);
  });
  const walk = new Walk(machine.registerCount);
  const blockStarts = numberBlocks(machine);
  for (let index = machine.blocks.length - 1; index >= 0; index--) {
    const block = machine.blocks[index];
    if (!block) continue;
    const first = blockStarts[index] ?? 0;
    const last = (blockStarts[index + 1] ?? 0) - 1;
    liveness.forEachLiveOut(index, (register) => walk.extend(register, 2 * first, 2 * last + 2));
    walk.enter(2 * first, last);
    visitEnd(block.end, walk.visit);
    for (let at = block.instructions.length - 1; at >= 0; at--) {
      walk.enter(2 * first, first + at);
      const operation = block.instructions[at]?.operation;
      if (operation) walk.instruction(operation);
    }
  }
  return { ...walk.finish(), blockStarts };
}

/** The end of a block counts as an instruction. */
function numberBlocks({ blocks }: MachineFunction): number[] {
  let next = 0;
  const starts = blocks.map(({ instructions }) => {
    const start = next;
    next += instructions.length + 1;
    return start;
  });
  return [...starts, next];
}

class Walk {
  /** Per register, starts and ends in descending order: pairs of (end, start). */
  readonly #stretches: (number[] | undefined)[];
  readonly #uses: (Use[] | undefined)[];
  readonly #hints: (Hint[] | undefined)[];
  #blockStart = 0;
  #number = 0;

  constructor(registerCount: number) {
    this.#stretches = new Array<number[] | undefined>(registerCount).fill(undefined);
    this.#uses = new Array<Use[] | undefined>(registerCount).fill(undefined);
    this.#hints = new Array<Hint[] | undefined>(registerCount).fill(undefined);
  }

  enter(blockStart: number, instructionNumber: number): void {
    this.#blockStart = blockStart;
    this.#number = instructionNumber;
  }

  instruction(operation: MachineOperation): void {
    if (operation.op === "call") this.#clobber();
    // What is written ends here going backwards, so writes come before reads.
    visitOperation(operation, (register, access, flexible) => {
      if (access === "write") this.visit(register, access, flexible);
    });
    visitOperation(operation, (register, access, flexible) => {
      if (access !== "write") this.visit(register, access, flexible);
    });
    if (operation.op === "move" && operation.width === 64 && "register" in operation.from) {
      this.#hint(operation.into, operation.from.register);
    }
  }

  readonly visit: VisitRegister = (register, access, flexible) => {
    if (register === framePointer) return;
    const readAt = 2 * this.#number;
    if (access === "write") this.#write(register, readAt + 1);
    else this.extend(register, this.#blockStart, access === "read" ? readAt + 1 : readAt + 2);
    this.#use(register, access, flexible);
  };

  #use(register: MachineRegister, access: Access, flexible: boolean): void {
    if (register < firstVirtual) return;
    let uses = this.#uses[register];
    if (!uses) {
      uses = [];
      this.#uses[register] = uses;
    }
    if (access !== "read") uses.push({ position: 2 * this.#number + 1, flexible });
    if (access !== "write") uses.push({ position: 2 * this.#number, flexible });
  }

  #write(register: MachineRegister, position: number): void {
    const stretches = this.#stretches[register];
    const start = stretches?.[stretches.length - 1];
    const end = stretches?.[stretches.length - 2];
    const isLive = start !== undefined && end !== undefined && start <= position && position < end;
    if (isLive) stretches?.splice(-1, 1, position);
    else this.extend(register, position, position + 1);
  }

  #clobber(): void {
    const position = 2 * this.#number + 1;
    for (let register = 0; register <= 5; register++) this.#write(register, position);
  }

  #hint(into: MachineRegister, from: MachineRegister): void {
    const position = 2 * this.#number;
    for (const [register, other] of [
      [into, from],
      [from, into],
    ] as const) {
      if (register < firstVirtual || other === framePointer) continue;
      let hints = this.#hints[register];
      if (!hints) {
        hints = [];
        this.#hints[register] = hints;
      }
      hints.push({ position, other });
    }
  }

  /** Adds a stretch; going backwards it lies before all others or overlaps the first. */
  extend(register: MachineRegister, from: number, to: number): void {
    let stretches = this.#stretches[register];
    if (!stretches) {
      stretches = [];
      this.#stretches[register] = stretches;
    }
    const start = stretches[stretches.length - 1];
    if (start === undefined || to < start) stretches.push(to, from);
    else {
      stretches[stretches.length - 1] = Math.min(start, from);
      const end = stretches[stretches.length - 2] ?? 0;
      stretches[stretches.length - 2] = Math.max(end, to);
    }
  }

  finish(): Pick<Intervals, "virtual" | "fixed" | "hints"> {
    const fixed: number[][] = [];
    for (let register = 0; register < framePointer; register++) {
      fixed.push(this.#stretches[register]?.toReversed() ?? []);
    }
    const virtual = this.#stretches.map((stretches, register) => {
      if (register < firstVirtual || !stretches) return undefined;
      return new Interval(register, stretches.reverse(), this.#uses[register]?.reverse() ?? []);
    });
    for (const hints of this.#hints) hints?.reverse();
    return { virtual, fixed, hints: this.#hints };
  }
}
