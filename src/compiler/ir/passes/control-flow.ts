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
 * The children of each block in the dominator tree. Every loop must have one entry, as those of
 * structured code have: then edges back to it do not matter, and one walk in `order` is enough.
 */
export function dominatorTree(
  irFunction: IrFunction,
  order: readonly BlockId[],
): readonly (readonly BlockId[])[] {
  const tree = new Tree(order.length);
  const rank = new Int32Array(irFunction.blocks.length).fill(-1);
  for (const [position, id] of order.entries()) rank[id] = position;
  const predecessors = predecessorsOf(irFunction).map((ids) =>
    ids.map((id) => rank[id] ?? -1).filter((one) => one >= 0),
  );
  for (const [position, id] of order.entries()) {
    if (position === 0) continue;
    const earlier = (predecessors[id] ?? []).filter((one) => one < position);
    tree.add(
      position,
      earlier.reduce((left, right) => tree.commonAncestor(left, right)),
    );
  }
  for (const [position, id] of order.entries()) {
    const fromBehind = (predecessors[id] ?? []).find((one) => one > position);
    if (fromBehind !== undefined && tree.commonAncestor(position, fromBehind) !== position) {
      throw new Error(`function ${irFunction.name}: the loop at block ${id} has two entries`);
    }
  }
  const children: BlockId[][] = irFunction.blocks.map(() => []);
  for (const [position, id] of order.entries()) {
    const parent = order[tree.parentOf(position)];
    if (position > 0 && parent !== undefined) children[parent]?.push(id);
  }
  return children;
}

/** A growing tree with common ancestors in logarithmic time, by pointers that skip ahead. */
class Tree {
  readonly #parents: Int32Array;
  readonly #skips: Int32Array;
  readonly #depths: Int32Array;

  constructor(size: number) {
    this.#parents = new Int32Array(size);
    this.#skips = new Int32Array(size);
    this.#depths = new Int32Array(size);
  }

  add(node: number, parent: number): void {
    const skip = this.#skips[parent] ?? 0;
    const further = this.#skips[skip] ?? 0;
    const isEven =
      this.#depth(parent) - this.#depth(skip) === this.#depth(skip) - this.#depth(further);
    this.#parents[node] = parent;
    this.#depths[node] = this.#depth(parent) + 1;
    this.#skips[node] = isEven ? further : parent;
  }

  parentOf(node: number): number {
    return this.#parents[node] ?? 0;
  }

  commonAncestor(left: number, right: number): number {
    const depth = Math.min(this.#depth(left), this.#depth(right));
    let a = this.#ancestorAt(left, depth);
    let b = this.#ancestorAt(right, depth);
    while (a !== b) {
      const skips = this.#skips[a] !== this.#skips[b];
      a = (skips ? this.#skips[a] : this.#parents[a]) ?? 0;
      b = (skips ? this.#skips[b] : this.#parents[b]) ?? 0;
    }
    return a;
  }

  #ancestorAt(node: number, depth: number): number {
    let at = node;
    while (this.#depth(at) > depth) {
      const skip = this.#skips[at] ?? 0;
      at = this.#depth(skip) >= depth ? skip : this.parentOf(at);
    }
    return at;
  }

  #depth(node: number): number {
    return this.#depths[node] ?? 0;
  }
}
