/**
 * System calls: one program an edge. It finds out the ABI and the number of the call, which of its
 * variants is wanted there, and goes on with that variant's clauses.
 */

import type { Value, Virtual } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { EventSource, Program } from "../firing/firing.ts";

export type Edge = "entry" | "return";
export type Abi = "x64" | "x32" | "arm64";

/** Offsets in `struct pt_regs` (arch/x86/include/asm/ptrace.h). */
const registers = { bp: 32, bx: 40, r10: 56, r9: 64, r8: 72, cx: 88, dx: 96, si: 104, di: 112 };
const originalAx = 120;

/** Of arm64 (arch/arm64/include/asm/ptrace.h): x0 is the first; `syscallno` has 32 bits. */
const x0 = 0;
const syscallno = 280;

const argumentRegisters = {
  arm64: [0, 1, 2, 3, 4, 5].map((register) => x0 + register * 8),
  x64: [registers.di, registers.si, registers.dx, registers.r10, registers.r8, registers.r9],
  x32: [registers.bx, registers.cx, registers.dx, registers.si, registers.di, registers.bp],
} as const satisfies Readonly<Record<Abi, readonly number[]>>;

/** A call made through the 32-bit entry (`TS_COMPAT`, arch/x86/include/asm/thread_info.h). */
const compatibilityStatus = 2n;

/** Errors are returned as numbers from -1 to -4095 (`MAX_ERRNO`, include/linux/err.h). */
const greatestError = 4095n;

/** What the current thread had in its registers when it entered the kernel. */
function threadRegisters(emitter: Emitter): Virtual {
  return emitter.callOnce("bpf_task_pt_regs", emitter.callOnce("bpf_get_current_task_btf"));
}

export function entrySource(emitter: Emitter, abi: Abi): EventSource {
  const offsets = argumentRegisters[abi];
  return {
    argument(index) {
      const offset = offsets[index];
      if (offset === undefined) return 0n;
      return emitter.loadOnce(threadRegisters(emitter), offset, abi === "x32" ? 4 : 8);
    },
    errno: () => 0n,
  };
}

/** `arg0` and `arg1` are what the caller gets: -1 for an error, whose number is in `errno`. */
export function returnSource(emitter: Emitter): EventSource {
  const returned = (): Virtual => emitter.loadOnce(emitter.context(), 8, 8);
  return {
    argument(index) {
      if (index > 1) return 0n;
      const value = emitter.set(returned());
      emitter.when(isError(value), () => emitter.copy(value, -1n));
      return value;
    },
    errno() {
      const value = returned();
      const number = emitter.set(0n);
      emitter.when(isError(value), () => emitter.copy(number, emitter.negate(value)));
      return number;
    },
  };
}

const isError = (value: Virtual) =>
  ({ comparison: ">=", left: value, right: -greatestError }) as const;

/** The number the thread called with, in the function that the call is. */
export function numberInRegisters(emitter: Emitter, abi: Abi): Value {
  const offset = abi === "arm64" ? syscallno : originalAx;
  return emitter.loadOnce(threadRegisters(emitter), offset, 4);
}

/** The number the thread called with; at return the context does not tell it. */
export function systemCallNumber(emitter: Emitter, edge: Edge, abi: Abi): Value {
  if (edge === "entry") return emitter.loadOnce(emitter.context(), 8, 8);
  if (abi === "arm64") return emitter.loadOnce(threadRegisters(emitter), syscallno, 4);
  return emitter.loadOnce(threadRegisters(emitter), originalAx, 8);
}

/** Not 0 where the call came through the 32-bit entry. */
export function isCompatibilityCall({ enabling }: Program, emitter: Emitter): Value {
  const offset = enabling.taskOffset("thread_info.status");
  if (offset === undefined) return 0n;
  const task = emitter.callOnce("bpf_get_current_task_btf");
  return emitter.alu("&", emitter.loadOnce(task, offset, 4), compatibilityStatus);
}
