/** A branch on the result of a comparison becomes a branch on the comparison itself. */

import type { Comparison } from "../../../bpf/instruction.ts";
import type { Block, BlockId, IrFunction, IrInstruction, Terminator, Value } from "../ir.ts";
import { definitionOf, isConstant } from "../operands.ts";
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
  if (terminator.op === "branch") terminator = narrowed(terminator, definitions);
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

const signedComparisons: ReadonlySet<Comparison> = new Set(["==", "!=", "s>", "s>=", "s<", "s<="]);
const unsignedComparisons: ReadonlySet<Comparison> = new Set([
  "==",
  "!=",
  ">",
  ">=",
  "<",
  "<=",
  "&",
]);

/** Comparing two 32-bit values that were extended alike needs no extension. */
function narrowed(branch: Branch, definitions: Definitions): Branch {
  const made = definitions.of(branch.left);
  if (branch.width !== 64 || made?.op !== "extend" || made.size !== 4) return branch;
  const comparisons = made.signed ? signedComparisons : unsignedComparisons;
  if (!comparisons.has(branch.comparison) || !definitions.isFixed(made.from)) return branch;
  const right = low32(branch.right, made.signed, definitions);
  return right === undefined ? branch : { ...branch, width: 32, left: made.from, right };
}

/** A value whose low half, extended in the given way, is `value`. */
function low32(value: Value, signed: boolean, definitions: Definitions): Value | undefined {
  if (isConstant(value)) {
    const extended = signed ? BigInt.asIntN(32, value) : BigInt.asUintN(32, value);
    return BigInt.asUintN(64, extended) === BigInt.asUintN(64, value) ? value : undefined;
  }
  const made = definitions.of(value);
  const isAlike = made?.op === "extend" && made.size === 4 && made.signed === signed;
  return isAlike && definitions.isFixed(made.from) ? made.from : undefined;
}
