/** What a firing costs, by the kernel's own account of programs (BPF_ENABLE_STATS). */

import {
  enableRunTimeStatistics,
  listIds,
  objectInfo,
  programById,
} from "../src/kernel/bpf-syscall.ts";
import { bpftrace, buildJob, built, hasCommand } from "./peers.ts";
import { Running } from "./run-process.ts";
import type { Row } from "./table.ts";

const firings = 400_000;

interface Job {
  readonly what: string;
  /** The `-DJOB_x` of the C version. */
  readonly c: string;
  readonly d: (pid: number) => string;
  readonly bpftrace: (pid: number) => string;
}

const jobs: readonly Job[] = [
  {
    what: "@ = count()",
    c: "COUNT",
    d: (pid) => `syscall:x64:write:entry /pid == ${pid}/ { @ = count(); }`,
    bpftrace: (pid) => `tracepoint:syscalls:sys_enter_write /pid == ${pid}/ { @ = count(); }`,
  },
  {
    what: "@[execname] = count()",
    c: "EXECNAME",
    d: (pid) => `syscall:x64:write:entry /pid == ${pid}/ { @[execname] = count(); }`,
    bpftrace: (pid) => `tracepoint:syscalls:sys_enter_write /pid == ${pid}/ { @[comm] = count(); }`,
  },
  {
    what: "@ = quantize(arg2)",
    c: "QUANTIZE",
    d: (pid) => `syscall:x64:write:entry /pid == ${pid}/ { @ = quantize(arg2); }`,
    bpftrace: (pid) =>
      `tracepoint:syscalls:sys_enter_write /pid == ${pid}/ { @ = hist(args->count); }`,
  },
  {
    what: "self->ts pair",
    c: "LATENCY",
    d: (pid) =>
      `syscall:x64:write:entry /pid == ${pid}/ { self->ts = timestamp; } ` +
      "syscall:x64:write:return /self->ts/ { @ = quantize(timestamp - self->ts); self->ts = 0; }",
    bpftrace: (pid) =>
      `tracepoint:syscalls:sys_enter_write /pid == ${pid}/ { @t[tid] = nsecs; } ` +
      "tracepoint:syscalls:sys_exit_write /@t[tid]/ { @ = hist(nsecs - @t[tid]); delete(@t[tid]); }",
  },
  {
    what: "printf record",
    c: "RECORD",
    d: (pid) => `syscall:x64:write:entry /pid == ${pid}/ { printf("%d %s\\n", arg2, execname); }`,
    bpftrace: (pid) =>
      `tracepoint:syscalls:sys_enter_write /pid == ${pid}/ { printf("%d %s\\n", args->count, comm); }`,
  },
];

const rounds = 5;

interface Contender {
  readonly name: string;
  readonly start: (pid: number) => Running;
}

export async function costRows(): Promise<readonly Row[]> {
  using statistics = enableRunTimeStatistics();
  const rows: Row[] = [];
  for (const job of jobs) {
    if (statistics.number < 0) break;
    const ours = {
      name: "dtrace",
      start: (pid: number) => new Running("bin/dtrace", "-qn", job.d(pid)),
    };
    const clang = {
      name: "clang",
      start: (pid: number) => new Running(built.loader, buildJob(job.c, pid)),
    };
    const peer = {
      name: "bpftrace",
      start: (pid: number) => new Running(...bpftrace(job.bpftrace(pid))),
    };
    const contenders = hasCommand("bpftrace") ? [ours, clang, peer] : [ours, clang];
    const [our = 0, c = 0, theirs] = await medians(contenders);
    rows.push(rowOf(job.what, { ours: our, peer: c, name: "clang", limit: 1.2 }));
    if (theirs === undefined) continue;
    rows.push(rowOf(job.what, { ours: our, peer: theirs, name: "bpftrace", limit: 1 }));
  }
  return rows;
}

/** In turns, so that what else the machine does meets all of them. */
async function medians(contenders: readonly Contender[]): Promise<readonly number[]> {
  const costs = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { name, start }] of contenders.entries()) {
      costs[index]?.push(await measure(start, name));
    }
  }
  return costs.map((each) => each.sort((left, right) => left - right)[Math.floor(rounds / 2)] ?? 0);
}

function rowOf(
  what: string,
  { ours, peer, name, limit }: { ours: number; peer: number; name: string; limit: number },
): Row {
  const ratio = ours / peer;
  return {
    what,
    ours: `${ours.toFixed(0)} ns`,
    against: `${name} ${peer.toFixed(0)} ns`,
    ratio,
    wanted: `<= ${limit}`,
    holds: ratio <= limit,
  };
}

/** Nanoseconds of all of a tracer's programs together for one call of the writer. */
async function measure(start: (pid: number) => Running, name: string): Promise<number> {
  using writer = new Running(built.writer, String(firings));
  await writer.said("\n");
  const before = new Set(listIds("program"));
  using tracer = start(writer.pid);
  const programs = await newPrograms(before, name);
  const idle = runTimes(programs);
  writer.child.stdin.write("x");
  await writer.ended();
  const spent = runTimes(programs) - idle;
  tracer.child.kill("SIGINT");
  tracer.child.stdin.end();
  await tracer.ended();
  return spent / firings;
}

/** Programs that came with the tracer, once their number has settled. */
async function newPrograms(before: ReadonlySet<number>, name: string): Promise<readonly number[]> {
  let found: readonly number[] = [];
  for (let settled = 0, waited = 0; settled < 10; waited += 1) {
    if (waited > 300) throw new Error(`${name} loads no program`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = listIds("program").filter((id) => !before.has(id));
    settled = now.length > 0 && now.length === found.length ? settled + 1 : 0;
    found = now;
  }
  return found;
}

/** Offset of `run_time_ns` in struct bpf_prog_info. */
const runTimeOffset = 192;

function runTimes(ids: readonly number[]): number {
  let total = 0;
  for (const id of ids) {
    using program = programById(id);
    if (program === undefined) continue;
    const info = new ArrayBuffer(256);
    objectInfo(program, info);
    total += Number(new DataView(info).getBigUint64(runTimeOffset, true));
  }
  return total;
}
