/** A small world for compiler tests: a few kernel types, probes and symbols that never change. */

import type { Btf } from "../../src/btf/btf.ts";
import type { BtfType } from "../../src/btf/btf-type.ts";
import type {
  ArgumentDescription,
  Environment,
  Probe,
  ProbeContext,
  ProbePattern,
} from "../../src/compiler/environment.ts";

/** Types in the order of their ids, from 1. */
export function fixtureBtf(types: readonly BtfType[]): Btf {
  const typeAt = (id: number): BtfType => types[id - 1] ?? { kind: "void" };
  const resolve = (id: number): number => {
    const type = typeAt(id);
    return "to" in type && type.kind !== "pointer" ? resolve(type.to) : id;
  };
  return {
    typeCount: types.length + 1,
    firstOwnId: 1,
    stringsLength: 0,
    typeAt,
    resolve,
    nameAt: () => "",
    namesOf: (kind) =>
      new Set(types.flatMap((type) => ("name" in type && type.kind === kind ? [type.name] : []))),
    findType(name, ...kinds) {
      const index = types.findIndex(
        (type) => kinds.includes(type.kind) && "name" in type && type.name === name,
      );
      return index < 0 ? undefined : index + 1;
    },
  };
}

const int = (name: string, size: number, signed: boolean): BtfType => ({
  kind: "int",
  name,
  size,
  signed,
  isChar: name === "char",
  isBoolean: name === "_Bool",
});

const member = (name: string, type: number, bitOffset: number, bitSize = 0) => ({
  name,
  type,
  bitOffset,
  bitSize,
});

/** A task, its address space as a forward declaration, and what hangs on them. */
export const kernelTypes: readonly BtfType[] = [
  /* 1 */ int("int", 4, true),
  /* 2 */ int("char", 1, false),
  /* 3 */ int("unsigned int", 4, false),
  /* 4 */ int("long unsigned int", 8, false),
  /* 5 */ { kind: "array", element: 2, length: 16 },
  /* 6 */ { kind: "typedef", name: "pid_t", to: 1 },
  /* 7 */ {
    kind: "struct",
    name: "task_struct",
    size: 64,
    members: [
      member("state", 3, 0),
      member("pid", 6, 32),
      member("comm", 5, 64),
      member("parent", 8, 192),
      member("mm", 9, 256),
      member("in_execve", 3, 320, 1),
      member("in_iowait", 3, 321, 1),
      member("", 12, 384),
      member("run_state", 13, 448),
    ],
  },
  /* 8 */ { kind: "pointer", to: 7 },
  /* 9 */ { kind: "pointer", to: 10 },
  /* 10 */ { kind: "forward", name: "mm_struct", tag: "struct" },
  /* 11 */ {
    kind: "struct",
    name: "mm_struct",
    size: 16,
    members: [member("start_stack", 4, 0), member("name", 14, 64)],
  },
  /* 12 */ {
    kind: "union",
    name: "",
    size: 8,
    members: [member("stack", 16, 0), member("stack_id", 4, 0)],
  },
  /* 13 */ {
    kind: "enum",
    name: "run_state",
    size: 4,
    signed: false,
    enumerators: [
      { name: "RUNNING", value: 0n },
      { name: "SLEEPING", value: 1n },
    ],
  },
  /* 14 */ { kind: "pointer", to: 15 },
  /* 15 */ { kind: "const", to: 2 },
  /* 16 */ { kind: "pointer", to: 0 },
  /* 17 */ { kind: "typedef", name: "u64", to: 4 },
  /* 18 */ { kind: "pointer", to: 19 },
  /* 19 */ { kind: "prototype", returns: 1, parameters: [{ name: "", type: 8 }], variadic: false },
  /* 20 */ { kind: "typedef", name: "task_handler_t", to: 18 },
];

const stable = { name: "Stable", data: "Stable", class: "Common" } as const;

const argument = (text: string, source: number): ArgumentDescription => ({
  type: { kind: "text", text },
  source,
});

const systemCall = (
  name: string,
  edge: "entry" | "return",
  types: readonly string[],
): Omit<Probe, "id"> => ({
  provider: "syscall",
  module: "x64",
  function: name,
  name: edge,
  stability: {
    provider: stable,
    module: stable,
    function: stable,
    name: stable,
    arguments: stable,
  },
  context: { kind: "system-call", edge, abi: "x64", number: name.length },
  arguments: () => types.map(argument),
});

const plain = (
  [provider, name]: readonly [string, string],
  context: ProbeContext,
): Omit<Probe, "id"> => ({
  ...systemCall("", "entry", []),
  provider,
  module: "",
  name,
  context,
});

const unnumbered: readonly Omit<Probe, "id">[] = [
  plain(["dtrace", "BEGIN"], { kind: "session" }),
  plain(["dtrace", "END"], { kind: "session" }),
  plain(["dtrace", "ERROR"], { kind: "error" }),
  systemCall("read", "entry", ["int", "char *", "size_t"]),
  systemCall("read", "return", ["long", "long"]),
  systemCall("write", "entry", ["int", "const char *", "size_t"]),
  systemCall("write", "return", ["long", "long"]),
  systemCall("open", "entry", ["const char *", "int"]),
  plain(["profile", "tick-1s"], { kind: "timer", cpus: "one", periodNs: 1_000_000_000n }),
  {
    ...systemCall("", "entry", []),
    provider: "sdt",
    module: "sched",
    name: "sched_switch",
    context: { kind: "raw-tracepoint", event: "sched_switch", argumentCount: 3 },
    arguments: () => [
      { type: { kind: "btf", module: "vmlinux", id: 8 }, source: 1 },
      {
        type: { kind: "btf", module: "vmlinux", id: 8 },
        source: 2,
        translatedType: "taskinfo_t *",
      },
      { type: { kind: "btf", module: "vmlinux", id: 99 }, source: 0 },
    ],
  },
];

const probes: readonly Probe[] = unnumbered.map((probe, index) => ({ ...probe, id: index + 1 }));

const symbols = new Map<string, string | undefined>([
  ["jiffies", "unsigned long"],
  ["untyped", undefined],
  ["init_task", "struct task_struct"],
]);

export function fixtureEnvironment(): Environment {
  const btf = fixtureBtf(kernelTypes);
  return {
    kernelTypes: (module) => (module === "vmlinux" ? btf : undefined),
    typeModules: ["vmlinux"],
    findProbes: (pattern) => probes.filter((probe) => matches(pattern, probe)),
    findProbesById: (id) => probes.slice(id - 1, id),
    findSymbol(module, name) {
      if (!symbols.has(name) || (module !== undefined && module !== "vmlinux")) return undefined;
      const text = symbols.get(name);
      const type = text === undefined ? undefined : ({ kind: "text", text } as const);
      return { module: "vmlinux", name, address: 0x1000n, type };
    },
    features: {
      instructionSetV4: true,
      rawTracepointCookie: true,
      manyKprobes: true,
      mostTrampolines: 0,
      mostCallTrampolines: 0,
      takesTrampoline: () => false,
      writesUserMemory: true,
      hasKernelFunction: () => true,
    },
    architecture: "x64",
    possibleCpus: 2,
    macros: new Map([["target", "4321"]]),
  };
}

function matches(pattern: ProbePattern, probe: Probe): boolean {
  const fields = ["provider", "module", "function", "name"] as const;
  return fields.every((field) => pattern[field] === "" || globs(pattern[field], probe[field]));
}

function globs(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}
