/**
 * Reads the context pointer and the parameters once, at the very start: r1–r5 hold them only until
 * the first call.
 */

import type { Block, IrFunction, IrInstruction, Virtual } from "../ir.ts";

type Input = Extract<IrInstruction, { op: "context" | "parameter" }>;

export function hoistInputs(irFunction: IrFunction): IrFunction {
  let { virtualCount } = irFunction;
  const inputs = new Map<number, IrInstruction & { readonly into: Virtual }>();
  const hoist = (instruction: IrInstruction): IrInstruction => {
    if (!isInput(instruction)) return instruction;
    const index = instruction.op === "context" ? 0 : instruction.index;
    let input = inputs.get(index);
    if (!input) {
      input = { ...instruction, into: virtualCount as Virtual };
      virtualCount += 1;
      inputs.set(index, input);
    }
    return { op: "copy", into: instruction.into, from: input.into, span: instruction.span };
  };
  const blocks = irFunction.blocks.map(
    ({ instructions, terminator }): Block => ({
      instructions: instructions.map(hoist),
      terminator,
    }),
  );
  const [entry, ...others] = blocks;
  if (!entry || inputs.size === 0) return irFunction;
  const first = [...inputs.entries()]
    .toSorted(([left], [right]) => left - right)
    .map(([, input]) => input);
  return {
    ...irFunction,
    virtualCount,
    blocks: [{ ...entry, instructions: [...first, ...entry.instructions] }, ...others],
  };
}

function isInput(instruction: IrInstruction): instruction is Input {
  return instruction.op === "context" || instruction.op === "parameter";
}
