/** How long a command takes that traces nothing, and one that enables all system calls. */

import { bpftrace, hasCommand } from "./peers.ts";
import { medianWallMs, peakMemoryMb, run } from "./run-process.ts";
import type { Row } from "./table.ts";

const dtrace = "bin/dtrace";
const times = 9;

export async function startUpRows(): Promise<readonly Row[]> {
  const node = medianWallMs(times, process.execPath, "-e", "0");
  const ours = medianWallMs(times, dtrace, "-qn", "BEGIN { exit(0) }");
  const budget = 1.5 * node + 40;
  const memory = peakMemoryMb(dtrace, "-qn", "BEGIN { exit(0) }");
  const rows: Row[] = [
    {
      what: "start-up, BEGIN{exit(0)}",
      ours: milliseconds(ours),
      against: `node -e 0 ${milliseconds(node)}`,
      ratio: ours / node,
      wanted: `<= 1.5 x + 40 ms = ${milliseconds(budget)}`,
      holds: ours <= budget,
    },
    {
      what: "peak memory",
      ours: `${memory.toFixed(0)} MB`,
      against: "",
      ratio: undefined,
      wanted: "< 90 MB",
      holds: memory < 90,
    },
  ];
  if (hasCommand("bpftrace")) {
    const peer = medianWallMs(5, ...bpftrace("BEGIN { exit(); }"));
    rows.push({
      what: "start-up",
      ours: milliseconds(ours),
      against: `bpftrace ${milliseconds(peer)}`,
      ratio: ours / peer,
      wanted: "< 1",
      holds: ours < peer,
    });
  }
  return rows;
}

/** The run itself lasts 300 ms; what is over is enabling and releasing. */
export async function manyProbesRows(): Promise<readonly Row[]> {
  const runMs = 300;
  const walls = Array.from(
    { length: 5 },
    () => run(dtrace, "-qn", `syscall::: { @ = count(); } tick-${runMs}ms { exit(0); }`).wallMs,
  ).sort((left, right) => left - right);
  const over = (walls[2] ?? 0) - runMs;
  return [
    {
      what: "syscall::: enabled and released",
      ours: milliseconds(over),
      against: "",
      ratio: undefined,
      wanted: "< 500 ms",
      holds: over < 500,
    },
  ];
}

const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;
