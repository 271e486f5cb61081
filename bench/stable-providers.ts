/**
 * What the hottest probe of each stable provider adds to the CPU time of its event, against an empty
 * program at the tracepoint that carries it.
 */

import { buildBare, built } from "./peers.ts";
import { Running, run } from "./run-process.ts";
import type { Row } from "./table.ts";

interface Subject {
  readonly probe: string;
  readonly tracepoint: string;
  /** Of events.c. */
  readonly kind: string;
  readonly count: number;
}

const subjects: readonly Subject[] = [
  { probe: "sched:::off-cpu", tracepoint: "sched_switch", kind: "switches", count: 1_000 },
  { probe: "sysinfo:::pswitch", tracepoint: "sched_switch", kind: "switches", count: 1_000 },
  { probe: "sched:::wakeup", tracepoint: "sched_waking", kind: "switches", count: 1_000 },
  { probe: "vminfo:::pgalloc", tracepoint: "mm_page_alloc", kind: "faults", count: 1_000 },
  { probe: "vminfo:::pgfault", tracepoint: "page_fault_user", kind: "faults", count: 1_000 },
  { probe: "proc:::create", tracepoint: "sched_process_fork", kind: "forks", count: 30 },
  { probe: "proc:::signal-send", tracepoint: "signal_generate", kind: "signals", count: 2_000 },
  { probe: "io:::start", tracepoint: "block_rq_issue", kind: "blocks", count: 30 },
  { probe: "ip:::send", tracepoint: "net_dev_queue", kind: "datagrams", count: 1_000 },
  { probe: "udp:::send", tracepoint: "net_dev_queue", kind: "datagrams", count: 1_000 },
  { probe: "tcp:::send", tracepoint: "net_dev_queue", kind: "segments", count: 500 },
  { probe: "mib:::ipOutRequests", tracepoint: "net_dev_queue", kind: "datagrams", count: 1_000 },
  { probe: "lockstat:::adaptive-block", tracepoint: "contention_end", kind: "waits", count: 200 },
  { probe: "fsinfo:::read", tracepoint: "sys_exit", kind: "reads", count: 5_000 },
  { probe: "syscall::read:entry", tracepoint: "sys_enter", kind: "reads", count: 5_000 },
];

/** Short ones: in some of them the machine does nothing else. */
const rounds = 60;

export async function stableProviderRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const subject of subjects) rows.push(await measure(subject));
  return rows;
}

async function measure({ probe, tracepoint, kind, count }: Subject): Promise<Row> {
  const time = (): number => Number(run(built.events, kind, String(count), String(rounds)).stdout);
  const timeUnder = async (start: () => Running): Promise<number> => {
    using tracer = start();
    await tracer.said("ready");
    const spent = time();
    tracer.child.kill("SIGINT");
    tracer.child.stdin.end();
    await tracer.ended();
    return spent;
  };
  const before = time();
  const bare = await timeUnder(() => new Running(built.loader, buildBare(tracepoint)));
  const program = `BEGIN { printf("ready\\n"); } ${probe} { n++; }`;
  const ours = await timeUnder(
    () => new Running("bin/dtrace", "-x", "switchrate=10hz", "-qn", program),
  );
  const nothing = Math.min(before, time());
  return {
    what: `${probe} { n++; }`,
    ours: `${ours.toFixed(0)} ns (+${(ours - nothing).toFixed(0)})`,
    against: `bare ${bare.toFixed(0)} (+${(bare - nothing).toFixed(0)}), untraced ${nothing.toFixed(0)}`,
    ratio: ours / bare,
    wanted: "",
    holds: undefined,
  };
}
