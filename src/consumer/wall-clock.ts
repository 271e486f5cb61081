/** How the kernel's clocks relate: programs read CLOCK_TAI, `walltimestamp` is the time of day. */

import { checkResult } from "../kernel/kernel-error.ts";
import { addressOf, syscall } from "../kernel/native.ts";

const clockGettime = process.arch === "arm64" ? 113 : 228;

const CLOCK_REALTIME = 0;
const CLOCK_TAI = 11;

/** Nanoseconds to add to CLOCK_TAI: whole seconds, 0 where nobody told the kernel the offset. */
export function wallClockOffset(): bigint {
  // The two clocks are read one after the other, perhaps on either side of a second.
  let offset = readOffset();
  for (let again = readOffset(); again !== offset; again = readOffset()) offset = again;
  return offset * 1_000_000_000n;
}

function readOffset(): bigint {
  return readSeconds(CLOCK_REALTIME) - readSeconds(CLOCK_TAI);
}

function readSeconds(clock: number): bigint {
  const time = new ArrayBuffer(16);
  checkResult(syscall(clockGettime, clock, addressOf(time)), "read clock");
  return new BigInt64Array(time)[0] ?? 0n;
}
