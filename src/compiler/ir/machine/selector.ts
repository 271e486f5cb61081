/** The state of instruction selection for one function, and the ways to get a value into place. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { IrFunction, IrOperation, Value, Virtual } from "../ir.ts";
import { definitionOf, isConstant, operandsOf, terminatorOperands } from "../operands.ts";
import { type FrameLayout, slotOffset } from "./frame.ts";
import {
  firstVirtual,
  framePointer,
  type MachineInstruction,
  type MachineOperand,
  type MachineOperation,
  type MachineRegister,
} from "./machine.ts";

/** Cheaper to make again at each use than to keep in a register. */
type Inlined = Extract<IrOperation, { op: "frame-address" | "map" | "function-address" }>;

export class Selector {
  readonly frame: FrameLayout;
  readonly instructionSetV4: boolean;
  span: TextSpan | undefined;
  instructions: MachineInstruction[] = [];
  registerCount: number;
  readonly #inlined: ReadonlyMap<Virtual, Inlined>;
  readonly #useCounts: Uint32Array;

  constructor(irFunction: IrFunction, frame: FrameLayout, instructionSetV4: boolean) {
    this.frame = frame;
    this.instructionSetV4 = instructionSetV4;
    this.registerCount = firstVirtual + irFunction.virtualCount;
    this.#inlined = findInlined(irFunction);
    this.#useCounts = countUses(irFunction);
  }

  emit(operation: MachineOperation): void {
    this.instructions.push({ operation, span: this.span });
  }

  temporary(): MachineRegister {
    const register = this.registerCount;
    this.registerCount += 1;
    return register;
  }

  useCount(value: Virtual): number {
    return this.#useCounts[value] ?? 0;
  }

  /** The value in some register, which is not to be changed. */
  register(value: Value): MachineRegister {
    if (!isConstant(value) && !this.#inlined.has(value)) return virtualRegister(value);
    const into = this.temporary();
    this.moveInto(into, value);
    return into;
  }

  moveInto(into: MachineRegister, value: Value): void {
    if (isConstant(value)) {
      this.#loadConstant(into, BigInt.asIntN(64, value));
      return;
    }
    const inlined = this.#inlined.get(value);
    if (inlined) {
      this.#makeInlined(into, inlined);
      return;
    }
    const register = virtualRegister(value);
    if (register !== into) this.move(into, register);
  }

  move(into: MachineRegister, from: MachineRegister): void {
    this.emit({ op: "move", width: 64, into, from: { register: from } });
  }

  /** The value as an immediate where it fits an instruction that computes on `width` bits. */
  operand(value: Value, width: 32 | 64): MachineOperand {
    if (!isConstant(value)) return { register: this.register(value) };
    const signed = BigInt.asIntN(width, value);
    if (fitsImmediate(signed)) return { immediate: Number(signed) };
    return { register: this.register(signed) };
  }

  /** Base register and offset of a memory access; frame slots are reached from r10. */
  address(base: Virtual, offset: number): { base: MachineRegister; offset: number } {
    const inlined = this.#inlined.get(base);
    if (inlined?.op !== "frame-address") return { base: this.register(base), offset };
    const inFrame = slotOffset(this.frame, inlined.slot) + inlined.offset + offset;
    return { base: framePointer, offset: inFrame };
  }

  /** Code for an address that is made at each use; it is put in its register if that has others. */
  defineInlined(operation: Inlined): void {
    if (!this.#inlined.has(operation.into)) {
      this.#makeInlined(virtualRegister(operation.into), operation);
    }
  }

  #loadConstant(into: MachineRegister, value: bigint): void {
    if (fitsImmediate(value)) {
      this.emit({ op: "move", width: 64, into, from: { immediate: Number(value) } });
    } else {
      this.emit({ op: "load-immediate", into, value });
    }
  }

  #makeInlined(into: MachineRegister, inlined: Inlined): void {
    switch (inlined.op) {
      case "map":
        this.emit({ op: "load-map", into, map: inlined.map });
        return;
      case "function-address":
        this.emit({ op: "load-function", into, function: inlined.function });
        return;
      case "frame-address": {
        const immediate = slotOffset(this.frame, inlined.slot) + inlined.offset;
        this.move(into, framePointer);
        this.emit({ op: "alu", operator: "+", width: 64, into, by: { immediate } });
      }
    }
  }
}

export function virtualRegister(value: Virtual): MachineRegister {
  return firstVirtual + value;
}

export function fitsImmediate(value: bigint): boolean {
  return BigInt.asIntN(32, value) === value;
}

/** Registers assigned once, by an address that takes no operand. */
function findInlined(irFunction: IrFunction): Map<Virtual, Inlined> {
  const definitions = new Uint8Array(irFunction.virtualCount);
  const inlined = new Map<Virtual, Inlined>();
  for (const { instructions } of irFunction.blocks) {
    for (const instruction of instructions) {
      const into = definitionOf(instruction);
      if (into === undefined) continue;
      const before = definitions[into] ?? 0;
      definitions[into] = 1;
      if (before > 0) inlined.delete(into);
      else if (isInlinable(instruction)) inlined.set(into, instruction);
    }
  }
  return inlined;
}

function isInlinable(operation: IrOperation): operation is Inlined {
  return (
    operation.op === "frame-address" ||
    operation.op === "map" ||
    operation.op === "function-address"
  );
}

function countUses(irFunction: IrFunction): Uint32Array {
  const counts = new Uint32Array(irFunction.virtualCount);
  const count = (value: Value): void => {
    if (!isConstant(value)) counts[value] = (counts[value] ?? 0) + 1;
  };
  for (const { instructions, terminator } of irFunction.blocks) {
    for (const instruction of instructions) operandsOf(instruction).forEach(count);
    terminatorOperands(terminator).forEach(count);
  }
  return counts;
}
