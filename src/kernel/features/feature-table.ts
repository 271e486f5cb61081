/** What dtrace can make use of in a kernel: how each is tried, and what helps where it is missing. */

import { closeSync, openSync, readSync } from "node:fs";
import type { HelperName } from "../../bpf/helpers.ts";
import type { MapFlag, MapSpec, MapType } from "../../bpf/map-spec.ts";
import type { ProgramType } from "../../bpf/program-spec.ts";
import { openRawTracepoint } from "../bpf-syscall.ts";
import type { BtfSource } from "../btf-source.ts";
import { isKernelError, type KernelError } from "../kernel-error.ts";
import { linkMulti } from "../links.ts";
import { LoadedMaps } from "../load.ts";
import { openCpuClock, perfEventSource } from "../perf-event.ts";
import { TraceFs } from "../tracefs.ts";
import {
  type Lack,
  lackOf,
  type ProgramKind,
  tryBytes,
  tryHelper,
  tryKernelFunction,
  tryProgram,
  withProgram,
} from "./trial.ts";

export type FeatureGroup =
  | "access"
  | "program types"
  | "attachment"
  | "maps"
  | "instructions"
  | "helpers"
  | "kernel functions";

export interface Feature {
  readonly name: string;
  readonly group: FeatureGroup;
  /** Why the kernel lacks it; undefined where it does not. */
  readonly lack: (types: BtfSource) => Lack;
  /** What to do about it. */
  readonly remedy: string;
}

const rawTracepoint: ProgramKind = { type: "raw-tracepoint" };

/** Any function that kernels have, that returns and that is not called all the time. */
const someFunction = "vfs_rename";

const privilege =
  "run as root, or with CAP_BPF and CAP_PERFMON; the kernel must not be locked down";
const newer = (version: string): string => `kernel ${version} or newer`;
const kernelOption = (option: string): string => `a kernel built with ${option}=y`;
const kprobes = kernelOption("CONFIG_KPROBE_EVENTS");

/** The feature without which there is no other. */
export const loadingPrograms = "bpf(2)";

const access: readonly Feature[] = [
  row(loadingPrograms, "access", () => lackOfMap("array"), privilege),
  row(
    "perf events",
    "access",
    () => lackOfResource(() => openCpuClock(0, 1_000_000_000n)),
    "run as root or with CAP_PERFMON",
  ),
  row(
    "kernel types (BTF)",
    "access",
    (types) =>
      types.kernelTypes("vmlinux") === undefined ? "no /sys/kernel/btf/vmlinux" : undefined,
    kernelOption("CONFIG_DEBUG_INFO_BTF"),
  ),
  row(
    "trace events (tracefs)",
    "access",
    () => lackOfResource(() => TraceFs.open()),
    `run as root or with CAP_DAC_READ_SEARCH; ${kernelOption("CONFIG_FTRACE")}`,
  ),
  row(
    "kernel symbols",
    "access",
    lackOfSymbols,
    `run as root or with CAP_SYSLOG; ${kernelOption("CONFIG_KALLSYMS")}`,
  ),
];

const programs: readonly Feature[] = [
  program("raw tracepoint", rawTracepoint, privilege),
  program("perf event", { type: "perf-event" }, privilege),
  program("tracepoint", { type: "tracepoint" }, privilege),
  program("kprobe", { type: "kprobe" }, privilege),
];

const attachments: readonly Feature[] = [
  program(
    "typed tracepoint (tp_btf)",
    { type: "tracing", attachType: "trace-raw-tracepoint", attachTo: "sys_enter" },
    kernelOption("CONFIG_DEBUG_INFO_BTF"),
    "attachment",
  ),
  row("raw tracepoint cookie", "attachment", lackOfTracepointCookie, newer("6.10")),
  program(
    "function entry (fentry)",
    { type: "tracing", attachType: "trace-fentry", attachTo: someFunction },
    `${kernelOption("CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS")}, and a policy that permits it`,
    "attachment",
  ),
  program(
    "function return (fexit)",
    { type: "tracing", attachType: "trace-fexit", attachTo: someFunction },
    `${kernelOption("CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS")}, and a policy that permits it`,
    "attachment",
  ),
  row("one kprobe", "attachment", () => lackOfSource("kprobe"), kprobes),
  row(
    "many kprobes at once",
    "attachment",
    (types) => lackOfManyKprobes(types, "kprobe-multi"),
    `${kernelOption("CONFIG_FPROBE")}, 5.18 or newer`,
  ),
  row(
    "entry and return in one kprobe",
    "attachment",
    (types) => lackOfManyKprobes(types, "kprobe-session"),
    `${kernelOption("CONFIG_FPROBE")}, 6.10 or newer`,
  ),
  row(
    "one uprobe",
    "attachment",
    () => lackOfSource("uprobe"),
    kernelOption("CONFIG_UPROBE_EVENTS"),
  ),
  row(
    "many uprobes at once",
    "attachment",
    (types) => lackOfManyUprobes(types, "uprobe-multi"),
    newer("6.6"),
  ),
  row(
    "entry and return in one uprobe",
    "attachment",
    (types) => lackOfManyUprobes(types, "uprobe-session"),
    newer("6.13"),
  ),
];

