/**
 * Everything that is called: subroutines, actions and aggregating functions with their prototypes.
 * `@` takes any expression, `...` any number of them, `[type]` may be left out.
 */

import type { AggregatingFunction, CheckedAction, SubroutineName } from "../checked-program.ts";

export type StackFunctionName = "stack" | "ustack" | "jstack";
export type SymbolFunctionName = "sym" | "func" | "mod" | "usym" | "ufunc" | "umod" | "uaddr";
export type ActionName = CheckedAction["name"] | StackFunctionName | SymbolFunctionName;
export type AggregatingFunctionName = AggregatingFunction["name"];

/** What a prototype's parameter may be, as C text or one of the signs above. */
export const subroutines: Readonly<Record<SubroutineName, string>> = {
  alloca: "void *(size_t)",
  basename: "string(const char *)",
  bcopy: "void(void *, void *, size_t)",
  biofile: "struct inode *(struct bio *)",
  biosize: "uint32_t(struct bio *)",
  cleanpath: "string(const char *)",
  copyin: "void *(uintptr_t, size_t)",
  copyinstr: "string(uintptr_t, [size_t])",
  copyinto: "void(uintptr_t, size_t, void *)",
  copyout: "void(void *, uintptr_t, size_t)",
  copyoutstr: "void(char *, uintptr_t, size_t)",
  d_path: "string(struct path *)",
  dentrypath: "string(struct vfsmount *, struct dentry *)",
  dirname: "string(const char *)",
  filepath: "string(struct file *)",
  getf: "struct file *(int)",
  getmajor: "uint32_t(dev_t)",
  getminor: "uint32_t(dev_t)",
  htonl: "uint32_t(uint32_t)",
  htonll: "uint64_t(uint64_t)",
  htons: "uint16_t(uint16_t)",
  index: "int(const char *, const char *, [int])",
  inet_ntoa: "string(ipaddr_t *)",
  inet_ntoa6: "string(struct in6_addr *)",
  inet_ntop: "string(int, void *)",
  link_ntop: "string(int, void *)",
  json: "string(const char *, const char *)",
  lltostr: "string(int64_t, [int])",
  mutex_owned: "int(struct mutex *)",
  mutex_owner: "struct task_struct *(struct mutex *)",
  mutex_type_adaptive: "int(struct mutex *)",
  mutex_type_spin: "int(struct mutex *)",
  ntohl: "uint32_t(uint32_t)",
  ntohll: "uint64_t(uint64_t)",
  ntohs: "uint16_t(uint16_t)",
  progenyof: "int(pid_t)",
  rand: "int()",
  rindex: "int(const char *, const char *, [int])",
  rw_iswriter: "int(struct rw_semaphore *)",
  rw_read_held: "int(struct rw_semaphore *)",
  rw_write_held: "int(struct rw_semaphore *)",
  speculation: "int()",
  strchr: "string(const char *, char)",
  strjoin: "string(const char *, const char *)",
  strlen: "size_t(const char *)",
  strrchr: "string(const char *, char)",
  strstr: "string(const char *, const char *)",
  strtok: "string(const char *, const char *)",
  strtoll: "int64_t(const char *, [int])",
  substr: "string(const char *, int, [int])",
  tolower: "string(const char *)",
  toupper: "string(const char *)",
};

/** Those whose effect needs `-w`. */
export const destructiveFunctions: ReadonlySet<string> = new Set([
  "breakpoint",
  "chill",
  "copyout",
  "copyoutstr",
  "freopen",
  "panic",
  "raise",
  "stop",
  "system",
]);

export const actions: Readonly<Record<ActionName, string>> = {
  breakpoint: "void()",
  chill: "void(int)",
  clear: "void(...)",
  commit: "void(int)",
  denormalize: "void(...)",
  discard: "void(int)",
  exit: "void(int)",
  freopen: "void(@, ...)",
  ftruncate: "void()",
  func: "sym(uintptr_t)",
  jstack: "stack(...)",
  mod: "sym(uintptr_t)",
  normalize: "void(...)",
  panic: "void()",
  pcap: "void(@, int)",
  print: "void(@)",
  printa: "void(@, ...)",
  printf: "void(@, ...)",
  raise: "void(int)",
  setopt: "void(const char *, [const char *])",
  speculate: "void(int)",
  stack: "stack(...)",
  stop: "void()",
  sym: "sym(uintptr_t)",
  system: "void(@, ...)",
  trace: "void(@)",
  tracemem: "void(@, size_t, ...)",
  trunc: "void(...)",
  uaddr: "usym(uintptr_t)",
  ufunc: "usym(uintptr_t)",
  umod: "usym(uintptr_t)",
  ustack: "stack(...)",
  usym: "usym(uintptr_t)",
};

export const aggregatingFunctions: Readonly<Record<AggregatingFunctionName, string>> = {
  avg: "void(@)",
  count: "void()",
  llquantize: "void(@, int32_t, int32_t, int32_t, int32_t, ...)",
  lquantize: "void(@, int32_t, int32_t, ...)",
  max: "void(@)",
  min: "void(@)",
  quantize: "void(@, ...)",
  stddev: "void(@)",
  sum: "void(@)",
};

export type FunctionKind = "function" | "action" | "aggregating function";

export type FoundFunction =
  | { readonly kind: "function"; readonly name: SubroutineName; readonly prototype: string }
  | { readonly kind: "action"; readonly name: ActionName; readonly prototype: string }
  | {
      readonly kind: "aggregating function";
      readonly name: AggregatingFunctionName;
      readonly prototype: string;
    };

export function findFunction(name: string): FoundFunction | undefined {
  if (isRow(subroutines, name)) return { kind: "function", name, prototype: subroutines[name] };
  if (isRow(actions, name)) return { kind: "action", name, prototype: actions[name] };
  if (!isRow(aggregatingFunctions, name)) return undefined;
  return { kind: "aggregating function", name, prototype: aggregatingFunctions[name] };
}

const isRow = <Name extends string>(
  table: Readonly<Record<Name, string>>,
  name: string,
): name is Name => Object.hasOwn(table, name);
