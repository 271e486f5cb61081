/** Removes what computes values that nobody reads, and results of calls that nobody takes. */

import type { IrFunction, IrInstruction, IrOperation, Value, Virtual } from "../ir.ts";
import { definitionOf, isConstant, operandsOf, terminatorOperands } from "../operands.ts";

export function removeDead(irFunction: IrFunction): IrFunction {
  const live = findLive(irFunction);
  const isUnread = (into: Virtual | undefined): boolean => into !== undefined && live[into] === 0;
  const keep = (instruction: IrInstruction): readonly IrInstruction[] => {
    if (!isUnread(definitionOf(instruction))) return [instruction];
    return hasEffect(instruction) ? [withoutResult(instruction)] : [];
  };
  return {
    ...irFunction,
    blocks: irFunction.blocks.map(({ instructions, terminator }) => ({
      instructions: instructions.flatMap(keep),
      terminator,
    })),
  };
}

/** By register, 1 where some operation with an effect depends on it. */
function findLive(irFunction: IrFunction): Uint8Array {
  const { virtualCount, blocks } = irFunction;
  const live = new Uint8Array(virtualCount);
  const pending: Virtual[] = [];
  const read = (value: Value): void => {
    if (isConstant(value) || live[value] === 1) return;
    live[value] = 1;
    pending.push(value);
  };
  for (const { instructions, terminator } of blocks) {
    for (const instruction of instructions) {
      if (hasEffect(instruction)) operandsOf(instruction).forEach(read);
    }
    terminatorOperands(terminator).forEach(read);
  }
  const makers = makersByRegister(irFunction);
  for (let register = pending.pop(); register !== undefined; register = pending.pop()) {
    for (const maker of makers[register] ?? []) operandsOf(maker).forEach(read);
  }
  return live;
}

function makersByRegister({
  virtualCount,
  blocks,
}: IrFunction): readonly (readonly IrOperation[] | undefined)[] {
  const makers = new Array<IrOperation[] | undefined>(virtualCount).fill(undefined);
  for (const instruction of blocks.flatMap(({ instructions }) => instructions)) {
    const into = definitionOf(instruction);
    if (into === undefined) continue;
    const others = makers[into];
    if (others) others.push(instruction);
    else makers[into] = [instruction];
  }
  return makers;
}

/** Loads have none: the verifier admits only those that cannot fail. */
function hasEffect(operation: IrOperation): boolean {
  switch (operation.op) {
    case "store":
    case "atomic":
      return true;
    case "call":
      return !operation.pure;
    default:
      return false;
  }
}

function withoutResult(instruction: IrInstruction): IrInstruction {
  if (instruction.op === "call") return { ...instruction, into: undefined };
  const fetches =
    instruction.op === "atomic" &&
    (instruction.operation === "exchange" || instruction.operation === "compare-exchange");
  return instruction.op === "atomic" && !fetches
    ? { ...instruction, into: undefined }
    : instruction;
}
