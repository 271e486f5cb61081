/** A branch on the result of a comparison becomes a branch on the comparison itself. */

import type { Block, BlockId, IrFunction, IrInstruction, Terminator } from "../ir.ts";
import { definitionOf } from "../operands.ts";
import { Definitions } from "./definitions.ts";

type Branch = Extract<Terminator, { op: "branch" }>;
type Compare = Extract<IrInstruction, { op: "compare" }>;

export function fuseBranches(irFunction: IrFunction): IrFunction {
  const definitions = new Definitions(irFunction);
  return {
    ...irFunction,
    blocks: irFunction.blocks.map((block) => fuseBlock(block, definitions)),
  };
}

function fuseBlock(block: Block, definitions: Definitions): Block {
  const { instructions } = block;
  let { terminator } = block;
  while (terminator.op === "branch") {
    const compare = testedComparison(terminator, instructions, definitions);
    if (!compare) break;
    terminator = fused(terminator, compare);
  }
  return { instructions, terminator };
}

/** The comparison whose result, and nothing else, decides the branch. */
function testedComparison(
  { comparison, left, right }: Branch,
  instructions: readonly IrInstruction[],
  definitions: Definitions,
): Compare | undefined {
  const isTest = right === 0n && (comparison === "==" || comparison === "!=");
  const made = isTest ? definitions.of(left) : undefined;
  if (made?.op !== "compare") return undefined;
  if (definitions.isFixed(made.left) && definitions.isFixed(made.right)) return made;
  return operandsKept(made, instructions) ? made : undefined;
}

/** The comparison stands in this block and no variable it reads is assigned behind it. */
function operandsKept(compare: Compare, instructions: readonly IrInstruction[]): boolean {
  for (let index = instructions.length - 1; index >= 0; index--) {
    const instruction = instructions[index];
    if (!instruction) continue;
    const into = definitionOf(instruction);
    if (into === compare.into) return true;
    if (into === compare.left || into === compare.right) return false;
  }
  return false;
}

function fused(branch: Branch, { comparison, left, right }: Compare): Branch {
  const isWhenClear = branch.comparison === "==";
  const whenTrue: BlockId = isWhenClear ? branch.whenFalse : branch.whenTrue;
  const whenFalse: BlockId = isWhenClear ? branch.whenTrue : branch.whenFalse;
  const unlikely = isWhenClear ? otherSide(branch.unlikely) : branch.unlikely;
  return { ...branch, comparison, width: 64, left, right, whenTrue, whenFalse, unlikely };
}

function otherSide(side: Branch["unlikely"]): Branch["unlikely"] {
  if (side === undefined) return undefined;
  return side === "true" ? "false" : "true";
}
