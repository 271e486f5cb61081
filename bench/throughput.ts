/** Records a second that reach the consumer, none lost. */

import { bpftrace, built, hasCommand } from "./peers.ts";
import { Running } from "./run-process.ts";
import type { Row } from "./table.ts";

const records = 1_000_000;

interface Arrived {
  readonly perSecond: number;
  readonly lost: number;
}

/** The same work for both: a line for each of a million calls, made as fast as they go. */
export async function throughputRows(): Promise<readonly Row[]> {
  const ours = await measure(
    (pid) =>
      new Running(
        "bin/dtrace",
        ...["-x", "bufsize=64m", "-qn"],
        `BEGIN { printf("ready\\n"); } syscall:x64:write:entry /pid == ${pid}/ { printf("%d %s\\n", arg2, execname); }`,
      ),
    "1 writer",
  );
  const rows: Row[] = [
    {
      what: "records consumed",
      ours: rate(ours.perSecond),
      against: "lost",
      ratio: undefined,
      wanted: "0 lost",
      holds: ours.lost === 0,
    },
  ];
  if (!hasCommand("bpftrace")) return rows;
  const peer = await measure(
    (pid) =>
      new Running(
        ...bpftrace(
          `BEGIN { printf("ready\\n"); } tracepoint:syscalls:sys_enter_write /pid == ${pid}/ { printf("%d %s\\n", args->count, comm); }`,
        ),
      ),
    "1 writer",
  );
  const ratio = ours.perSecond / peer.perSecond;
  rows.push({
    what: "records consumed",
    ours: rate(ours.perSecond),
    against: `bpftrace ${rate(peer.perSecond)}, ${peer.lost} lost`,
    ratio,
    wanted: ">= 2",
    holds: ratio >= 2,
  });
  return rows;
}

async function measure(start: (pid: number) => Running, line: string): Promise<Arrived> {
  using writer = new Running(built.writer, String(records));
  await writer.said("\n");
  using tracer = start(writer.pid);
  await tracer.said("ready");
  await new Promise((resolve) => setTimeout(resolve, 500));
  const begin = process.hrtime.bigint();
  writer.child.stdin.write("x");
  await writer.ended();
  let arrived = count(tracer.stdout, line);
  for (let still = 0; still < 20 && arrived < records; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const now = count(tracer.stdout, line);
    still = now === arrived ? still + 1 : 0;
    arrived = now;
  }
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  tracer.child.kill("SIGINT");
  await tracer.ended();
  arrived = count(tracer.stdout, line);
  return { perSecond: arrived / seconds, lost: records - arrived };
}

const count = (text: string, line: string): number => text.split(`${line}\n`).length - 1;

const rate = (perSecond: number): string => `${(perSecond / 1000).toFixed(0)} k/s`;
