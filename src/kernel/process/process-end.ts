/** How a process ended. */

import { constants } from "node:os";

export interface ProcessEnd {
  readonly pid: number;
  /** Both undefined where the process is not our child and the kernel does not tell. */
  readonly status: number | undefined;
  /** `SIGKILL`, where a signal ended it. */
  readonly signal: string | undefined;
}

const signalNames = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);

/** From the word that wait(2) gives. */
export function endOfWaitStatus(pid: number, word: number): ProcessEnd {
  const signal = word & 0x7f;
  if (signal === 0) return { pid, status: (word >> 8) & 0xff, signal: undefined };
  return { pid, status: undefined, signal: signalNames.get(signal) ?? `SIG${signal}` };
}
