/**
 * Puts the allocated registers into the instructions and adds what keeps values in place: stores
 * behind the definitions of spilled values, and moves where a value changes its place.
 */

import type { TextSpan } from "../../../base/text-span.ts";
import {
  firstVirtual,
  type MachineBlock,
  type MachineEnd,
  type MachineFunction,
  type MachineInstruction,
  type MachineOperand,
  type MachineOperation,
  type MachineRegister,
  machineSuccessors,
  visitOperation,
} from "../machine/machine.ts";
import type { Intervals } from "./build-intervals.ts";
import { onStack } from "./interval.ts";
import type { Allocation } from "./linear-scan.ts";
import type { Liveness } from "./liveness.ts";
import { type Move, orderMoves } from "./parallel-move.ts";
import { Places, type StackSource } from "./places.ts";

export interface Rewritten {
  readonly blocks: readonly MachineBlock[];
  /** Bytes of the frame in use. */
  readonly frameSize: number;
}

export function rewrite(
  machine: MachineFunction,
  liveness: Liveness,
  intervals: Intervals,
  allocation: Allocation,
  frameSize: number,
): Rewritten {
  const places = new Places(machine, allocation, frameSize);
  const rewriter = new Rewriter(machine, intervals, places);
  rewriter.collectMovesInBlocks(allocation);
  for (let block = 0; block < machine.blocks.length; block++) {
    rewriter.collectMovesOnEdges(block, liveness);
  }
  const blocks = machine.blocks.map((block, index) => rewriter.block(block, index));
  return { blocks, frameSize: places.frameSize };
}

type Moves = Move<StackSource>[];

class Rewriter {
  readonly #machine: MachineFunction;
  readonly #intervals: Intervals;
  readonly #places: Places;
  /** By number of the instruction they precede. */
  readonly #inBlocks = new Map<number, Moves>();
  readonly #atStarts = new Map<number, Moves>();
  readonly #atEnds = new Map<number, Moves>();
  readonly #predecessorCounts: Uint32Array;
  #output: MachineInstruction[] = [];
  #span: TextSpan | undefined;

  constructor(machine: MachineFunction, intervals: Intervals, places: Places) {
    this.#machine = machine;
    this.#intervals = intervals;
    this.#places = places;
    this.#predecessorCounts = new Uint32Array(machine.blocks.length);
    for (const { end } of machine.blocks) {
      for (const successor of machineSuccessors(end)) {
        this.#predecessorCounts[successor] = (this.#predecessorCounts[successor] ?? 0) + 1;
      }
    }
  }

  collectMovesInBlocks(allocation: Allocation): void {
    const starts = new Set(this.#intervals.blockStarts);
    for (const parts of allocation) {
      if (!parts) continue;
      for (let index = 1; index < parts.length; index++) {
        const before = parts[index - 1];
        const after = parts[index];
        if (!before || !after || before.end !== after.start || after.start % 2 !== 0) continue;
        const number = after.start / 2;
        if (!starts.has(number)) {
          this.#add(this.#inBlocks, number, after.register, before.place, after.place);
        }
      }
    }
  }

  collectMovesOnEdges(block: number, liveness: Liveness): void {
    const end = this.#machine.blocks[block]?.end;
    const successors = end ? machineSuccessors(end) : [];
    const atEnd = 2 * this.#start(block + 1) - 1;
    for (const successor of successors) {
      const isOnlyWayIn = (this.#predecessorCounts[successor] ?? 0) < 2;
      const atStart = 2 * this.#start(successor);
      liveness.forEachLiveIn(successor, (register) => {
        const from = this.#places.at(register, atEnd);
        const to = this.#places.at(register, atStart);
        if (isOnlyWayIn) this.#add(this.#atStarts, successor, register, from, to);
        else this.#add(this.#atEnds, block, register, from, to);
      });
    }
  }

  #start(block: number): number {
    return this.#intervals.blockStarts[block] ?? 0;
  }

  #add(
    table: Map<number, Moves>,
    key: number,
    register: MachineRegister,
    from: number,
    to: number,
  ): void {
    if (from === to || to === onStack) return;
    let moves = table.get(key);
    if (!moves) {
      moves = [];
      table.set(key, moves);
    }
    moves.push({ to, from: from === onStack ? this.#places.stackSource(register) : from });
  }

  block({ instructions, end }: MachineBlock, index: number): MachineBlock {
    this.#output = [];
    const first = this.#start(index);
    this.#span = (instructions[0] ?? end).span;
    this.#move(this.#atStarts.get(index));
    for (const [offset, { operation, span }] of instructions.entries()) {
      this.#span = span;
      this.#move(this.#inBlocks.get(first + offset));
      this.#instruction(operation, first + offset);
    }
    const last = first + instructions.length;
    this.#span = end.span;
    this.#move(this.#inBlocks.get(last));
    this.#move(this.#atEnds.get(index));
    return { instructions: this.#output, end: this.#end(end, 2 * last) };
  }

  #end(end: MachineEnd, position: number): MachineEnd {
    if (end.op !== "jump-if") return end;
    return {
      ...end,
      left: this.#placeOf(end.left, position),
      right: this.#operand(end.right, position),
    };
  }

  #emit(operation: MachineOperation): void {
    this.#output.push({ operation, span: this.#span });
  }

  #move(moves: Moves | undefined): void {
    for (const step of moves ? orderMoves(moves) : []) {
      switch (step.kind) {
        case "copy":
          this.#emit({ op: "move", width: 64, into: step.to, from: { register: step.from } });
          break;
        case "load":
          this.#emit(step.from.load(step.to));
          break;
        case "save":
          this.#emit(this.#places.scratch.store(step.from));
          break;
        case "restore":
          this.#emit(this.#places.scratch.load(step.to));
      }
    }
  }

