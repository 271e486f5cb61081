/** Where each virtual register is at each position, and how to bring it back from the stack. */

import {
  framePointer,
  type MachineFunction,
  type MachineOperand,
  type MachineOperation,
  type MachineRegister,
  visitOperation,
} from "../machine/machine.ts";
import { type Interval, onStack } from "./interval.ts";
import type { Allocation } from "./linear-scan.ts";

export interface StackSource {
  load(into: number): MachineOperation;
}

export class Places {
  readonly #allocation: Allocation;
  /** Offsets from r10 of the values that are stored on the stack. */
  readonly #slots: ReadonlyMap<MachineRegister, number>;
  /** Values that are made again instead. */
  readonly #remade: ReadonlyMap<MachineRegister, MachineOperation>;
  #frameSize: number;
  #scratchOffset: number | undefined;

  constructor(machine: MachineFunction, allocation: Allocation, frameSize: number) {
    this.#allocation = allocation;
    this.#remade = findRemade(machine);
    const spilled: Interval[][] = [];
    for (const parts of allocation) {
      if (!parts?.some(({ place }) => place === onStack)) continue;
      const register = parts[0]?.register ?? 0;
      if (!this.#remade.has(register)) spilled.push([...parts]);
    }
    const { slots, size } = assignSlots(spilled, frameSize);
    this.#slots = slots;
    this.#frameSize = size;
  }

  get frameSize(): number {
    return this.#frameSize;
  }

  at(register: MachineRegister, position: number): number {
    const parts = this.#allocation[register] ?? [];
    let low = 0;
    let high = parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((parts[middle]?.start ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    const part = parts[low];
    if (!part) throw new Error(`register ${register} has no place: a bug in dtrace`);
    return part.place;
  }

  isSpilled(register: MachineRegister): boolean {
    return this.#slots.has(register);
  }

  store(register: MachineRegister, from: MachineOperand): MachineOperation {
    return { op: "store", base: framePointer, offset: this.#slot(register), size: 8, from };
  }

  stackSource(register: MachineRegister): StackSource {
    const remade = this.#remade.get(register);
    if (remade) return { load: (into) => withTarget(remade, into) };
    return sourceAt(this.#slot(register));
  }

  /** A place for one value during moves in a circle. */
  get scratch(): StackSource & { store(from: number): MachineOperation } {
    if (this.#scratchOffset === undefined) {
      this.#frameSize += 8;
      this.#scratchOffset = -this.#frameSize;
    }
    const offset = this.#scratchOffset;
    return {
      ...sourceAt(offset),
      store: (from) => ({
        op: "store",
        base: framePointer,
        offset,
        size: 8,
        from: { register: from },
      }),
    };
  }

  #slot(register: MachineRegister): number {
    const offset = this.#slots.get(register);
    if (offset === undefined) throw new Error(`register ${register} has no slot: a bug in dtrace`);
    return offset;
  }
}

function sourceAt(offset: number): StackSource {
  return { load: (into) => ({ op: "load", into, base: framePointer, offset, size: 8 }) };
}

function withTarget(operation: MachineOperation, into: number): MachineOperation {
  return "into" in operation ? { ...operation, into } : operation;
}

/** Registers written once, with a constant or an address that takes one instruction to make. */
function findRemade(machine: MachineFunction): Map<MachineRegister, MachineOperation> {
  const written = new Uint8Array(machine.registerCount);
  const remade = new Map<MachineRegister, MachineOperation>();
  for (const { instructions } of machine.blocks) {
    for (const { operation } of instructions) {
      visitOperation(operation, (register, access) => {
        if (access === "read") return;
        if (written[register] === 1) remade.delete(register);
        else if (isRemakeable(operation)) remade.set(register, operation);
        written[register] = 1;
      });
    }
  }
  return remade;
}

function isRemakeable(operation: MachineOperation): boolean {
  switch (operation.op) {
    case "move":
      return "immediate" in operation.from;
    case "load-immediate":
    case "load-map":
    case "load-map-value":
    case "load-function":
      return true;
    default:
      return false;
  }
}

/** Values whose lives do not overlap share a slot. */
function assignSlots(
  spilled: readonly (readonly Interval[])[],
  frameSize: number,
): { slots: Map<MachineRegister, number>; size: number } {
  const lives = spilled.map((parts) => ({
    register: parts[0]?.register ?? 0,
    start: parts[0]?.start ?? 0,
    end: parts.reduce((end, part) => Math.max(end, part.end), 0),
  }));
  lives.sort((left, right) => left.start - right.start || left.register - right.register);
  const freeFrom: number[] = [];
  const slots = new Map<MachineRegister, number>();
  for (const { register, start, end } of lives) {
    const reusable = freeFrom.findIndex((position) => position <= start);
    const index = reusable < 0 ? freeFrom.length : reusable;
    freeFrom[index] = end;
    slots.set(register, -(frameSize + 8 * (index + 1)));
  }
  return { slots, size: frameSize + 8 * freeFrom.length };
}
