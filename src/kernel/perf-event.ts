/** perf_event_open(2): clocks, trace events and probes in user code that run programs. */

import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { struct, u32, u64 } from "../base/struct.ts";
import { FileDescriptor } from "./descriptor.ts";
import { checkResult } from "./kernel-error.ts";
import { addressOf, asciiBuffer, syscall } from "./native.ts";
import { readTextIfThere } from "./read-if-there.ts";
import { systemCallNumber } from "./system-call-numbers.ts";

/** struct perf_event_attr, up to PERF_ATTR_SIZE_VER5 (uapi/linux/perf_event.h). */
const perfEventAttributes = struct({
  type: u32,
  size: u32,
  config: u64,
  samplePeriod: u64,
  sampleType: u64,
  readFormat: u64,
  flags: u64,
  wakeupEvents: u32,
  bpType: u32,
  config1: u64,
  config2: u64,
  branchSampleType: u64,
  sampleRegsUser: u64,
  sampleStackUser: u32,
  clockId: u32,
  sampleRegsIntr: u64,
  auxWatermark: u32,
  sampleMaxStack: u32,
});

const PERF_TYPE_SOFTWARE = 1;
const PERF_TYPE_TRACEPOINT = 2;
const PERF_COUNT_SW_CPU_CLOCK = 0n;
const PERF_COUNT_SW_DUMMY = 9n;
/** `sampleType`: records end with the time. */
const PERF_SAMPLE_TIME = 4n;
const PERF_FLAG_FD_CLOEXEC = 8n;
/** The bit `freq` of `flags`: `samplePeriod` is a frequency. */
const isFrequency = 1n << 10n;

/** `inherit` */
const isInherited = 1n << 1n;
/** `exclude_kernel` and `exclude_hv`: what is asked for needs no privilege then. */
const excludesKernel = (1n << 5n) | (1n << 6n);
/** `mmap`, `task`, `sample_id_all`, `mmap2` */
const tellsMappings = (1n << 8n) | (1n << 13n) | (1n << 18n) | (1n << 23n);

/** The kernel's own limit of a software clock's period (kernel/events/core.c, 10 µs). */
const shortestPeriodNs = 10_000n;

type PerfEvent = Partial<ReturnType<typeof perfEventAttributes.decode>>;

/** A clock that ticks on one CPU, whatever runs there. */
export function openCpuClock(cpu: number, periodNs: bigint): FileDescriptor {
  const event = {
    type: PERF_TYPE_SOFTWARE,
    config: PERF_COUNT_SW_CPU_CLOCK,
    samplePeriod: periodNs < shortestPeriodNs ? shortestPeriodNs : periodNs,
  };
  return open(event, { cpu, call: `open a clock on CPU ${cpu}` });
}

/** What openCounter() counts (uapi/linux/perf_event.h). */
export interface Counter {
  readonly type: "hardware" | "software";
  readonly config: number;
  readonly mode: "all" | "user" | "kernel";
}

const counterTypes = { hardware: 0, software: PERF_TYPE_SOFTWARE } as const;
const modes = { all: 0n, user: excludesKernel, kernel: 1n << 4n } as const;

/** Fires on one CPU after every `period` events. */
export function openCounter(
  cpu: number,
  { type, config, mode }: Counter,
  period: bigint,
): FileDescriptor {
  const event = {
    type: counterTypes[type],
    config: BigInt(config),
    samplePeriod: period,
    flags: modes[mode],
  };
  return open(event, { cpu, call: `open ${type} counter ${config} on CPU ${cpu}` });
}

/** A clock with a rate that the kernel keeps by adjusting the period. */
export function openCpuClockAt(cpu: number, hertz: number): FileDescriptor {
  const event = {
    type: PERF_TYPE_SOFTWARE,
    config: PERF_COUNT_SW_CPU_CLOCK,
    samplePeriod: BigInt(hertz),
    flags: isFrequency,
  };
  return open(event, { cpu, call: `open a clock on CPU ${cpu}` });
}

/**
 * A trace event by its id in tracefs. A program linked to it runs on every CPU and in every
 * process, whatever `cpu` is.
 */
export function openTraceEvent(id: number, cpu: number): FileDescriptor {
  const event = { type: PERF_TYPE_TRACEPOINT, config: BigInt(id), samplePeriod: 1n };
  return open(event, { cpu, call: `open trace event ${id}` });
}

