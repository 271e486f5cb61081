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
function possibleFunctions({ abi, name }: NamedCall): readonly string[] {
  if (elsewhere[abi].has(name)) return [];
  const own = functionNames[abi].get(name) ?? name;
  // A call without arguments has one function for all ABIs, and only this of its names is in BTF.
  const shared = `__do_sys_${own}`;
  return abi === "x32"
    ? [`__ia32_compat_sys_${own}`, `__ia32_sys_${own}`, shared]
    : [`__${abi}_sys_${own}`, shared];
}

/**
 * Not the function of that name: there is none for the number, or another, or one or the other from
 * kernel to kernel.
 */
const elsewhere: Readonly<Record<SystemCallAbi, ReadonlySet<string>>> = {
  x64: new Set(["get_thread_area", "set_thread_area", "uselib"]),
  x32: new Set([
    "epoll_pwait",
    "getsockopt",
    "io_pgetevents_time64",
    "process_vm_readv",
    "process_vm_writev",
    "rt_sigreturn",
    "sendfile64",
    "setsockopt",
    "sigreturn",
    "vm86",
    "vm86old",
  ]),
  arm64: new Set(),
};

/** Where the function has another name (arch/x86/entry/syscalls, asm-generic/unistd.h). */
const functionNames: Readonly<Record<SystemCallAbi, ReadonlyMap<string, string>>> = {
  x32: functionNames32,
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
};

function takesRegisters(types: Btf, id: number): boolean {
  const found = types.typeAt(id);
  const prototype = found.kind === "function" ? types.typeAt(found.prototype) : undefined;
  return prototype?.kind === "prototype" && prototype.parameters.length === 1;
}
