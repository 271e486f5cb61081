/** The instructions of one function, without what only fills the room up to the next. */

import type { AddressRange } from "../../kernel/symbols/kernel-symbols.ts";
import type { KernelText } from "../../kernel/symbols/kernel-text.ts";
import { type Decoder, type Instruction, unknownInstruction } from "./decoder.ts";

/** Longer is no instruction. */
const longestInstruction = 16;

/** `last` is where the last begins that is asked for. Undefined where the code is not there. */
export function decodeFunction(
  text: KernelText,
  decode: Decoder,
  { start, end, last }: AddressRange & { readonly last: bigint | undefined },
): readonly Instruction[] | undefined {
  const size = Number(end - start);
  const wanted = last === undefined ? size : Number(last - start) + longestInstruction;
  const code = text.read(start, Math.min(size, wanted));
  if (!code) return undefined;
  const instructions = withoutAddress(decode(withoutZeros(code), start));
  const lastOwn = instructions.findLastIndex((each) => !isFiller(each));
  const own = wanted < size ? instructions : instructions.slice(0, lastOwn + 1);
  return own.filter(({ mnemonic }) => mnemonic !== breakpoint);
}

/** Stands behind jumps that are always taken, on x86-64; kprobes refuse it. */
const breakpoint = "int3";

/** Between functions stand breakpoints and instructions that do nothing. */
const fillers: ReadonlySet<string> = new Set([breakpoint, "nop", "udf"]);

/** Zeros read as an instruction, too. */
const isFiller = ({ mnemonic, operands }: Instruction): boolean =>
  fillers.has(mnemonic) || (mnemonic === "add" && operands === "byte ptr [rax], al");

/**
 * On arm64 the kernel keeps an address for ftrace before a function, and so behind another: its
 * upper half is no instruction.
 */
function withoutAddress(instructions: readonly Instruction[]): readonly Instruction[] {
  const last = instructions.at(-1);
  const isAddress = last?.mnemonic === unknownInstruction && last.operands.startsWith("0xffff");
  return isAddress ? instructions.slice(0, -2) : instructions;
}

/** Behind the last function of a module. */
function withoutZeros(code: Uint8Array): Uint8Array {
  const lastOwn = code.findLastIndex((byte) => byte !== 0);
  return code.subarray(0, Math.min(lastOwn + 1 + longestImmediate, code.length));
}

/** Zeros that an instruction may end with. */
const longestImmediate = 8;
