/** Stacks: recorded by a helper where they are wanted, frames that are not there as zeros. */

import type { FieldShape } from "../../enabling.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { clearMemory, pointerTo } from "../copying.ts";
import type { Firing } from "../firing/firing.ts";
import { type Memory, scratchTemporary } from "../firing/scratch.ts";

type StackShape = Extract<FieldShape, { kind: "stack" }>;
type Space = StackShape["space"];

/** `BPF_F_USER_STACK` of uapi/linux/bpf.h; the low byte is how many frames to leave out. */
const userStack = 256n;

/** The most that is counted (`/proc/sys/kernel/perf_event_max_stack`). */
const deepest = 127;

export function storeStack(firing: Firing, memory: Memory, { space, frames }: StackShape): void {
  const { emitter } = firing;
  const { base, offset } = memory;
  const process =
    space === "user" ? emitter.alu(">>", emitter.callOnce("bpf_get_current_pid_tgid"), 32n) : 0n;
  emitter.store(base, offset, 8, process);
  const stack = { base, offset: offset + 8 };
  clearMemory(emitter, stack, frames * 8);
  walkStack(firing, { space, frames, stack });
}

/** Bytes of addresses stored; negative where there is no such stack. */
function walkStack(
  firing: Firing,
  { space, frames, stack }: { space: Space; frames: number; stack: Memory },
): Virtual {
  const { emitter } = firing;
  const flags = space === "user" ? userStack : hiddenFrames(firing);
  return emitter.call(
    "bpf_get_stack",
    emitter.context(),
    pointerTo(emitter, stack),
    BigInt(frames * 8),
    flags,
  );
}

/** The program's own frame and the one that called it (`bpf_trace_run2`, kernel/trace/bpf_trace.c). */
const programFrames = 2n;

/** ERROR runs below the program that faulted, in `error_clauses` under `report_fault`. */
const errorFrames = 2n;

function hiddenFrames({ kind }: Firing): bigint {
  // A timer's registers are those of the interrupted code: nothing of BPF stands above it.
  if (kind === "timer" || kind === "counter") return 0n;
  return kind === "error" ? programFrames + errorFrames : programFrames;
}

export function generateStackDepth(firing: Firing, space: Space): Value {
  const { emitter } = firing;
  const stack = scratchTemporary(firing, deepest * 8);
  const bytes = walkStack(firing, { space, frames: deepest, stack });
  const depth = emitter.set(0n);
  emitter.when({ comparison: "s>", left: bytes, right: 0n }, () =>
    emitter.copy(depth, emitter.alu(">>", bytes, 3n)),
  );
  return depth;
}

/** The return address of the function that was interrupted or that holds the probe. */
export function generateCaller(firing: Firing, space: Space): Value {
  const { emitter } = firing;
  const slot = emitter.temporary(16);
  const stack = { base: emitter.frameAddress(slot), offset: 0 };
  clearMemory(emitter, stack, 16);
  walkStack(firing, { space, frames: 2, stack });
  return emitter.load(stack.base, 8, 8);
}
