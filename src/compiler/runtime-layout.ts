/**
 * Where programs and consumer meet in memory: the map names, the header of every record, the words
 * of the `state` map, the kinds of drop. Both sides read these tables and nothing else.
 */

import type { AggregatingFunction } from "./check/checked-program.ts";

/** The program that keeps time at every switch: of a session there is one. */
export const runClockName = "run_clock";

export const mapNames = {
  /** array, one element, mappable: the session's words below, then D's global variables. */
  state: "state",
  /** array-of-maps, index CPU: one ring buffer each, `bufsize` bytes; see `mostNamedRings`. */
  buffers: "buffers",
  /** percpu-array, one element: 64-bit drop counters in the order of `dropKinds`. */
  drops: "drops",
  /**
   * array: scratch slots, `scratchSlotsPerCpu` for each possible CPU, index cpu * slots + slot. One
   * more at the end for BEGIN and END, where they have several programs.
   */
  scratch: "scratch",
  /** percpu-array, one element: a 64-bit mask of the slots in use on the CPU. */
  scratchUse: "scratch_use",
  /**
   * percpu-array, one element: for each slot the address of the context of the firing that has it,
   * where firings have several programs; else 0.
   */
  scratchOwners: "scratch_owners",
  /** array, index probe id: four NUL-padded names, made only when a program needs their text. */
  probeNames: "probe_names",
  /** array, one element: what new elements are made from. */
  zeros: "zeros",
  /** task-storage: all scalars of `self->` in one structure. */
  threadVariables: "thread_vars",
  /** percpu-array, one element: whose turn it is on the CPU and since when (`vtimestamp`). */
  turns: "turns",
  /** task-storage: how long a thread has run before its present turn (`vtimestamp`). */
  runTimes: "run_times",
} as const;

/**
 * Up to so many CPUs have a ring map each by name, and programs choose: to put a ring into an
 * array-of-maps, the kernel waits 10 ms for all of its programs (maybe_wait_bpf_programs).
 */
export const mostNamedRings = 4;

export const ringName = (cpu: number): string => `buffer_${cpu}`;

/**
 * Firings that can be in flight on one CPU at once and use scratch: nesting (task, soft interrupt,
 * interrupt, NMI) times preemption. One more is a counted drop.
 */
export const scratchSlotsPerCpu = 16;

/** Bytes from the start of a record. Records are multiples of 8 bytes. */
export const recordHeader = {
  /** 32 bits: EPID; 0 marks a fault report, laid out as `faultRecord`. */
  epid: 0,
  /** 32 bits: speculation id, 0 for a record of the principal buffer. */
  speculation: 4,
  /** 64 bits: `bpf_ktime_get_ns` of the firing. */
  timestamp: 8,
  size: 16,
} as const;

/** A fault, reported whether or not ERROR is enabled. Shares the first 16 bytes with records. */
export const faultRecord = {
  faultedEpid: 16,
  /** Which action, from 1; 0 for the predicate. */
  action: 20,
  /** One of `faultCodes`. */
  code: 24,
  value: 32,
  size: 40,
} as const;

/** DTRACEFLT_* of sys/dtrace.h: their numbers are seen by ERROR clauses as arg4. */
export const faultCodes = {
  unknown: 0,
  badAddress: 1,
  badAlignment: 2,
  illegalOperation: 3,
  divideByZero: 4,
  noScratch: 5,
  kernelPrivilege: 6,
  userPrivilege: 7,
  tupleOverflow: 8,
  badStack: 9,
} as const;

/** Bytes from the start of the `state` map's element. */
export const stateWords = {
  /** 32 bits, one of `activities`. Programs other than BEGIN and END fire only when `active`. */
  activity: 0,
  /** 32 bits: the process id of dtrace itself. */
  consumerPid: 4,
  /** 64 bits: what to add to CLOCK_TAI nanoseconds to get the time of day. */
  wallClockOffset: 8,
  /** 64 bits: bumped by `clear()` and `trunc()`, stored beside aggregation values. */
  generation: 16,
  /** 32 bits, 0 or 1: an exit() was taken; the first wins. */
  exited: 24,
  /** 32 bits: the next value of the speculation search. */
  speculationHint: 28,
  /** First byte of the speculation table: per id 8 bytes, turn (32 bits) and bytes used (32). */
  speculations: 32,
} as const;

export const activities = { inactive: 0, warmup: 1, active: 2, draining: 3 } as const;

/**
 * The turn of a speculation counts how often it was taken and given back: it is in use while the
 * turn is odd. Records carry the id and, above it, bits of the turn, so that those of one use are
 * told from those of the next: an id is free as soon as commit() or discard() has run.
 */
export const speculationIdBits = 18;

/** Entries of the speculation table for `nspec` ids from 1 on: a power of two, for a mask. */
export const speculationEntries = (nspec: number): number => 2 ** Math.ceil(Math.log2(nspec + 1));

/** The order of the counters in the `drops` map. */
export const dropKinds = [
  "principal",
  "aggregation",
  "dynamicVariable",
  "speculation",
  "speculationBusy",
  "speculationUnavailable",
  "stackStringTable",
  "doubleError",
] as const;

export type DropKind = (typeof dropKinds)[number];

/**
 * 64-bit words of one CPU's value of an aggregation. Every value starts as zeros.
 *
 * sum: sum, 1 once anything was aggregated. avg: count, sum. stddev: count, sum, low and high word
 * of the sum of squares. min and max: the extreme, biased, then 1 once anything was aggregated. The
 * bias makes the greatest unsigned word the extreme: for max the sign bit is inverted, for min all
 * the other bits are. quantize and its kin: the buckets; quantize has one more that stays unused.
 */
export const aggregationWords = {
  count: 1,
  sum: 2,
  avg: 2,
  stddev: 4,
  min: 2,
  max: 2,
} as const;

/** quantize() has 127 buckets: 63 powers of two on each side of zero. */
export const quantizeZeroBucket = 63;

/** Words of a value that is made of buckets. */
export function bucketCount(
  aggregating:
    | Extract<AggregatingFunction, { name: "lquantize" | "llquantize" }>
    | {
        readonly name: "quantize";
      },
): number {
  switch (aggregating.name) {
    case "quantize":
      return 2 * quantizeZeroBucket + 2;
    case "lquantize":
      return Math.floor((aggregating.limit - aggregating.base) / aggregating.step) + 2;
    case "llquantize": {
      const { factor, low, high, steps } = aggregating;
      return (high - low + 1) * (steps - Math.floor(steps / factor)) + 2;
    }
  }
}

/**
 * Whether an aggregation without keys is an array by CPU: a per-CPU value is no longer than
 * PCPU_MIN_UNIT_SIZE (linux/percpu.h).
 */
export const isTooLargePerCpu = (valueSize: number): boolean => valueSize > 32_768;
