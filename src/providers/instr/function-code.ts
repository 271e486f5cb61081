/** The instructions of one function, without what only fills the room up to the next. */

import type { AddressRange } from "../../kernel/symbols/kernel-symbols.ts";
import type { KernelText } from "../../kernel/symbols/kernel-text.ts";
import type { Decoder, Instruction } from "./decoder.ts";

export function decodeFunction(
  text: KernelText,
  decode: Decoder,
  { start, end }: AddressRange,
): readonly Instruction[] {
  const code = text.read(start, Number(end - start));
  if (!code) return [];
  const instructions = decode(withoutZeros(code), start);
  const last = instructions.findLastIndex(({ mnemonic }) => !fillers.has(mnemonic));
  return instructions.slice(0, last + 1);
}

/** Between functions stand breakpoints (x86-64) and instructions that do nothing. */
const fillers: ReadonlySet<string> = new Set(["int3", "nop", "udf"]);

/** Behind the last function of a module. */
function withoutZeros(code: Uint8Array): Uint8Array {
  const last = code.findLastIndex((byte) => byte !== 0);
  return code.subarray(0, Math.min(last + 1 + longestImmediate, code.length));
}

/** Zeros that an instruction may end with. */
const longestImmediate = 8;
