/**
 * Which virtual registers are alive between blocks. Only those read in a block before it writes
 * them can be; they alone have a bit, which keeps the sets small in long straight programs.
 */

import {
  type Access,
  firstVirtual,
  type MachineFunction,
  type MachineRegister,
  machineSuccessors,
  visitEnd,
  visitOperation,
} from "../machine/machine.ts";

export interface Liveness {
  /** Calls `visit` for every register alive at the start of the block. */
  forEachLiveIn(block: number, visit: (register: MachineRegister) => void): void;
  forEachLiveOut(block: number, visit: (register: MachineRegister) => void): void;
}

interface Sets {
  readonly words: number;
  readonly reads: Uint32Array;
  readonly writes: Uint32Array;
}

export function analyzeLiveness(machine: MachineFunction): Liveness {
  const registers = crossingRegisters(machine);
  const bits = new Int32Array(machine.registerCount).fill(-1);
  for (const [bit, register] of registers.entries()) bits[register] = bit;

  const sets = readsAndWrites(machine, bits, registers.length);
  const liveIn = solve(machine, sets);
  const out = new Uint32Array(sets.words);
  return {
    forEachLiveIn(block, visit) {
      forEachBit(liveIn, block * sets.words, sets.words, (bit) => visit(registers[bit] ?? 0));
    },
    forEachLiveOut(block, visit) {
      fillLiveOut(out, machine, liveIn, block);
      forEachBit(out, 0, sets.words, (bit) => visit(registers[bit] ?? 0));
    },
  };
}

function crossingRegisters(machine: MachineFunction): MachineRegister[] {
  const writtenIn = new Int32Array(machine.registerCount).fill(-1);
  const crossing = new Uint8Array(machine.registerCount);
  const found: MachineRegister[] = [];
  forEachAccess(machine, (block, register, access) => {
    if (access !== "write" && writtenIn[register] !== block && crossing[register] === 0) {
      crossing[register] = 1;
      found.push(register);
    }
    if (access !== "read") writtenIn[register] = block;
  });
  return found;
}

function readsAndWrites(machine: MachineFunction, bits: Int32Array, bitCount: number): Sets {
  const words = (bitCount + 31) >>> 5;
  const reads = new Uint32Array(machine.blocks.length * words);
  const writes = new Uint32Array(machine.blocks.length * words);
  forEachAccess(machine, (block, register, access) => {
    const bit = bits[register] ?? -1;
    if (bit < 0) return;
    const word = block * words + (bit >>> 5);
    const mask = 1 << (bit & 31);
    const written = ((writes[word] ?? 0) & mask) !== 0;
    if (access !== "write" && !written) reads[word] = (reads[word] ?? 0) | mask;
    if (access !== "read") writes[word] = (writes[word] ?? 0) | mask;
  });
  return { words, reads, writes };
}

function forEachAccess(
  { blocks }: MachineFunction,
  visit: (block: number, register: MachineRegister, access: Access) => void,
): void {
  for (const [index, { instructions, end }] of blocks.entries()) {
    const visitRegister = (register: MachineRegister, access: Access): void => {
      if (register >= firstVirtual) visit(index, register, access);
    };
    for (const { operation } of instructions) visitOperation(operation, visitRegister);
    visitEnd(end, visitRegister);
  }
}

function solve(machine: MachineFunction, { words, reads, writes }: Sets): Uint32Array {
  const liveIn = reads.slice();
  const { order, hasLoop } = postorder(machine);
  const out = new Uint32Array(words);
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order) {
      fillLiveOut(out, machine, liveIn, block);
      const start = block * words;
      for (let word = 0; word < words; word++) {
        const before = liveIn[start + word] ?? 0;
        const after = (before | ((out[word] ?? 0) & ~(writes[start + word] ?? 0))) >>> 0;
        if (after === before) continue;
        liveIn[start + word] = after;
        changed = true;
      }
    }
    // Without loops every block was met behind all its successors.
    changed &&= hasLoop;
  }
  return liveIn;
}

interface Postorder {
  readonly order: readonly number[];
  readonly hasLoop: boolean;
}

const unseen = 0;
const open = 1;
const done = 2;

function postorder({ blocks }: MachineFunction): Postorder {
  const states = new Uint8Array(blocks.length);
  const order: number[] = [];
  let hasLoop = false;
  const stack = [0];
  const openBlock = (block: number): void => {
    states[block] = open;
    const end = blocks[block]?.end;
    for (const successor of end ? machineSuccessors(end) : []) {
      hasLoop ||= states[successor] === open;
      if (states[successor] === unseen) stack.push(successor);
    }
  };
  for (let block = stack.at(-1); block !== undefined; block = stack.at(-1)) {
    if (states[block] === unseen) {
      openBlock(block);
      continue;
    }
    if (states[block] === open) order.push(block);
    states[block] = done;
    stack.pop();
  }
  return { order, hasLoop };
}

function fillLiveOut(
  out: Uint32Array,
  { blocks }: MachineFunction,
  liveIn: Uint32Array,
  block: number,
): void {
  out.fill(0);
  const end = blocks[block]?.end;
  for (const successor of end ? machineSuccessors(end) : []) {
    const start = successor * out.length;
    for (let word = 0; word < out.length; word++) {
      out[word] = (out[word] ?? 0) | (liveIn[start + word] ?? 0);
    }
  }
}

function forEachBit(
  set: Uint32Array,
  start: number,
  words: number,
  visit: (bit: number) => void,
): void {
  for (let word = 0; word < words; word++) {
    let rest = set[start + word] ?? 0;
    while (rest !== 0) {
      const lowest = rest & -rest;
      visit(word * 32 + 31 - Math.clz32(lowest));
      rest &= ~lowest;
    }
  }
}
