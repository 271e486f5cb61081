/** Where the packets of a process on this machine are received. */

import { readdirSync, readFileSync } from "node:fs";
import { slowness } from "./run-dtrace.ts";

/**
 * A predicate: in the process itself, or, where that takes the kernel long, in its threads for soft
 * interrupts. In a guest there is nobody else who sends anything.
 */
export function receivesPackets(): string {
  const threads = slowness === 1 ? [] : softInterruptThreads();
  return ["$target", ...threads].map((id) => `pid == ${id}`).join(" || ");
}

function softInterruptThreads(): readonly string[] {
  return readdirSync("/proc").filter(
    (name) => /^\d+$/.test(name) && /^ksoftirqd/.test(nameOf(name)),
  );
}

function nameOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/comm`, "utf8");
  } catch {
    return "";
  }
}
