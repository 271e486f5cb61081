/** Stacks: recorded by a helper where they are wanted, frames that are not there as zeros. */

import type { FieldShape } from "../../enabling.ts";
import type { Probe } from "../../environment.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { probeAddress } from "../contexts/instruction.ts";
import { clearMemory, pointerTo } from "../copying.ts";
import type { Firing } from "../firing/firing.ts";
import { type Memory, scratchTemporary } from "../firing/scratch.ts";
import { type CodeRanges, codeRanges, whenWithin } from "./code-ranges.ts";

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
  const flags = space === "user" ? userStack : hiddenFrames(firing, tracepointRanges(firing));
  const bytes = emitter.call(
    "bpf_get_stack",
    emitter.context(),
    pointerTo(emitter, stack),
    BigInt(frames * 8),
    flags,
  );
  const context = firing.probes[0]?.context;
  if (space === "kernel" && context?.kind === "instruction") {
    emitter.store(stack.base, stack.offset, 8, probeAddress(emitter, context.architecture));
  }
  if (space === "kernel" && isCallerInRegister(firing.probes[0])) {
    // It is where the function itself stands, which is not wanted.
    emitter.store(stack.base, stack.offset, 8, emitter.load(emitter.context(), linkRegister, 8));
  }
  return bytes;
}

/** At a function's entry on arm64 the caller is not yet on the stack. */
function isCallerInRegister(probe: Probe | undefined): boolean {
  const { context } = probe ?? {};
  return (
    context?.kind === "kernel-function" &&
    context.edge === "entry" &&
    context.architecture === "arm64"
  );
}

/**
 * The program's own frame and the one that called it (`bpf_trace_run2`, kernel/trace/bpf_trace.c, or
 * a trampoline). On arm64 the walk begins with the program twice.
 */
const programFrames = { x64: 2n, arm64: 3n } as const;

/** In arm64's `struct pt_regs`. */
const linkRegister = 240;

/** ERROR runs below the program that faulted, in `error_clauses` under `report_fault`. */
const errorFrames = 2n;

/**
 * A tracepoint calls its programs through its own `__bpf_trace_NAME` and `__traceiter_NAME`, each
 * of which may or may not have a frame: that depends on who else traces it.
 */
function hiddenFrames(firing: Firing, hiddenCode: CodeRanges): Value {
  const { emitter, probes } = firing;
  const [probe] = probes;
  // A timer's registers are those of the interrupted code: nothing of BPF stands above it.
  if (probe?.context.kind === "timer" || probe?.context.kind === "counter") return 0n;
  if (probe?.context.kind === "instruction") return 0n;
  // As DTrace has it, a function's own frame is not there at its entry, and gone at its return.
  if (probe?.context.kind === "kernel-function") {
    return probe.context.edge === "entry" && !isCallerInRegister(probe) ? 1n : 0n;
  }
  const program = programFrames[firing.enabling.environment.architecture];
  // Behind the trampoline stands the function, whose frame shows at both edges.
  const above = isInFunction(probe) ? program + 1n : program;
  const own = firing.kind === "error" ? above + errorFrames : above;
  if (hiddenCode.ranges.length === 0) return own;

  const slot = emitter.temporary(16);
  const frames = { base: emitter.frameAddress(slot), offset: 0 };
  clearMemory(emitter, frames, 16);
  const stack = pointerTo(emitter, frames);
  emitter.call("bpf_get_stack", emitter.context(), stack, 16n, own);
  const hidden = emitter.set(own);
  whenWithin(emitter, emitter.load(frames.base, 0, 8), hiddenCode, () => {
    emitter.copy(hidden, own + 1n);
  });
  emitter.when({ comparison: "==", left: hidden, right: own + 1n }, () => {
    whenWithin(emitter, emitter.load(frames.base, 8, 8), hiddenCode, () => {
      emitter.copy(hidden, own + 2n);
    });
  });
  return hidden;
}

const isInFunction = (probe: Probe | undefined): boolean =>
  probe?.context.kind === "function-trampoline" || probe?.context.kind === "system-call-function";

function tracepointRanges(firing: Firing): CodeRanges {
  const { environment } = firing.enabling;
  const events = new Set(firing.probes.flatMap((probe) => tracepointOf(probe) ?? []));
  const ranges = [...events]
    .flatMap((event) => [`__bpf_trace_${event}`, `__traceiter_${event}`])
    .flatMap((name) => environment.findKernelCode?.(name) ?? []);
  return codeRanges(firing, ranges);
}

function tracepointOf({ context }: Probe): string | undefined {
  if (context.kind === "raw-tracepoint") return context.event;
  if (context.kind !== "system-call") return undefined;
  return context.edge === "entry" ? "sys_enter" : "sys_exit";
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

const functionKinds: ReadonlySet<Probe["context"]["kind"]> = new Set([
  "kernel-function",
  "function-trampoline",
  "system-call-function",
]);

/** The return address of the function that was interrupted or that holds the probe. */
export function generateCaller(firing: Firing, space: Space): Value {
  const { emitter } = firing;
  const slot = emitter.temporary(16);
  const stack = { base: emitter.frameAddress(slot), offset: 0 };
  clearMemory(emitter, stack, 16);
  walkStack(firing, { space, frames: 2, stack });
  const kind = firing.probes[0]?.context.kind;
  const isTop = space === "kernel" && kind !== undefined && functionKinds.has(kind);
  return emitter.load(stack.base, isTop ? 0 : 8, 8);
}
