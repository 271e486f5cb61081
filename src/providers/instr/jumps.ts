/** When jumps are taken, from the registers before them: by mnemonic, as Capstone writes it. */

import type { RegisterCondition } from "../../compiler/environment.ts";
import type { Instruction } from "./decoder.ts";

const never: RegisterCondition = { kind: "never" };
const always: RegisterCondition = { kind: "always" };

const not = (of: RegisterCondition): RegisterCondition => ({ kind: "not", of });

const pair =
  (kind: "both" | "either" | "differ") =>
  (left: RegisterCondition, right: RegisterCondition): RegisterCondition => ({ kind, left, right });
const both = pair("both");
const either = pair("either");
const differ = pair("differ");

const bit = (register: number, position: number): RegisterCondition => ({
  kind: "bit",
  register,
  bit: position,
});

const equals = (register: number, size: 4 | 8, value: number): RegisterCondition => ({
  kind: "equals",
  register,
  size,
  value,
});

/** Places in `struct pt_regs` (arch/x86/include/asm/ptrace.h). */
const x64Count = 11;
const x64Flags = 18;

const carry = bit(x64Flags, 0);
const parity = bit(x64Flags, 2);
const equal = bit(x64Flags, 6);
const sign = bit(x64Flags, 7);
const overflow = bit(x64Flags, 11);
const less = differ(sign, overflow);
/** `loop` takes one off before it looks. */
const isLast = equals(x64Count, 8, 1);

const x64Jumps: Readonly<Record<string, RegisterCondition>> = {
  jmp: always,
  ljmp: always,
  jo: overflow,
  jno: not(overflow),
  jb: carry,
  jae: not(carry),
  je: equal,
  jne: not(equal),
  jbe: either(carry, equal),
  ja: not(either(carry, equal)),
  js: sign,
  jns: not(sign),
  jp: parity,
  jnp: not(parity),
  jl: less,
  jge: not(less),
  jle: either(equal, less),
  jg: not(either(equal, less)),
  jecxz: equals(x64Count, 4, 0),
  jrcxz: equals(x64Count, 8, 0),
  loop: not(isLast),
  loope: both(not(isLast), equal),
  loopne: both(not(isLast), not(equal)),
};

/** Its place in arm64's `struct pt_regs`: the general registers are the first 31. */
const arm64State = 33;
const zeroRegister = 31;

const negative = bit(arm64State, 31);
const same = bit(arm64State, 30);
const carried = bit(arm64State, 29);
const overflown = bit(arm64State, 28);
const lessSigned = differ(negative, overflown);

const arm64Conditions: Readonly<Record<string, RegisterCondition>> = {
  eq: same,
  ne: not(same),
  hs: carried,
  cs: carried,
  lo: not(carried),
  cc: not(carried),
  mi: negative,
  pl: not(negative),
  vs: overflown,
  vc: not(overflown),
  hi: both(carried, not(same)),
  ls: not(both(carried, not(same))),
  ge: not(lessSigned),
  lt: lessSigned,
  gt: not(either(same, lessSigned)),
  le: either(same, lessSigned),
  al: always,
  nv: always,
};

/** With a register, and for some a bit, as operands. */
const arm64Tests: Readonly<
  Record<string, (register: number, size: 4 | 8, position: number) => RegisterCondition>
> = {
  cbz: (register, size) => isZero(register, size),
  cbnz: (register, size) => not(isZero(register, size)),
  tbz: (register, _, position) => not(isSet(register, position)),
  tbnz: (register, _, position) => isSet(register, position),
};

const isZero = (register: number, size: 4 | 8): RegisterCondition =>
  register === zeroRegister ? always : equals(register, size, 0);

const isSet = (register: number, position: number): RegisterCondition =>
  register === zeroRegister ? never : bit(register, position);

/** Calls, returns and all that is no jump never are taken. */
export function jumpOf(
  architecture: "x64" | "arm64",
  instruction: Pick<Instruction, "mnemonic" | "operands">,
): RegisterCondition {
  return architecture === "x64" ? x64JumpOf(instruction) : arm64JumpOf(instruction);
}

/** A prefix is a hint or an address size: `notrack_jmp`. */
function x64JumpOf({ mnemonic }: Pick<Instruction, "mnemonic">): RegisterCondition {
  const name = mnemonic.slice(mnemonic.lastIndexOf("_") + 1);
  return Object.hasOwn(x64Jumps, name) ? (x64Jumps[name] ?? never) : never;
}

function arm64JumpOf({
  mnemonic,
  operands,
}: Pick<Instruction, "mnemonic" | "operands">): RegisterCondition {
  if (mnemonic === "b" || mnemonic === "br") return always;
  if (mnemonic.startsWith("b.")) return arm64Conditions[mnemonic.slice(2)] ?? never;
  const test = Object.hasOwn(arm64Tests, mnemonic) ? arm64Tests[mnemonic] : undefined;
  const [, width, name, position = "0"] =
    /^([wx])(\d+|zr)(?:, #(\w+))?/.exec(operands.replace(/^fp\b/, "x29").replace(/^lr\b/, "x30")) ??
    [];
  if (!test || name === undefined) return never;
  const register = name === "zr" ? zeroRegister : Number(name);
  return test(register, width === "w" ? 4 : 8, Number(position));
}
