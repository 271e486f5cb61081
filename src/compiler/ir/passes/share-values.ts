/**
 * Common subexpressions: what was computed on every way to here is not computed again. This makes
 * one call of bpf_get_current_pid_tgid and one load per context field serve a whole firing.
 *
 * Addresses in the frame, maps and functions are left alone: they are cheaper made than kept.
 */

import type { Block, BlockId, Callee, IrFunction, IrInstruction, Virtual } from "../ir.ts";
import { definitionOf, operandsOf } from "../operands.ts";
import { dominatorTree, reversePostorder } from "./control-flow.ts";
import { Definitions } from "./definitions.ts";

export function shareValues(irFunction: IrFunction): IrFunction {
  const order = reversePostorder(irFunction.blocks);
  const children = dominatorTree(irFunction, order);
  const definitions = new Definitions(irFunction);
  const blocks: Block[] = [...irFunction.blocks];
  const available = new Map<string, Virtual>();

  const share = (instruction: IrInstruction, added: string[]): IrInstruction => {
    const key = keyOf(instruction, definitions);
    const into = definitionOf(instruction);
    if (key === undefined || into === undefined) return instruction;
    const known = available.get(key);
    if (known !== undefined) return { op: "copy", into, from: known, span: instruction.span };
    if (definitions.isSingle(into)) {
      available.set(key, into);
      added.push(key);
    }
    return instruction;
  };

  /** Leaving a block forgets what it computed. */
  const pending: ({ readonly enter: BlockId } | { readonly leave: readonly string[] })[] = [
    { enter: 0 as BlockId },
  ];
  for (let step = pending.pop(); step; step = pending.pop()) {
    if ("leave" in step) {
      for (const key of step.leave) available.delete(key);
      continue;
    }
    const block = blocks[step.enter];
    if (!block) continue;
    const added: string[] = [];
    blocks[step.enter] = {
      instructions: block.instructions.map((instruction) => share(instruction, added)),
      terminator: block.terminator,
    };
    pending.push({ leave: added });
    for (const child of children[step.enter] ?? []) pending.push({ enter: child });
  }
  return { ...irFunction, blocks };
}

/** Equal for operations that give equal values; undefined for those that must not be shared. */
function keyOf(instruction: IrInstruction, definitions: Definitions): string | undefined {
  const what = nameOf(instruction);
  if (what === undefined) return undefined;
  const operands = operandsOf(instruction);
  if (!operands.every((operand) => definitions.isFixed(operand))) return undefined;
  return `${what} ${operands.map(operandKey).join(" ")}`;
}

function operandKey(operand: bigint | number): string {
  return typeof operand === "bigint" ? operand.toString() : `v${operand}`;
}

function nameOf(instruction: IrInstruction): string | undefined {
  switch (instruction.op) {
    case "alu":
      return `${instruction.operator}${instruction.width}`;
    case "compare":
      return `? ${instruction.comparison}`;
    case "negate":
      return "negate";
    case "extend":
      return `extend ${instruction.size} ${instruction.signed}`;
    case "to-big-endian":
      return `be${instruction.bits}`;
    case "load":
      return instruction.pure ? `load ${instruction.size} ${instruction.offset}` : undefined;
    case "map-value":
      return `${instruction.map} ${instruction.offset}`;
    case "call":
      return instruction.pure ? `call ${calleeKey(instruction.callee)}` : undefined;
    default:
      return undefined;
  }
}

function calleeKey({ kind, name }: Callee): string {
  return `${kind} ${name}`;
}
