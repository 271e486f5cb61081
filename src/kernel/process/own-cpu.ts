/** Where this thread runs. */

import { addressOf, syscall } from "../native.ts";
import { systemCallNumber } from "../system-call-numbers.ts";

const maskSize = 1024;

/**
 * Does something on each of these CPUs that the thread may run on, in their order; afterwards the
 * thread runs where it did. Gives how many there were.
 */
export function onEachCpu(cpus: Iterable<number>, action: (cpu: number) => void): number {
  const before = new ArrayBuffer(maskSize);
  const size = Number(
    syscall(systemCallNumber("sched_getaffinity"), 0, maskSize, addressOf(before)),
  );
  if (size <= 0) return 0;
  let count = 0;
  try {
    for (const cpu of cpus) {
      if (!runOn(maskOf(cpu))) continue;
      action(cpu);
      count += 1;
    }
  } finally {
    runOn(before.slice(0, size));
  }
  return count;
}

function maskOf(cpu: number): ArrayBuffer {
  const mask = new Uint8Array(maskSize);
  mask[cpu >> 3] = 1 << (cpu & 7);
  return mask.buffer;
}

function runOn(mask: ArrayBuffer): boolean {
  const result = syscall(
    systemCallNumber("sched_setaffinity"),
    0,
    mask.byteLength,
    addressOf(mask),
  );
  return Number(result) >= 0;
}
