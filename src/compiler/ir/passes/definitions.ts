/** Registers that are assigned once: what they are holds wherever they can be read. */

import type { IrFunction, IrInstruction, Value, Virtual } from "../ir.ts";
import { definitionOf, isConstant } from "../operands.ts";

export class Definitions {
  readonly #counts: Uint32Array;
  readonly #definitions: (IrInstruction | undefined)[];

  constructor({ virtualCount, blocks }: IrFunction) {
    this.#counts = new Uint32Array(virtualCount);
    this.#definitions = new Array<IrInstruction | undefined>(virtualCount).fill(undefined);
    for (const { instructions } of blocks) {
      for (const instruction of instructions) {
        const into = definitionOf(instruction);
        if (into === undefined) continue;
        this.#counts[into] = (this.#counts[into] ?? 0) + 1;
        this.#definitions[into] = instruction;
      }
    }
  }

  isSingle(register: Virtual): boolean {
    return this.#counts[register] === 1;
  }

  /** True where the value is the same everywhere. */
  isFixed(value: Value): boolean {
    return isConstant(value) || this.isSingle(value);
  }

  /** The one instruction that makes the value; undefined for constants and variables. */
  of(value: Value): IrInstruction | undefined {
    return isConstant(value) || !this.isSingle(value) ? undefined : this.#definitions[value];
  }

  /** Puts a better instruction in the place of the one that made its register. */
  replace(instruction: IrInstruction): void {
    const into = definitionOf(instruction);
    if (into !== undefined) this.#definitions[into] = instruction;
  }
}
