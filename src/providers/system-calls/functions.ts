/**
 * The kernel's functions that system calls are: one for each, whose only parameter is the registers
 * (asm/syscall_wrapper.h of x86 and of arm64).
 */

import type { Btf } from "../../btf/btf.ts";
import type { SystemCallAbi } from "../../compiler/environment.ts";
import { functionNames32 } from "./function-names-x32.ts";

export interface NamedCall {
  readonly abi: SystemCallAbi;
  readonly name: string;
}

/**
 * A child returns from these, too; exec may change the ABI on its way, and sigreturn the number; a
 * process ends in the others. What leaves the function is not what leaves the call.
 */
const returnElsewhere = /^(v?fork|clone3?|execve(at)?|(rt_)?sigreturn|exit(_group)?)$/;

export const returnsFromFunction = (name: string): boolean => !returnElsewhere.test(name);

/** The type id of the function; undefined where BTF describes none that takes the registers. */
export function callFunctionId(types: Btf | undefined, call: NamedCall): number | undefined {
  for (const name of possibleFunctions(call)) {
    const id = types?.findType(name, "function");
    if (types && id !== undefined) return takesRegisters(types, id) ? id : undefined;
  }
  return undefined;
}

/** The first of them that there is. */
export function possibleFunctions({ abi, name }: NamedCall): readonly string[] {
  const names = abi === "x32" ? functionNames32 : functionNames[abi];
  const own = names.get(name) ?? name;
  // A call without arguments has one function for all ABIs, and only this of its names is in BTF.
  const shared = `__do_sys_${own}`;
  if (abi !== "x32") return [`__${abi}_sys_${own}`, shared];
  // Both of these exist, and kernels differ in which it is.
  if (ambiguous32.has(name)) return [];
  return [`__ia32_compat_sys_${own}`, `__ia32_sys_${own}`, shared];
}

const ambiguous32: ReadonlySet<string> = new Set([
  "epoll_pwait",
  "io_pgetevents_time64",
  "sendfile64",
]);

/** Where the function has another name (arch/x86/entry/syscalls, asm-generic/unistd.h). */
const functionNames = {
  x64: new Map([
    ["fstat", "newfstat"],
    ["lstat", "newlstat"],
    ["sendfile", "sendfile64"],
    ["stat", "newstat"],
    ["umount2", "umount"],
    ["uname", "newuname"],
  ]),
  arm64: new Map([
    ["fadvise64", "fadvise64_64"],
    ["fstat", "newfstat"],
    ["sendfile", "sendfile64"],
    ["umount2", "umount"],
    ["uname", "newuname"],
  ]),
} as const;

function takesRegisters(types: Btf, id: number): boolean {
  const found = types.typeAt(id);
  const prototype = found.kind === "function" ? types.typeAt(found.prototype) : undefined;
  return prototype?.kind === "prototype" && prototype.parameters.length === 1;
}
