/** The code of one of the kernel's functions, as a test looks at it: where control goes. */

import { readKernelSymbols } from "../../src/kernel/symbols/kernel-symbols.ts";
import { openKernelText } from "../../src/kernel/symbols/kernel-text.ts";
import { createDecoder } from "../../src/providers/instr/decoder.ts";
import { decodeFunction } from "../../src/providers/instr/function-code.ts";

export interface FlowInstruction {
  readonly offset: number;
  readonly mnemonic: string;
  /** Where a jump goes, in the function. */
  readonly target: number | undefined;
  /** Control may go on behind it. */
  readonly goesOn: boolean;
}

export interface KernelCode {
  readonly start: bigint;
  readonly instructions: readonly FlowInstruction[];
}

const leaving = /^(jmp|ret\w*|ud2|int3|b|br|brk|eret)$/;
const jumping = /^(j\w+|loop\w*|b|b\.\w+|cbn?z|tbn?z)$/;

export function kernelCode(name: string): KernelCode {
  const [found] = readKernelSymbols()
    .functionsCalled(new Set([name]))
    .filter(({ module }) => module === "vmlinux");
  using text = openKernelText();
  if (!found || !text) throw new Error(`the code of ${name} cannot be read`);
  const { start, end } = found.range;
  const decode = createDecoder(process.arch === "arm64" ? "arm64" : "x64");
  const instructions = decodeFunction(text, decode, { start, end, last: undefined }) ?? [];
  return {
    start,
    instructions: instructions.map(({ address, mnemonic, operands }) => {
      const [, target] = /#?(0x[0-9a-f]+)$/.exec(operands) ?? [];
      const isJump = jumping.test(mnemonic) && target !== undefined;
      return {
        offset: Number(address - start),
        mnemonic,
        target: isJump ? Number(BigInt(target) - start) : undefined,
        goesOn: !leaving.test(mnemonic),
      };
    }),
  };
}

/** How often an instruction ran, and how often it was a jump that was taken. */
export interface Runs {
  readonly total: number;
  readonly taken: number;
}

/**
 * How often control must have come to each instruction, from what the others tell. Those that
 * could not be counted are passed through: they do nothing, or always jump.
 */
export function arrivals(
  { instructions }: KernelCode,
  counted: ReadonlyMap<number, Runs>,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [index, { offset }] of instructions.entries()) {
    const before = instructions[index - 1];
    const jumps = instructions.filter(({ target }) => target === offset);
    const fallen = before?.goesOn ? passes(before, counted, found) : 0;
    const jumped = jumps.map((jump) => takes(jump, counted, found));
    found.set(
      offset,
      jumped.reduce((sum, count) => sum + count, fallen),
    );
  }
  return found;
}

function passes(
  { offset }: FlowInstruction,
  counted: ReadonlyMap<number, Runs>,
  found: ReadonlyMap<number, number>,
): number {
  const runs = counted.get(offset);
  return runs ? runs.total - runs.taken : (found.get(offset) ?? 0);
}

function takes(
  { offset, goesOn }: FlowInstruction,
  counted: ReadonlyMap<number, Runs>,
  found: ReadonlyMap<number, number>,
): number {
  const runs = counted.get(offset);
  if (runs) return runs.taken;
  return goesOn ? 0 : (found.get(offset) ?? 0);
}
