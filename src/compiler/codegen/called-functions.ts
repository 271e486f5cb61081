/** Which functions of a program are called at all: the verifier refuses those nobody calls. */

import type { BlockId, IrFunction, Terminator } from "../ir/ir.ts";

/** The entry function and all it calls, entry first. */
export function calledFunctions(
  functions: ReadonlyMap<string, IrFunction>,
  entry: string,
): readonly IrFunction[] {
  const called = new Map<string, IrFunction>();
  const visit = (name: string): void => {
    const made = functions.get(name);
    if (!made) throw new Error(`no function ${name}`);
    if (called.has(name)) return;
    called.set(name, made);
    for (const callee of calleesOf(made)) visit(callee);
  };
  visit(entry);
  return [...called.values()];
}

function* calleesOf(made: IrFunction): Iterable<string> {
  for (const id of reachableBlocks(made)) {
    for (const instruction of made.blocks[id]?.instructions ?? []) {
      if (instruction.op === "function-address") yield instruction.function;
      if (instruction.op !== "call" || instruction.callee.kind !== "function") continue;
      yield instruction.callee.name;
    }
  }
}

function reachableBlocks({ blocks }: IrFunction): ReadonlySet<BlockId> {
  const reached = new Set<BlockId>();
  const pending: BlockId[] = [0 as BlockId];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    const block = blocks[id];
    if (block) pending.push(...successors(block.terminator));
  }
  return reached;
}

function successors(terminator: Terminator): readonly BlockId[] {
  switch (terminator.op) {
    case "jump":
      return [terminator.target];
    case "branch":
      return [terminator.whenTrue, terminator.whenFalse];
    case "return":
      return [];
  }
}
