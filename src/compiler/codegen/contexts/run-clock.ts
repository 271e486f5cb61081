/**
 * vtimestamp: how long a thread has run. The scheduler keeps the sum, but brings it up to date only
 * at ticks and switches; so a program at every switch notes when the next thread's turn began.
 */

import type { IrFunction, Value, Virtual } from "../../ir/ir.ts";
import { mapNames } from "../../runtime-layout.ts";
import { Emitter } from "../firing/emitter.ts";
import type { Enabling, Firing } from "../firing/firing.ts";
import { kernelOffset } from "../firing/kernel-structures.ts";

/** This CPU's turn: the thread, `bpf_ktime_get_ns` at its start, its run time until then. */
const turn = { task: 0, since: 8, before: 16, size: 24 } as const;

const runTimePath = "se.sum_exec_runtime";

/** The turn of a thread that has run since before tracing began is not known: the sum must do. */
export function generateRunTime(firing: Firing): Value {
  const { emitter, enabling } = firing;
  enabling.maps.add({
    name: mapNames.turns,
    type: "percpu-array",
    keySize: 4,
    valueSize: turn.size,
    maxEntries: 1,
    flags: [],
  });
  const task = emitter.callOnce("bpf_get_current_task_btf");
  const result = emitter.set(emitter.load(task, kernelOffset(firing, runTimePath), 8));
  const now = firing.timestamp ?? emitter.callOnce("bpf_ktime_get_ns");
  const found = findTurn(emitter);
  emitter.when({ comparison: "!=", left: found, right: 0n }, () => {
    const current = emitter.callOnce("bpf_get_current_task");
    const running = emitter.load(found, turn.task, 8);
    emitter.when({ comparison: "==", left: running, right: current }, () => {
      const passed = emitter.alu("-", now, emitter.load(found, turn.since, 8));
      emitter.copy(result, emitter.add(passed, emitter.load(found, turn.before, 8)));
    });
  });
  return result;
}

/** A raw tracepoint program for sched_switch(preempt, previous, next, state). */
export function generateRunClock(enabling: Enabling, name: string): IrFunction {
  const emitter = new Emitter(name, "entry", 0);
  const offset = enabling.taskOffset(runTimePath);
  if (offset === undefined) throw new Error(`struct task_struct has no ${runTimePath}`);
  const next = emitter.load(emitter.context(), 16, 8);
  const found = findTurn(emitter);
  emitter.when({ comparison: "!=", left: found, right: 0n }, () => {
    const slot = emitter.temporary(8);
    const address = emitter.add(next, BigInt(offset));
    emitter.call("bpf_probe_read_kernel", emitter.frameAddress(slot), 8n, address);
    emitter.store(found, turn.before, 8, emitter.load(emitter.frameAddress(slot), 0, 8));
    emitter.store(found, turn.since, 8, emitter.call("bpf_ktime_get_ns"));
    emitter.store(found, turn.task, 8, next);
  });
  emitter.return(0n);
  return emitter.finish();
}

function findTurn(emitter: Emitter): Virtual {
  const key = emitter.frameAddress(emitter.temporary(4));
  emitter.store(key, 0, 4, 0n);
  return emitter.call("bpf_map_lookup_elem", emitter.map(mapNames.turns), key);
}
