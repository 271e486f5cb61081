/**
 * Puts a block on every edge that leads from a block with two successors to one with several
 * predecessors, so that register moves have a place of their own. Those left empty vanish later.
 */

import { type MachineBlock, type MachineEnd, machineSuccessors } from "./machine.ts";

interface SelectedBlock extends MachineBlock {
  readonly unlikely: "true" | "false" | undefined;
}

export function splitCriticalEdges(blocks: readonly SelectedBlock[]): MachineBlock[] {
  const predecessorCounts = new Uint32Array(blocks.length);
  for (const { end } of blocks) {
    for (const successor of machineSuccessors(end)) {
      predecessorCounts[successor] = (predecessorCounts[successor] ?? 0) + 1;
    }
  }
  const order: Placed[] = [];
  const outOfLine: Placed[] = [];
  /** Numbers until the final order is known: new blocks follow the given ones. */
  let nextId = blocks.length;

  for (const [id, { instructions, end, unlikely }] of blocks.entries()) {
    const edges: Placed[] = [];
    const through = (target: number, rare: boolean): number => {
      if ((predecessorCounts[target] ?? 0) < 2) return target;
      const edge = {
        id: nextId,
        block: { instructions: [], end: { op: "jump", target, span: end.span } as const },
      };
      nextId += 1;
      (rare ? outOfLine : edges).push(edge);
      return edge.id;
    };
    const split: MachineEnd =
      end.op === "jump-if"
        ? {
            ...end,
            whenFalse: through(end.whenFalse, unlikely === "false"),
            whenTrue: through(end.whenTrue, unlikely === "true"),
          }
        : end;
    order.push({ id, block: { instructions, end: split } }, ...edges);
  }
  return renumber([...order, ...outOfLine], nextId);
}

interface Placed {
  readonly id: number;
  readonly block: MachineBlock;
}

function renumber(placed: readonly Placed[], count: number): MachineBlock[] {
  const positions = new Uint32Array(count);
  for (const [position, { id }] of placed.entries()) positions[id] = position;
  const at = (id: number): number => positions[id] ?? 0;
  return placed.map(({ block: { instructions, end } }) => ({
    instructions,
    end: retargeted(end, at),
  }));
}

export function retargeted(end: MachineEnd, at: (target: number) => number): MachineEnd {
  switch (end.op) {
    case "jump":
      return { ...end, target: at(end.target) };
    case "jump-if":
      return { ...end, whenTrue: at(end.whenTrue), whenFalse: at(end.whenFalse) };
    case "exit":
      return end;
  }
}
