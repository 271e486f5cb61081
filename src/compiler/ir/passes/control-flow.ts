/** The order and the dominance of blocks. */

import type { Block, BlockId, IrFunction } from "../ir.ts";
import { successorsOf } from "../operands.ts";

/** Reachable blocks, each before its successors except along back edges; the true side is next. */
export function reversePostorder(blocks: readonly Block[]): readonly BlockId[] {
  const seen = new Uint8Array(blocks.length);
  const postorder: BlockId[] = [];
  const stack: { readonly id: BlockId; readonly successors: BlockId[] }[] = [];
  const visit = (id: BlockId): void => {
    const block = blocks[id];
    if (!block || seen[id] === 1) return;
    seen[id] = 1;
    stack.push({ id, successors: nextSideLast(block) });
  };
  visit(0 as BlockId);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const successor = top.successors.shift();
    if (successor === undefined) {
      postorder.push(top.id);
      stack.pop();
    } else visit(successor);
  }
  return postorder.reverse();
}

/** The side that is to follow its block directly is visited last. */
function nextSideLast({ terminator }: Block): BlockId[] {
  if (terminator.op !== "branch") return [...successorsOf(terminator)];
  const { whenTrue, whenFalse, unlikely } = terminator;
  return unlikely === "true" ? [whenTrue, whenFalse] : [whenFalse, whenTrue];
}

export function predecessorsOf(irFunction: IrFunction): readonly (readonly BlockId[])[] {
  const predecessors: BlockId[][] = irFunction.blocks.map(() => []);
  for (const [id, { terminator }] of irFunction.blocks.entries()) {
    for (const successor of successorsOf(terminator)) predecessors[successor]?.push(id as BlockId);
  }
  return predecessors;
}

/**
 * The children of each block in the dominator tree (Cooper, Harvey and Kennedy, "A simple, fast
 * dominance algorithm", 2001).
 */
export function dominatorTree(
  irFunction: IrFunction,
  order: readonly BlockId[],
): readonly (readonly BlockId[])[] {
  const dominators = immediateDominators(irFunction, order);
  const children: BlockId[][] = irFunction.blocks.map(() => []);
  for (const [position, id] of order.entries()) {
    const parent = order[dominators[position] ?? 0];
    if (position > 0 && parent !== undefined) children[parent]?.push(id);
  }
  return children;
}

/** All by position in `order`. */
function immediateDominators(irFunction: IrFunction, order: readonly BlockId[]): Int32Array {
  const rank = new Int32Array(irFunction.blocks.length).fill(-1);
  for (const [position, id] of order.entries()) rank[id] = position;
  const predecessors = predecessorsOf(irFunction);
  const predecessorRanks = order.map((id) =>
    (predecessors[id] ?? []).map((one) => rank[one] ?? -1).filter((one) => one >= 0),
  );
  const dominators = new Int32Array(order.length).fill(-1);
  dominators[0] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let position = 1; position < order.length; position++) {
      const common = (predecessorRanks[position] ?? [])
        .filter((one) => dominators[one] !== -1)
        .reduce((left, right) => meet(dominators, left, right));
      changed ||= dominators[position] !== common;
      dominators[position] = common;
    }
  }
  return dominators;
}

function meet(dominators: Int32Array, left: number, right: number): number {
  let [a, b] = [left, right];
  while (a !== b) {
    if (a > b) a = dominators[a] ?? 0;
    else b = dominators[b] ?? 0;
  }
  return a;
}
