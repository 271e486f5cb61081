/** Short ways to write programs and maps in kernel tests, and the check that nothing is left open. */

import assert from "node:assert/strict";
import type { HelperName } from "../../src/bpf/helpers.ts";
import type { Instruction, PlacedInstruction, Register } from "../../src/bpf/instruction.ts";
import type { MapSpec } from "../../src/bpf/map-spec.ts";
import type { FunctionSpec, ProgramSpec, ProgramType } from "../../src/bpf/program-spec.ts";
import { listIds } from "../../src/kernel/bpf-syscall.ts";
import { openDescriptorCount } from "../../src/kernel/descriptor.ts";

export const place = (instructions: readonly Instruction[]): readonly PlacedInstruction[] =>
  instructions.map((instruction) => ({ instruction, span: undefined }));

export const entry = (...instructions: readonly Instruction[]): FunctionSpec => ({
  name: "entry",
  role: "entry",
  instructions: place(instructions),
});

export const programOf = (
  type: ProgramType,
  ...functions: readonly FunctionSpec[]
): ProgramSpec => ({ name: "dtrace_test", type, functions });

export const rawTracepoint = (...functions: readonly FunctionSpec[]): ProgramSpec =>
  programOf("raw-tracepoint", ...functions);

export const map = (spec: Partial<MapSpec>): MapSpec => ({
  name: "test",
  type: "hash",
  keySize: 4,
  valueSize: 8,
  maxEntries: 16,
  flags: [],
  ...spec,
});

/** One 64-bit word that programs count in and the test sees. */
export const words = map({ name: "words", type: "array", maxEntries: 1, flags: ["mappable"] });

export const immediate = (value: number) => ({ immediate: value });
export const exit: Instruction = { op: "exit" };

export const move = (into: Register, value: number): Instruction => ({
  op: "move",
  width: 64,
  into,
  from: immediate(value),
});

export const copy = (into: Register, from: Register): Instruction => ({
  op: "move",
  width: 64,
  into,
  from: { register: from },
});

export const add = (into: Register, value: number): Instruction => ({
  op: "alu",
  operator: "+",
  width: 64,
  into,
  by: immediate(value),
});

export const load = (into: Register, base: Register, offset: number): Instruction => ({
  op: "load",
  into,
  base,
  offset,
  size: 8,
});

export const store = (base: Register, offset: number, from: Register): Instruction => ({
  op: "store",
  base,
  offset,
  size: 8,
  from: { register: from },
});

export const call = (helper: HelperName): Instruction => ({ op: "call-helper", helper });

export const jumpIf = (
  left: Register,
  comparison: "==" | "!=",
  value: number,
  target: string,
): Instruction => ({
  op: "jump-if",
  comparison,
  width: 64,
  left,
  right: immediate(value),
  target,
});

export const label = (name: string): Instruction => ({ op: "label", label: name });

/** Adds 1 to `words`. */
export const count: readonly Instruction[] = [
  { op: "load-map-value", into: 1, map: "words", offset: 0 },
  move(2, 1),
  { op: "atomic", operation: "+", fetch: false, size: 8, base: 1, offset: 0, from: 2 },
];

/** Every descriptor opened in between is closed again. */
export function isBalanced(run: () => void): void {
  const before = openDescriptorCount();
  run();
  assert.equal(openDescriptorCount(), before);
}

/** The kernel frees programs after a grace period. */
export async function goneFromKernel(program: number): Promise<boolean> {
  for (let waited = 0; waited < 250; waited += 1) {
    if (!listIds("program").includes(program)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
