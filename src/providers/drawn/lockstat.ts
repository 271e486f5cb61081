/**
 * lockstat: locks that threads had to wait for. From the kernel's contention tracepoints (6.0 and
 * later), which tell of locks only when they are contended.
 */

import { firstProbeId } from "../probe-ids.ts";
import { type DrawnArgument, drawnProvider, type Way } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";

const lock: DrawnArgument = { type: "uintptr_t" };
const time: DrawnArgument = { type: "uint64_t" };
const number: DrawnArgument = { type: "int" };

/** LCB_F_SPIN, LCB_F_READ, LCB_F_WRITE and LCB_F_MUTEX of trace/events/lock.h. */
const flags = { spin: 1, read: 2, write: 4, mutex: 32 };
const kinds = flags.spin | flags.read | flags.write | flags.mutex;
const readWrite = `(self->__lockstat_flags & ${flags.read | flags.write}) != 0`;

/** The end of a wait that began with these flags, of those above. */
const waited = (when: string, values: readonly string[] = []): Way => ({
  event: "lock:contention_end",
  notes: [
    {
      event: "lock:contention_begin",
      assignment: "self->__lockstat_since = timestamp, self->__lockstat_flags = args[1]",
    },
  ],
  when: `self->__lockstat_since != 0 && ${when}`,
  values: ["(uintptr_t)args[0]", "timestamp - self->__lockstat_since", ...values],
});

const began = (wanted: number): string => `(self->__lockstat_flags & ${kinds}) == ${wanted}`;

export const lockstatProvider = drawnProvider({
  name: "lockstat",
  firstId: firstProbeId.lockstat,
  stability: commonStability,
  probes: [
    { name: "adaptive-block", arguments: [lock, time], ways: [waited(began(flags.mutex))] },
    {
      name: "adaptive-spin",
      arguments: [lock, time],
      ways: [waited(began(flags.mutex | flags.spin))],
    },
    { name: "spin-spin", arguments: [lock, time], ways: [waited(began(flags.spin))] },
    {
      name: "rw-block",
      arguments: [lock, time, number],
      // RW_WRITER is 0 and RW_READER 1 on Solaris.
      ways: [waited(readWrite, [`(self->__lockstat_flags & ${flags.read}) != 0`])],
    },
  ],
});
