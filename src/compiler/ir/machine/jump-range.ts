/** Jumps carry a 16-bit distance: finds out whether a function is too large for its own. */

import type { Instruction, Label, PlacedInstruction } from "../../../bpf/instruction.ts";

/** The size of the function in 8-byte slots where some jump does not reach; else undefined. */
export function findTooFarJump(instructions: readonly PlacedInstruction[]): number | undefined {
  const labels = new Map<Label, number>();
  let size = 0;
  for (const { instruction } of instructions) {
    if (instruction.op === "label") labels.set(instruction.label, size);
    size += slotsOf(instruction);
  }
  if (size <= 0x7fff) return undefined;
  let position = 0;
  for (const { instruction } of instructions) {
    position += slotsOf(instruction);
    if (instruction.op !== "jump" && instruction.op !== "jump-if") continue;
    const distance = (labels.get(instruction.target) ?? 0) - position;
    if (distance < -0x8000 || distance > 0x7fff) return size;
  }
  return undefined;
}

/** 64-bit immediates take two. */
export function slotsOf(instruction: Instruction): number {
  switch (instruction.op) {
    case "label":
      return 0;
    case "load-immediate":
    case "load-map":
    case "load-map-value":
    case "load-function":
      return 2;
    default:
      return 1;
  }
}
