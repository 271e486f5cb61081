/**
 * `x = v` where x is a variable: behind it, reads of v in the block become reads of x, so that v
 * ends at the copy and both can have one register. The last pass: it hides what v is made of.
 */

import type { Block, IrFunction, IrInstruction, Value, Virtual } from "../ir.ts";
import {
  definitionOf,
  isConstant,
  operandsOf,
  replaceOperands,
  replaceTerminatorOperands,
  terminatorOperands,
} from "../operands.ts";
import { Definitions } from "./definitions.ts";

export function coalesceCopies(irFunction: IrFunction): IrFunction {
  const definitions = new Definitions(irFunction);
  const readers = readingBlocks(irFunction);
  return {
    ...irFunction,
    blocks: irFunction.blocks.map((block, id) =>
      coalesceBlock(block, (from, into) => {
        const isLocal = definitions.isSingle(from) && readers[from] === id;
        return isLocal && !definitions.isSingle(into);
      }),
    ),
  };
}

const several = -2;

/** By register, the one block that reads it, or `several`. */
function readingBlocks({ virtualCount, blocks }: IrFunction): Int32Array {
  const readers = new Int32Array(virtualCount).fill(-1);
  for (const [id, { instructions, terminator }] of blocks.entries()) {
    const read = (value: Value): void => {
      if (!isConstant(value))
        readers[value] = [-1, id].includes(readers[value] ?? -1) ? id : several;
    };
    for (const instruction of instructions) operandsOf(instruction).forEach(read);
    terminatorOperands(terminator).forEach(read);
  }
  return readers;
}

function coalesceBlock(
  { instructions, terminator }: Block,
  canFollow: (from: Virtual, into: Virtual) => boolean,
): Block {
  const replacements = new Map<Virtual, Virtual>();
  const replace = (value: Value): Value =>
    isConstant(value) ? value : (replacements.get(value) ?? value);
  const rewritten = instructions.map((instruction): IrInstruction => {
    const result = replacements.size > 0 ? replaceOperands(instruction, replace) : instruction;
    const into = definitionOf(result);
    if (into !== undefined) forget(replacements, into);
    if (result.op === "copy" && !isConstant(result.from) && canFollow(result.from, result.into)) {
      replacements.set(result.from, result.into);
    }
    return result;
  });
  return { instructions: rewritten, terminator: replaceTerminatorOperands(terminator, replace) };
}

function forget(replacements: Map<Virtual, Virtual>, assigned: Virtual): void {
  for (const [from, into] of replacements) {
    if (into === assigned) replacements.delete(from);
  }
}
