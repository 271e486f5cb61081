import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProgramType } from "../../src/bpf/program-spec.ts";
import { linkPerfEvent, objectId } from "../../src/kernel/bpf-syscall.ts";
import { onlineCpus } from "../../src/kernel/cpus.ts";
import { Disposables, type FileDescriptor } from "../../src/kernel/descriptor.ts";
import { LoadedMaps, loadProgram } from "../../src/kernel/load.ts";
import { mapArray } from "../../src/kernel/memory.ts";
import { openCpuClock, openCpuClockAt, openTraceEvent } from "../../src/kernel/perf-event.ts";
import { TraceFs } from "../../src/kernel/tracefs.ts";
import {
  call,
  count,
  entry,
  exit,
  goneFromKernel,
  isBalanced,
  jumpIf,
  label,
  move,
  programOf,
  words,
} from "./blueprints.ts";

interface Counting {
  readonly type: ProgramType;
  /** Only firings with this cookie are counted. */
  readonly cookie: bigint;
  open(): readonly FileDescriptor[];
}

/** Counts the firings of events in this process while `run` does; the program's id goes to `ids`. */
function countFirings(
  { type, cookie, open }: Counting,
  ids: number[],
  run: (fired: () => number) => void,
): void {
  isBalanced(() => {
    using owned = new Disposables();
    const maps = owned.use(LoadedMaps.create([words]));
    const memory = owned.use(mapArray(maps.get("words").descriptor, 8, 1));
    const program = owned.use(
      loadProgram(
        programOf(
          type,
          entry(
            call("bpf_get_attach_cookie"),
            jumpIf(0, "!=", Number(cookie), "out"),
            call("bpf_get_current_pid_tgid"),
            { op: "alu", operator: ">>", width: 64, into: 0, by: { immediate: 32 } },
            jumpIf(0, "!=", process.pid, "out"),
            ...count,
            label("out"),
            move(0, 0),
            exit,
          ),
        ),
        maps,
      ),
    );
    ids.push(objectId(program.descriptor));
    for (const event of open()) {
      owned.use(event);
      owned.use(linkPerfEvent(program.descriptor, event, cookie));
    }
    const view = new BigInt64Array(memory.view);
    run(() => Number(Atomics.load(view, 0)));
  });
}

/** Busy, so that clocks find this process, until `enough` or three seconds have passed. */
function runUntil(enough: () => boolean): void {
  const end = performance.now() + 3_000;
  while (!enough() && performance.now() < end);
}

const clocks = [
  ["a period", (cpu: number) => openCpuClock(cpu, 1_000_000n)],
  ["a frequency", (cpu: number) => openCpuClockAt(cpu, 997)],
] as const;

for (const [kind, open] of clocks) {
  test(`a clock with ${kind} interrupts what runs, with its cookie`, async () => {
    const ids: number[] = [];
    const counting: Counting = {
      type: "perf-event",
      cookie: 77n,
      open: () => onlineCpus().map(open),
    };
    countFirings(counting, ids, (fired) => {
      runUntil(() => fired() >= 20);
      assert.ok(fired() >= 20);
    });
    assert.ok(await goneFromKernel(ids[0] ?? 0));
  });
}

test("a trace event found in tracefs counts this process's calls exactly", async () => {
  using traceFs = TraceFs.open();
  const event = traceFs.findEvent("syscalls", "sys_enter_getppid");
  assert.ok(event);
  const ids: number[] = [];
  const counting: Counting = {
    type: "tracepoint",
    cookie: 5n,
    open: () => [openTraceEvent(event.id, 0)],
  };
  countFirings(counting, ids, (fired) => {
    for (let calls = 0; calls < 321; calls += 1) assert.ok(process.ppid > 0);
    assert.equal(fired(), 321);
  });
  assert.ok(await goneFromKernel(ids[0] ?? 0));
});

test("tracefs is read without being mounted for all", () => {
  isBalanced(() => {
    using traceFs = TraceFs.open();
    const events = traceFs.availableEvents();
    assert.ok(events.includes("sched:sched_switch"));
    assert.match(traceFs.findEvent("sched", "sched_switch")?.format ?? "", /field:pid_t next_pid;/);
    assert.equal(traceFs.findEvent("sched", "no_such_event"), undefined);
  });
});
