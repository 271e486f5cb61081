/** perf_event_open(2): clocks that run programs. */

import { struct, u32, u64 } from "../base/struct.ts";
import { FileDescriptor } from "./descriptor.ts";
import { checkResult } from "./kernel-error.ts";
import { addressOf, syscall } from "./native.ts";
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
const PERF_COUNT_SW_CPU_CLOCK = 0n;
const PERF_FLAG_FD_CLOEXEC = 8;

/** The kernel's own limit of a software clock's period (kernel/events/core.c, 10 µs). */
const shortestPeriodNs = 10_000n;

/** A clock that ticks on one CPU, whatever runs there. */
export function openCpuClock(cpu: number, periodNs: bigint): FileDescriptor {
  const attributes = perfEventAttributes.encode({
    type: PERF_TYPE_SOFTWARE,
    size: perfEventAttributes.size,
    config: PERF_COUNT_SW_CPU_CLOCK,
    samplePeriod: periodNs < shortestPeriodNs ? shortestPeriodNs : periodNs,
  });
  const result = syscall(
    systemCallNumber("perf_event_open"),
    addressOf(attributes),
    -1,
    cpu,
    -1,
    PERF_FLAG_FD_CLOEXEC,
  );
  return FileDescriptor.own(checkResult(result, `open a clock on CPU ${cpu}`));
}
