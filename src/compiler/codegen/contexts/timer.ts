/** profile, tick and cpc: the context holds the registers that were interrupted. */

import type { Value } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { EventSource } from "../firing/firing.ts";

interface Registers {
  /** Offsets in `bpf_user_pt_regs_t`: of the program counter, of what has the mode. */
  readonly counter: number;
  readonly state: number;
  readonly mode: bigint;
  /** How the mode compares with 0 in user code. */
  readonly inUser: "==" | "!=";
}

/** arch/x86/include/asm/ptrace.h (cs), arch/arm64/include/uapi/asm/ptrace.h (pstate) */
const registersOf: Readonly<Record<"x64" | "arm64", Registers>> = {
  x64: { counter: 128, state: 136, mode: 3n, inUser: "!=" },
  arm64: { counter: 256, state: 264, mode: 15n, inUser: "==" },
};

/** `arg0` is the kernel's program counter, `arg1` the user's; the other one is 0. */
export function timerSource(emitter: Emitter, architecture: "x64" | "arm64"): EventSource {
  const registers = registersOf[architecture];
  const inKernel = registers.inUser === "==" ? "!=" : "==";
  const counterIf = (comparison: "==" | "!="): Value => {
    const result = emitter.set(0n);
    const state = emitter.loadOnce(emitter.context(), registers.state, 8);
    const mode = emitter.alu("&", state, registers.mode);
    emitter.when({ comparison, left: mode, right: 0n }, () =>
      emitter.copy(result, emitter.loadOnce(emitter.context(), registers.counter, 8)),
    );
    return result;
  };
  return {
    argument(index) {
      if (index === 0) return counterIf(inKernel);
      return index === 1 ? counterIf(registers.inUser) : 0n;
    },
    errno: () => 0n,
  };
}
