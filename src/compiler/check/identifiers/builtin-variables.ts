/** D's built-in variables: their types and stability. `args[]`, `uregs[]` are in `../expressions`. */

import type { StabilityAttributes } from "../../environment.ts";
import { evolving, stable } from "../../types/stability.ts";
import type { BuiltinName } from "../checked-program.ts";

export interface BuiltinVariable {
  /** C text: looked up when the variable is first used. */
  readonly type: string;
  readonly stability: StabilityAttributes;
}

const row = (type: string): BuiltinVariable => ({ type, stability: stable });

export const builtinVariables: Readonly<Record<BuiltinName, BuiltinVariable>> = {
  arg0: row("int64_t"),
  arg1: row("int64_t"),
  arg2: row("int64_t"),
  arg3: row("int64_t"),
  arg4: row("int64_t"),
  arg5: row("int64_t"),
  arg6: row("int64_t"),
  arg7: row("int64_t"),
  arg8: row("int64_t"),
  arg9: row("int64_t"),
  caller: row("uintptr_t"),
  cpu: { type: "int", stability: evolving },
  curthread: {
    type: "struct task_struct *",
    stability: { name: "Stable", data: "Private", class: "Common" },
  },
  epid: row("uint_t"),
  errno: row("int"),
  execargs: row("string"),
  execname: row("string"),
  gid: row("gid_t"),
  id: row("uint_t"),
  ipl: row("uint_t"),
  pid: row("pid_t"),
  ppid: row("pid_t"),
  probefunc: row("string"),
  probemod: row("string"),
  probename: row("string"),
  probeprov: row("string"),
  stackdepth: row("uint32_t"),
  tid: row("id_t"),
  timestamp: row("uint64_t"),
  ucaller: row("uint64_t"),
  uid: row("uid_t"),
  ustackdepth: row("uint32_t"),
  vtimestamp: row("uint64_t"),
  walltimestamp: row("int64_t"),
};

export function isBuiltinName(name: string): name is BuiltinName {
  return Object.hasOwn(builtinVariables, name);
}
