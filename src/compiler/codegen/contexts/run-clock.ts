/**
 * vtimestamp: how long a thread has run, by the clock of `timestamp`. A program at every switch
 * notes when the next thread's turn begins, and adds the turn that ends to the sum of its thread,
 * if that thread ever asked. (The scheduler's own sum is up to date at ticks only and leaves out
 * what interrupts and a hypervisor took: the two mixed would run backwards.)
 */

import type { IrFunction, Value, Virtual } from "../../ir/ir.ts";
import { mapNames } from "../../runtime-layout.ts";
import { Emitter } from "../firing/emitter.ts";
import type { Enabling, Firing } from "../firing/firing.ts";
import { kernelOffset } from "../firing/kernel-structures.ts";
import { findTaskStorage } from "../firing/task-storage.ts";

/** This CPU's turn: the thread, `bpf_ktime_get_ns` at its start, the scheduler's sum until then. */
const turn = { task: 0, since: 8, before: 16, size: 24 } as const;

/** Of a thread: how long it ran before its present turn; 0 before it asks the first time. */
const runTimeSize = 8;

const schedulerSumPath = "se.sum_exec_runtime";

export function generateRunTime(firing: Firing): Value {
  const { emitter } = firing;
  addMaps(firing.enabling);
  const now = firing.timestamp ?? emitter.callOnce("bpf_ktime_get_ns");
  const task = emitter.callOnce("bpf_get_current_task_btf");
  const schedulerSum = emitter.load(task, kernelOffset(firing, schedulerSumPath), 8);
  const before = emitter.set(schedulerSum);
  const passed = emitter.set(0n);
  const found = findTurn(emitter);
  emitter.when({ comparison: "!=", left: found, right: 0n }, () => {
    const current = emitter.callOnce("bpf_get_current_task");
    // No switch on this CPU since tracing began: the turn begins here.
    emitter.whenRarely(
      { comparison: "==", left: emitter.load(found, turn.task, 8), right: 0n },
      () => storeTurn(emitter, found, { task: current, since: now, before: schedulerSum }),
    );
    const running = emitter.load(found, turn.task, 8);
    emitter.when({ comparison: "==", left: running, right: current }, () => {
      emitter.copy(before, emitter.load(found, turn.before, 8));
      const since = emitter.load(found, turn.since, 8);
      // A firing that lost the CPU after it had asked for the time is older than its turn.
      emitter.when({ comparison: ">", left: now, right: since }, () => {
        emitter.copy(passed, emitter.alu("-", now, since));
      });
    });
  });
  const own = findTaskStorage(emitter, mapNames.runTimes, { task, create: true });
  emitter.when({ comparison: "!=", left: own, right: 0n }, () => {
    emitter.whenRarely({ comparison: "==", left: emitter.load(own, 0, 8), right: 0n }, () => {
      emitter.store(own, 0, 8, before);
    });
    emitter.copy(before, emitter.load(own, 0, 8));
  });
  return emitter.add(before, passed);
}

/** A raw tracepoint program for sched_switch(preempt, previous, next, state). */
export function generateRunClock(enabling: Enabling, name: string): IrFunction {
  const emitter = new Emitter(name, "entry", 0);
  const offset = enabling.taskOffset(schedulerSumPath);
  if (offset === undefined) throw new Error(`struct task_struct has no ${schedulerSumPath}`);
  const next = emitter.load(emitter.context(), 16, 8);
  const found = findTurn(emitter);
  emitter.when({ comparison: "!=", left: found, right: 0n }, () => {
    const now = emitter.call("bpf_ktime_get_ns");
    endTurn(emitter, found, now);
    const slot = emitter.temporary(8);
    const address = emitter.add(next, BigInt(offset));
    emitter.call("bpf_probe_read_kernel", emitter.frameAddress(slot), 8n, address);
    const before = emitter.load(emitter.frameAddress(slot), 0, 8);
    storeTurn(emitter, found, { task: next, since: now, before });
  });
  emitter.return(0n);
  return emitter.finish();
}

/** The thread that leaves is still the current one. */
function endTurn(emitter: Emitter, found: Virtual, now: Value): void {
  const task = emitter.callOnce("bpf_get_current_task_btf");
  const own = findTaskStorage(emitter, mapNames.runTimes, { task, create: false });
  emitter.when({ comparison: "!=", left: own, right: 0n }, () => {
    const running = emitter.load(found, turn.task, 8);
    const current = emitter.call("bpf_get_current_task");
    emitter.when({ comparison: "==", left: running, right: current }, () => {
      const passed = emitter.alu("-", now, emitter.load(found, turn.since, 8));
      emitter.store(own, 0, 8, emitter.add(emitter.load(own, 0, 8), passed));
    });
  });
}

interface Turn {
  readonly task: Value;
  readonly since: Value;
  readonly before: Value;
}

function storeTurn(emitter: Emitter, found: Virtual, { task, since, before }: Turn): void {
  emitter.store(found, turn.before, 8, before);
  emitter.store(found, turn.since, 8, since);
  emitter.store(found, turn.task, 8, task);
}

function findTurn(emitter: Emitter): Virtual {
  const key = emitter.frameAddress(emitter.temporary(4));
  emitter.store(key, 0, 4, 0n);
  return emitter.call("bpf_map_lookup_elem", emitter.map(mapNames.turns), key);
}

function addMaps({ maps }: Enabling): void {
  maps.add({
    name: mapNames.turns,
    type: "percpu-array",
    keySize: 4,
    valueSize: turn.size,
    maxEntries: 1,
    flags: [],
  });
  maps.add({
    name: mapNames.runTimes,
    type: "task-storage",
    keySize: 4,
    valueSize: runTimeSize,
    maxEntries: 0,
    flags: ["no-preallocation"],
  });
}