const maps: readonly Feature[] = [
  map("hash", "hash"),
  map("per-CPU hash", "percpu-hash"),
  map("per-CPU array", "percpu-array"),
  map("array in memory", "array", "mappable"),
  map("ring buffer", "ring-buffer"),
  map("ring buffer for each CPU", "array-of-maps"),
  map("task storage", "task-storage", "no-preallocation"),
  map("stack trace", "stack-trace"),
];

const instructions: readonly Feature[] = [
  row(
    "signed division (set v4)",
    "instructions",
    (types) =>
      lackOf(
        tryProgram(types, rawTracepoint, [
          { op: "move", width: 64, into: 1, from: { immediate: 7 } },
          { op: "alu", operator: "s/", width: 64, into: 1, by: { immediate: 2 } },
        ]),
      ),
    newer("6.6"),
  ),
  row(
    "bounded loops (may_goto)",
    "instructions",
    (types) => lackOf(tryBytes(types, rawTracepoint, mayGoto)),
    newer("6.9"),
  ),
];

const helperRows: readonly (readonly [HelperName, readonly ProgramType[], string])[] = [
  ["bpf_ringbuf_reserve", ["raw-tracepoint", "perf-event", "kprobe"], "5.8"],
  ["bpf_ringbuf_reserve_dynptr", ["raw-tracepoint", "perf-event", "kprobe"], "5.19"],
  ["bpf_loop", ["raw-tracepoint", "perf-event", "kprobe"], "5.17"],
  ["bpf_get_stack", ["raw-tracepoint", "perf-event", "kprobe"], "4.18"],
  ["bpf_task_storage_get", ["raw-tracepoint", "perf-event", "kprobe"], "6.1"],
  ["bpf_probe_read_user_str", ["raw-tracepoint", "perf-event", "kprobe"], "5.5"],
  ["bpf_strncmp", ["raw-tracepoint", "perf-event", "kprobe"], "5.17"],
  ["bpf_find_vma", ["raw-tracepoint", "perf-event", "kprobe"], "5.17"],
  ["bpf_get_attach_cookie", ["perf-event", "kprobe", "tracepoint"], "5.15"],
  ["bpf_ktime_get_tai_ns", ["raw-tracepoint"], "6.1"],
  ["bpf_send_signal", ["raw-tracepoint", "perf-event", "kprobe"], "5.3"],
];

/** Helpers that write where the kernel's owner may not want it. */
const destructiveHelpers: readonly Feature[] = [
  helperRow("bpf_probe_write_user", "raw-tracepoint", "a kernel that is not locked down"),
  helperRow("bpf_override_return", "kprobe", kernelOption("CONFIG_BPF_KPROBE_OVERRIDE")),
];

const helpers: readonly Feature[] = [
  ...helperRows.flatMap(([helper, types, version]) =>
    types.map((type) => helperRow(helper, type, newer(version))),
  ),
  ...destructiveHelpers,
];

function helperRow(helper: HelperName, type: ProgramType, remedy: string): Feature {
  const name = `${helper} in ${type} programs`;
  return row(name, "helpers", (types) => tryHelper(types, { type }, helper), remedy);
}

const kernelFunctions: readonly Feature[] = (
  [
    ["bpf_strcmp", "6.17"],
    ["bpf_strlen", "6.17"],
    ["bpf_strnlen", "6.17"],
    ["bpf_strchr", "6.17"],
    ["bpf_strrchr", "6.17"],
    ["bpf_strspn", "6.17"],
    ["bpf_strstr", "6.17"],
    ["bpf_iter_num_new", "6.4"],
    ["bpf_rcu_read_lock", "6.2"],
  ] as const
).map(([name, version]) =>
  row(name, "kernel functions", (types) => tryKernelFunction(types, name), newer(version)),
);