export interface KernelProbe {
  readonly symbol: string;
  /** Where the function begins, if its name is another's too. */
  readonly address: bigint | undefined;
  readonly isReturn: boolean;
}

/** One kprobe, for kernels without links to many. */
export function openKernelProbe({ symbol, address, isReturn }: KernelProbe): FileDescriptor {
  const source = perfEventSource("kprobe");
  if (source === undefined) throw new Error("kprobes were not looked for: a bug in dtrace");
  const text = asciiBuffer(symbol);
  const place =
    address === undefined ? { config1: addressOf(text) } : { config1: 0n, config2: address };
  const event = { type: source, config: isReturn ? 1n : 0n, ...place };
  return open(event, { cpu: 0, call: `open a probe in ${symbol}` });
}

/** A kprobe before an instruction; `place` is for messages. */
export function openInstructionProbe(address: bigint, place: string): FileDescriptor {
  const source = perfEventSource("kprobe");
  if (source === undefined) throw new Error("kprobes were not looked for: a bug in dtrace");
  const event = { type: source, config1: 0n, config2: address };
  return open(event, { cpu: 0, call: `open a probe at ${place}` });
}

export interface UserProbe {
  readonly path: string;
  /** In the file. Must not be a 5-byte nop: some 6.18 kernels corrupt the traced process there. */
  readonly offset: number;
  readonly isReturn: boolean;
  /** Only there; every process that maps the file where it is undefined. */
  readonly pid: number | undefined;
}

/** One uprobe, for kernels without links to many. */
export function openUserProbe({ path, offset, isReturn, pid }: UserProbe): FileDescriptor {
  const source = perfEventSource("uprobe");
  if (source === undefined) throw new Error("uprobes were not looked for: a bug in dtrace");
  const text = asciiBuffer(path);
  const event = {
    type: source,
    config: isReturn ? 1n : 0n,
    config1: addressOf(text),
    config2: BigInt(offset),
  };
  return open(event, { cpu: pid === undefined ? 0 : -1, pid, call: `open a probe in ${path}` });
}

/**
 * Tells on one CPU, in records with their time, what a process and its children map to execute,
 * and when they fork; what all processes do where `pid` is undefined.
 */
export function openMappingEvents(cpu: number, pid: number | undefined): FileDescriptor {
  const event = {
    type: PERF_TYPE_SOFTWARE,
    config: PERF_COUNT_SW_DUMMY,
    sampleType: PERF_SAMPLE_TIME,
    flags: excludesKernel | tellsMappings | (pid === undefined ? 0n : isInherited),
  };
  return open(event, { cpu, pid, call: `watch the mappings of processes on CPU ${cpu}` });
}

/** The type number of a source of events, which differs from kernel to kernel. */
export function perfEventSource(name: string): number | undefined {
  try {
    return Number(readFileSync(`/sys/bus/event_source/devices/${name}/type`, "latin1"));
  } catch {
    return undefined;
  }
}

interface Place {
  readonly cpu: number;
  readonly pid?: number | undefined;
  readonly call: string;
}

function open(event: PerfEvent, { cpu, pid = -1, call }: Place): FileDescriptor {
  const attributes = perfEventAttributes.encode({ ...event, size: perfEventAttributes.size });
  const result = syscall(
    systemCallNumber("perf_event_open"),
    addressOf(attributes),
    pid,
    cpu,
    -1,
    PERF_FLAG_FD_CLOEXEC,
  );
  const errno = -Number(result);
  const remedy = remedies.get(errno)?.();
  return FileDescriptor.own(checkResult(result, call, remedy));
}

const { EACCES, ENOENT, EOPNOTSUPP, EPERM } = constants.errno;
const noPrivilege = (): string =>
  Number(readTextIfThere(paranoidPath)) > mostParanoid
    ? "perf events need root or CAP_SYS_ADMIN while kernel.perf_event_paranoid is above 2"
    : "perf events need root or CAP_PERFMON";
const paranoidPath = "/proc/sys/kernel/perf_event_paranoid";
/** Of the kernel itself; Debian's kernels know 3, which CAP_PERFMON does not overcome. */
const mostParanoid = 2;
const noCounter = (): string =>
  "this machine has no such counter (virtual machines often have none)";
const remedies: ReadonlyMap<number, () => string> = new Map([
  [EACCES, noPrivilege],
  [EPERM, noPrivilege],
  [ENOENT, noCounter],
  [EOPNOTSUPP, noCounter],
]);
