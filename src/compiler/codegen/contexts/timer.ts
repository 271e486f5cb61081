/** profile and tick: the context holds the registers that the timer interrupted (x86-64). */

import type { Value } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { EventSource } from "../firing/firing.ts";

/** Offsets in `struct pt_regs` (arch/x86/include/asm/ptrace.h). */
const instructionPointer = 128;
const codeSegment = 136;

/** The privilege level in the code segment: 0 for the kernel. */
const privilegeLevel = 3n;

/** `arg0` is the kernel's program counter, `arg1` the user's; the other one is 0. */
export function timerSource(emitter: Emitter): EventSource {
  const counter = (wanted: "kernel" | "user"): Value => {
    const result = emitter.set(0n);
    const segment = emitter.loadOnce(emitter.context(), codeSegment, 8);
    const level = emitter.alu("&", segment, privilegeLevel);
    const comparison = wanted === "kernel" ? "==" : "!=";
    emitter.when({ comparison, left: level, right: 0n }, () =>
      emitter.copy(result, emitter.loadOnce(emitter.context(), instructionPointer, 8)),
    );
    return result;
  };
  return {
    argument(index) {
      if (index === 0) return counter("kernel");
      return index === 1 ? counter("user") : 0n;
    },
    errno: () => 0n,
  };
}