/** In the order of `dtrace --status`. */
export const featureTable: readonly Feature[] = [
  ...access,
  ...programs,
  ...attachments,
  ...maps,
  ...instructions,
  ...helpers,
  ...kernelFunctions,
];

function row(
  name: string,
  group: FeatureGroup,
  lack: (types: BtfSource) => Lack,
  remedy: string,
): Feature {
  return { name, group, lack, remedy };
}

function program(
  name: string,
  kind: ProgramKind,
  remedy: string,
  group: FeatureGroup = "program types",
): Feature {
  return row(name, group, (types) => lackOf(tryProgram(types, kind, [])), remedy);
}

function map(name: string, type: MapType, ...flags: readonly MapFlag[]): Feature {
  return row(name, "maps", () => lackOfMap(type, ...flags), privilege);
}

function lackOfMap(type: MapType, ...flags: readonly MapFlag[]): Lack {
  const ring = { keySize: 0, valueSize: 0, maxEntries: 65_536 };
  const element = { keySize: 4, valueSize: 8, maxEntries: 1 };
  const sizes = {
    "ring-buffer": ring,
    "task-storage": { keySize: 4, valueSize: 8, maxEntries: 0 },
    "array-of-maps": { keySize: 4, valueSize: 4, maxEntries: 1 },
  };
  const inner: MapSpec = { name: "dtrace_trial", type: "ring-buffer", flags: [], ...ring };
  const size = type in sizes ? sizes[type as keyof typeof sizes] : element;
  return lackOfResource(() =>
    LoadedMaps.create([
      {
        name: "dtrace_trial",
        type,
        flags,
        ...size,
        ...(type === "array-of-maps" ? { inner } : {}),
      },
    ]),
  );
}

/** Opens and closes it. */
function lackOfResource(open: () => Disposable): Lack {
  try {
    open()[Symbol.dispose]();
    return undefined;
  } catch (error) {
    if (isKernelError(error)) return describe(error);
    throw error;
  }
}

const describe = ({ call, code }: KernelError): string => `${call}: ${code}`;

function lackOfSource(name: string): Lack {
  return perfEventSource(name) === undefined ? `no ${name} events in sysfs` : undefined;
}

/** Only addresses that are not hidden tell anything. */
function lackOfSymbols(): Lack {
  try {
    const isShown = /^[0-9a-f]*[1-9a-f][0-9a-f]* /m.test(readStart("/proc/kallsyms"));
    return isShown ? undefined : "addresses are hidden (kernel.kptr_restrict)";
  } catch {
    return "no /proc/kallsyms";
  }
}

function readStart(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(4_096);
    return bytes.toString("latin1", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/**
 * With a cookie a kernel that does not know it answers E2BIG before it looks for the tracepoint,
 * and one that does, ENOENT.
 */
function lackOfTracepointCookie(types: BtfSource): Lack {
  return withProgram(tryProgram(types, rawTracepoint, []), (loaded) =>
    refusalBut(() => openRawTracepoint(loaded, "dtrace_no_such_event", 1n), "ENOENT"),
  );
}

/**
 * Links to nothing: kernels that know the link say that the place is wrong. Whether they do does
 * not show when the program is loaded.
 */
function lackOfManyKprobes(types: BtfSource, attachType: "kprobe-multi" | "kprobe-session"): Lack {
  return withProgram(tryProgram(types, { type: "kprobe", attachType }, []), (loaded) =>
    refusalBut(() => linkMulti(loaded, { attachType, symbols: ["dtrace_none"] }), "ESRCH"),
  );
}

function lackOfManyUprobes(types: BtfSource, attachType: "uprobe-multi" | "uprobe-session"): Lack {
  const nowhere = { attachType, path: "/", sites: [{ offset: 0 }] };
  return withProgram(tryProgram(types, { type: "kprobe", attachType }, []), (loaded) =>
    refusalBut(() => linkMulti(loaded, nowhere), "EBADF"),
  );
}

function refusalBut(attach: () => Disposable, expected: string): Lack {
  try {
    attach()[Symbol.dispose]();
    return undefined;
  } catch (error) {
    if (!isKernelError(error)) throw error;
    return error.code === expected ? undefined : error.code;
  }
}

/** `r0 = 0`, `may_goto +1`, `r0 = 1`, `exit`: 6.12 takes no jump of 0. */
const mayGoto = new BigUint64Array([0xb7n, 0x1_00e5n, 0x1_0000_00b7n, 0x95n]).buffer;
