/**
 * Constant folding, copy propagation and simplification in one walk that meets every definition
 * before its uses. Registers assigned once are replaced everywhere; variables within a block, up to
 * the next assignment.
 */

import type { Block, IrFunction, IrInstruction, Terminator, Value, Virtual } from "../ir.ts";
import {
  definitionOf,
  isConstant,
  replaceOperands,
  replaceTerminatorOperands,
  swappedComparisons,
} from "../operands.ts";
import { evaluateComparison } from "./constants.ts";
import { reversePostorder } from "./control-flow.ts";
import { Definitions } from "./definitions.ts";
import { simplifyOperation } from "./simplify-operation.ts";

export function simplify(irFunction: IrFunction): IrFunction {
  const walk = new Walk(irFunction);
  const blocks = [...irFunction.blocks];
  for (const id of reversePostorder(irFunction.blocks)) {
    const block = irFunction.blocks[id];
    if (block) blocks[id] = walk.block(block);
  }
  return { ...irFunction, blocks };
}

class Walk {
  readonly #definitions: Definitions;
  /** For registers assigned once: the constant or other such register they equal. */
  readonly #everywhere: (Value | undefined)[];
  /** For this block: what a register equals until either is assigned. */
  #here = new Map<Virtual, Value>();

  constructor(irFunction: IrFunction) {
    this.#definitions = new Definitions(irFunction);
    this.#everywhere = new Array<Value | undefined>(irFunction.virtualCount).fill(undefined);
  }

  block({ instructions, terminator }: Block): Block {
    this.#here = new Map();
    return {
      instructions: instructions.map((instruction) => this.#instruction(instruction)),
      terminator: simplifyTerminator(replaceTerminatorOperands(terminator, this.#known)),
    };
  }

  readonly #known = (value: Value): Value => {
    if (isConstant(value)) return value;
    return this.#everywhere[value] ?? this.#here.get(value) ?? value;
  };

  #instruction(instruction: IrInstruction): IrInstruction {
    const replaced = replaceOperands(instruction, this.#known);
    const operation = simplifyOperation(replaced, this.#definitions);
    const simpler = operation === replaced ? replaced : { ...operation, span: instruction.span };
    const into = definitionOf(simpler);
    if (into === undefined) return simpler;
    this.#forget(into);
    if (this.#definitions.isSingle(into)) this.#definitions.replace(simpler);
    if (simpler.op === "copy") this.#learn(into, simpler.from);
    return simpler;
  }

  #learn(into: Virtual, from: Value): void {
    if (this.#definitions.isSingle(into) && this.#definitions.isFixed(from)) {
      this.#everywhere[into] = from;
    } else if (from !== into) {
      this.#here.set(into, from);
    }
  }

  #forget(assigned: Virtual): void {
    this.#here.delete(assigned);
    if (this.#definitions.isSingle(assigned)) return;
    for (const [register, value] of this.#here) {
      if (value === assigned) this.#here.delete(register);
    }
  }
}

function simplifyTerminator(terminator: Terminator): Terminator {
  if (terminator.op !== "branch") return terminator;
  const { comparison, width, left, right, whenTrue, whenFalse } = terminator;
  if (isConstant(left) && isConstant(right)) {
    const holds = evaluateComparison(comparison, width, left, right);
    return { op: "jump", target: holds ? whenTrue : whenFalse };
  }
  if (whenTrue === whenFalse) return { op: "jump", target: whenTrue };
  if (!isConstant(left)) return terminator;
  return { ...terminator, comparison: swappedComparisons[comparison], left: right, right: left };
}