  #instruction(operation: MachineOperation, number: number): void {
    if (operation.op === "move" && operation.width === 64) {
      this.#moveInstruction(operation, number);
    } else {
      this.#emit(this.#withRegisters(operation, number));
    }
    this.#storeSpilled(operation, number);
  }

  /** A move with one side on the stack is a load or a store; one within a register is nothing. */
  #moveInstruction(
    { into, from }: Extract<MachineOperation, { op: "move" }>,
    number: number,
  ): void {
    const to = this.#placeOf(into, 2 * number + 1);
    if (to === onStack) {
      if (this.#places.isSpilled(into)) {
        this.#emit(this.#places.store(into, this.#operand(from, 2 * number)));
      }
      return;
    }
    if ("immediate" in from) {
      this.#emit({ op: "move", width: 64, into: to, from });
      return;
    }
    const source = this.#placeOf(from.register, 2 * number);
    if (source === onStack) this.#emit(this.#places.stackSource(from.register).load(to));
    else if (source !== to) {
      this.#emit({ op: "move", width: 64, into: to, from: { register: source } });
    }
  }

  #storeSpilled(operation: MachineOperation, number: number): void {
    visitOperation(operation, (register, access) => {
      if (access === "read" || !this.#places.isSpilled(register)) return;
      const place = this.#placeOf(register, 2 * number + 1);
      if (place !== onStack) this.#emit(this.#places.store(register, { register: place }));
    });
  }

  #placeOf(register: MachineRegister, position: number): number {
    return register < firstVirtual ? register : this.#places.at(register, position);
  }

  #operand(operand: MachineOperand, position: number): MachineOperand {
    if ("immediate" in operand) return operand;
    return { register: this.#placeOf(operand.register, position) };
  }

  #withRegisters(operation: MachineOperation, number: number): MachineOperation {
    const read = (register: MachineRegister): number => this.#placeOf(register, 2 * number);
    const written = (register: MachineRegister): number => this.#placeOf(register, 2 * number + 1);
    switch (operation.op) {
      case "alu":
        return {
          ...operation,
          into: read(operation.into),
          by: this.#operand(operation.by, 2 * number),
        };
      case "move":
        return {
          ...operation,
          into: written(operation.into),
          from: this.#operand(operation.from, 2 * number),
        };
      case "load":
        return { ...operation, into: written(operation.into), base: read(operation.base) };
      case "store":
        return {
          ...operation,
          base: read(operation.base),
          from: this.#operand(operation.from, 2 * number),
        };
      case "atomic":
        return { ...operation, base: read(operation.base), from: read(operation.from) };
      case "clear-unless":
        return {
          ...operation,
          into: read(operation.into),
          left: read(operation.left),
          right: this.#operand(operation.right, 2 * number),
        };
      case "call":
        return operation;
      default:
        return { ...operation, into: written(operation.into) };
    }
  }
}
