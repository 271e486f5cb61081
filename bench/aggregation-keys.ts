/** An aggregation with 100,000 keys: read, merged, sorted and printed. */

import { built } from "./peers.ts";
import { Running } from "./run-process.ts";
import type { Row } from "./table.ts";

const keys = 100_000;

/** From the end of tracing to the last line: the writer's calls are over, a SIGINT asks for it. */
export async function aggregationRows(): Promise<readonly Row[]> {
  using writer = new Running(built.writer, String(keys));
  await writer.said("\n");
  using tracer = new Running(
    "bin/dtrace",
    ...["-x", "aggsize=32m", "-qn"],
    `BEGIN { printf("ready\\n"); } syscall:x64:write:entry /pid == ${writer.pid}/ { @[n++] = count(); }`,
  );
  await tracer.said("ready");
  await new Promise((resolve) => setTimeout(resolve, 500));
  writer.child.stdin.write("x");
  await writer.ended();
  const begin = process.hrtime.bigint();
  tracer.child.kill("SIGINT");
  await tracer.ended();
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const printed = tracer.stdout.split("\n").filter((line) => /^ +\d+ +1$/.test(line)).length;
  return [
    {
      what: `${printed} aggregation keys printed`,
      ours: `${(seconds * 1000).toFixed(0)} ms`,
      against: "",
      ratio: undefined,
      wanted: `${keys} in < 1000 ms`,
      holds: printed === keys && seconds < 1,
    },
  ];
}
