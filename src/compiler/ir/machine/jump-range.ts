/** Jumps carry a 16-bit distance: finds out whether a function is too large for its own. */

import { widthOf } from "../../../bpf/encode.ts";
import type { Label, PlacedInstruction } from "../../../bpf/instruction.ts";

/** The size of the function in 8-byte slots where some jump does not reach; else undefined. */
export function findTooFarJump(instructions: readonly PlacedInstruction[]): number | undefined {
  const labels = new Map<Label, number>();
  let size = 0;
  for (const { instruction } of instructions) {
    if (instruction.op === "label") labels.set(instruction.label, size);
    size += widthOf(instruction);
  }
  if (size <= 0x7fff) return undefined;
  let position = 0;
  for (const { instruction } of instructions) {
    position += widthOf(instruction);
    if (instruction.op !== "jump" && instruction.op !== "jump-if") continue;
    const distance = (labels.get(instruction.target) ?? 0) - position;
    if (distance < -0x8000 || distance > 0x7fff) return size;
  }
  return undefined;
}
