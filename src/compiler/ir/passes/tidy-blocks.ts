/**
 * Puts blocks in their final order: jumps through empty blocks go to where those lead, a block that
 * only one other jumps to joins it, unreachable ones go, and rarely taken sides stand at the end.
 */

import type { Block, BlockId, IrFunction, Terminator } from "../ir.ts";
import { successorsOf } from "../operands.ts";
import { predecessorsOf, reversePostorder } from "./control-flow.ts";

export function tidyBlocks(irFunction: IrFunction): IrFunction {
  return placeBlocks(joinBlocks(threadJumps(irFunction)));
}

function threadJumps(irFunction: IrFunction): IrFunction {
  const { blocks } = irFunction;
  const destination = (id: BlockId): BlockId => {
    let target = id;
    for (let steps = 0; steps < blocks.length; steps++) {
      const block = blocks[target];
      if (block?.terminator.op !== "jump" || block.instructions.length > 0) break;
      target = block.terminator.target;
    }
    return target;
  };
  return {
    ...irFunction,
    blocks: blocks.map(({ instructions, terminator }) => ({
      instructions,
      terminator: simpleTerminator(retargeted(terminator, destination)),
    })),
  };
}

function simpleTerminator(terminator: Terminator): Terminator {
  return terminator.op === "branch" && terminator.whenTrue === terminator.whenFalse
    ? { op: "jump", target: terminator.whenTrue }
    : terminator;
}

function retargeted(terminator: Terminator, to: (id: BlockId) => BlockId): Terminator {
  switch (terminator.op) {
    case "jump":
      return { ...terminator, target: to(terminator.target) };
    case "branch":
      return {
        ...terminator,
        whenTrue: to(terminator.whenTrue),
        whenFalse: to(terminator.whenFalse),
      };
    case "return":
      return terminator;
  }
}

function joinBlocks(irFunction: IrFunction): IrFunction {
  const order = reversePostorder(irFunction.blocks);
  const reachable = new Set<number>(order);
  const entries = predecessorsOf(irFunction).map(
    (predecessors) => predecessors.filter((one) => reachable.has(one)).length,
  );
  const blocks = [...irFunction.blocks];
  const joined = new Set<BlockId>();
  const isEnteredOnce = (id: BlockId): boolean => id !== 0 && entries[id] === 1;
  for (const id of order) {
    const block = blocks[id];
    if (block && !joined.has(id))
      blocks[id] = withFollowers(id, block, blocks, isEnteredOnce, joined);
  }
  return { ...irFunction, blocks };
}

function withFollowers(
  id: BlockId,
  { instructions, terminator }: Block,
  blocks: readonly Block[],
  isEnteredOnce: (id: BlockId) => boolean,
  joined: Set<BlockId>,
): Block {
  const all = [...instructions];
  let end = terminator;
  while (end.op === "jump" && end.target !== id && isEnteredOnce(end.target)) {
    const next = blocks[end.target];
    if (!next) break;
    for (const instruction of next.instructions) all.push(instruction);
    joined.add(end.target);
    end = next.terminator;
  }
  return { instructions: all, terminator: end };
}

function placeBlocks(irFunction: IrFunction): IrFunction {
  const { blocks } = irFunction;
  const order = reversePostorder(blocks);
  const likely = likelyBlocks(blocks);
  const placed = [
    ...order.filter((id) => likely.has(id)),
    ...order.filter((id) => !likely.has(id)),
  ];
  const positions = new Uint32Array(blocks.length);
  for (const [position, id] of placed.entries()) positions[id] = position;
  const positionOf = (id: BlockId): BlockId => (positions[id] ?? 0) as BlockId;
  return {
    ...irFunction,
    blocks: placed.flatMap((id) => {
      const block = blocks[id];
      if (!block) return [];
      return [{ ...block, terminator: retargeted(block.terminator, positionOf) }];
    }),
  };
}

/** Blocks that can be reached without taking an unlikely side. */
function likelyBlocks(blocks: readonly Block[]): ReadonlySet<BlockId> {
  const likely = new Set<BlockId>();
  const pending = [0 as BlockId];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const terminator = blocks[id]?.terminator;
    if (!terminator || likely.has(id)) continue;
    likely.add(id);
    for (const successor of likelySuccessors(terminator)) pending.push(successor);
  }
  return likely;
}

function likelySuccessors(terminator: Terminator): readonly BlockId[] {
  if (terminator.op !== "branch" || !terminator.unlikely) return successorsOf(terminator);
  return [terminator.unlikely === "true" ? terminator.whenFalse : terminator.whenTrue];
}
