/**
 * lockstat: locks of the kernel. That threads had to wait is told by its contention tracepoints (6.0
 * and later), that locks are taken and given by the functions which do it. Spin locks are taken by
 * code of the caller's or in functions where no program of ours may run: only waiting for them is
 * told.
 */

import { firstProbeId } from "../probe-ids.ts";
import { type DrawnArgument, type DrawnNote, drawnProvider, type Way } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";

const lock: DrawnArgument = { type: "uintptr_t" };
const time: DrawnArgument = { type: "uint64_t" };
const side: DrawnArgument = { type: "int" };

/** RW_WRITER and RW_READER of Solaris' sys/rwlock.h. */
const rwWriter = 0;
const rwReader = 1;

/** LCB_F_SPIN, LCB_F_READ, LCB_F_WRITE and LCB_F_MUTEX of trace/events/lock.h. */
const flags = { spin: 1, read: 2, write: 4, mutex: 32 };

/** Which nobody else waits for in a thread that is waiting; an interrupt's waits are others. */
const waiting = "[(uintptr_t)args[0]]";
const since = `self->__lockstat_since${waiting}`;
const kind = `self->__lockstat_flags${waiting}`;
const held = `self->__lockstat_held${waiting}`;

const begin = `${since} = timestamp, ${kind} = args[1]`;

/**
 * A thread that spins, sleeps and spins again for a mutex has slept, from when it began to. Locks at
 * 0, of which there are none, give the variables their types.
 */
const waits = [
  {
    event: "lock:contention_begin",
    assignment: `args[0] == 0 ? (${begin}) : 0,
      ${since} == 0 || (${kind} & ${flags.spin}) > (args[1] & ${flags.spin}) ? (${begin}) : 0`,
  },
  { event: "lock:contention_end", afterwards: true, assignment: `${since} = 0, ${kind} = 0` },
] as const;

/**
 * The count of a struct rw_semaphore (kernel/locking/rwsem.c), its first member: whether a writer has
 * it, and above eight bits how many readers. Of these locks no other flags are told.
 */
const semaphoreWaits = [
  {
    event: "lock:contention_begin",
    assignment: `${held} =
      args[1] == ${flags.read} || args[1] == ${flags.write} ? *(long *)args[0] : 0`,
  },
  { event: "lock:contention_end", afterwards: true, assignment: `${held} = 0` },
] as const;

const hasWriter = `(${held} & 1)`;
const readers = `((${held} & 0x7fffffffffffffff) >> 8)`;

/** The end of a wait, which tells whether the thread got the lock; of which `when` tells the kind. */
const waited = (
  when: string,
  notes: readonly DrawnNote[] = [],
  values: readonly string[] = [],
): Way => ({
  event: "lock:contention_end",
  notes: [...waits, ...notes],
  when: `args[1] == 0 && ${since} != 0 && ${when}`,
  values: ["(uintptr_t)args[0]", `timestamp - ${since}`, ...values],
});

const has = (wanted: number): string => `(${kind} & ${wanted}) != 0`;

/**
 * The return of functions, whose parameters are its arguments from `arg2` on: only a trampoline has
 * them, which also sees every return of a function in which threads sleep.
 */
const returned = (
  functions: readonly string[],
  { got, parameter = 2, values = [] }: Returned = {},
): Way => ({
  functions,
  edge: "return",
  when: [`arg${parameter} != 0`, ...(got === undefined ? [] : [got])].join(" && "),
  values: [`arg${parameter}`, ...values],
});

interface Returned {
  /** Of the value: whether the lock was taken. */
  readonly got?: string;
  /** The lock. */
  readonly parameter?: number;
  readonly values?: readonly string[];
}

const isZero = "args[1] == 0";
const isTrue = "args[1] != 0";
const asReader = [`${rwReader}`];
const asWriter = [`${rwWriter}`];

export const lockstatProvider = drawnProvider({
  name: "lockstat",
  firstId: firstProbeId.lockstat,
  stability: commonStability,
  probes: [
    {
      name: "adaptive-block",
      arguments: [lock, time],
      ways: [waited(`${has(flags.mutex)} && !(${has(flags.spin)})`)],
    },
    {
      name: "adaptive-spin",
      arguments: [lock, time],
      ways: [waited(`${has(flags.mutex)} && ${has(flags.spin)}`)],
    },
    {
      name: "spin-spin",
      arguments: [lock, time],
      ways: [waited(`!(${has(flags.mutex)}) && ${has(flags.spin)}`)],
    },
    {
      name: "rw-block",
      arguments: [lock, time, side, { type: "int" }, { type: "uint64_t" }],
      ways: [
        waited(`${has(flags.read | flags.write)} && !(${has(flags.spin)})`, semaphoreWaits, [
          `${has(flags.read)} ? ${rwReader} : ${rwWriter}`,
          hasWriter,
          readers,
        ]),
      ],
    },
    {
      name: "adaptive-acquire",
      arguments: [lock],
      ways: [
        returned(["mutex_lock", "mutex_lock_io"]),
        returned(
          [
            ...["mutex_lock_interruptible", "mutex_lock_killable"],
            ...["ww_mutex_lock", "ww_mutex_lock_interruptible"],
          ],
          { got: isZero },
        ),
        returned(["mutex_trylock", "ww_mutex_trylock"], { got: isTrue }),
        returned(["atomic_dec_and_mutex_lock"], { got: isTrue, parameter: 3 }),
      ],
    },
    {
      name: "adaptive-release",
      arguments: [lock],
      ways: [returned(["mutex_unlock", "ww_mutex_unlock"])],
    },
    {
      name: "rw-acquire",
      arguments: [lock, side],
      ways: [
        returned(["down_read"], { values: asReader }),
        returned(["down_read_interruptible", "down_read_killable"], {
          got: isZero,
          values: asReader,
        }),
        returned(["down_read_trylock"], { got: isTrue, values: asReader }),
        returned(["down_write"], { values: asWriter }),
        returned(["down_write_killable"], { got: isZero, values: asWriter }),
        returned(["down_write_trylock"], { got: isTrue, values: asWriter }),
      ],
    },
    {
      name: "rw-release",
      arguments: [lock, side],
      ways: [
        returned(["up_read"], { values: asReader }),
        returned(["up_write"], { values: asWriter }),
      ],
    },
    {
      name: "rw-downgrade",
      arguments: [lock],
      ways: [returned(["downgrade_write"])],
    },
  ],
});
