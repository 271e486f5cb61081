/** Instructions of the kernel: the context is the registers before them. */

import { assertNever } from "../../../base/assert-never.ts";
import type { RegisterCondition } from "../../environment.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { EventSource } from "../firing/firing.ts";

/** `arg0` is 1 where a jump is taken. */
export function instructionSource(emitter: Emitter, jump: RegisterCondition): EventSource {
  return {
    argument: (index) => (index === 0 ? truthOf(emitter, jump) : 0n),
    errno: () => 0n,
  };
}

/** 0 or 1. */
function truthOf(emitter: Emitter, condition: RegisterCondition): Value {
  switch (condition.kind) {
    case "never":
      return 0n;
    case "always":
      return 1n;
    case "bit": {
      const register = loadRegister(emitter, condition.register, 8);
      return emitter.alu("&", emitter.alu(">>", register, BigInt(condition.bit)), 1n);
    }
    case "equals": {
      const register = loadRegister(emitter, condition.register, condition.size);
      const result = emitter.set(0n);
      emitter.when({ comparison: "==", left: register, right: BigInt(condition.value) }, () =>
        emitter.copy(result, 1n),
      );
      return result;
    }
    case "not":
      return emitter.alu("^", truthOf(emitter, condition.of), 1n);
    case "both":
    case "either":
    case "differ": {
      const left = truthOf(emitter, condition.left);
      return emitter.alu(operators[condition.kind], left, truthOf(emitter, condition.right));
    }
    default:
      return assertNever(condition);
  }
}

const operators = { both: "&", either: "|", differ: "^" } as const;

/** x86-64's kprobes show the address behind their breakpoint (arch/x86/kernel/kprobes/core.c). */
const counters = { x64: { register: 16, ahead: 1n }, arm64: { register: 32, ahead: 0n } } as const;

type Architecture = keyof typeof counters;

/** `regs[register]`; the program counter is where the probe is. */
export function probeRegister(
  emitter: Emitter,
  architecture: Architecture,
  register: number,
): Virtual {
  const value = emitter.loadOnce(emitter.context(), register * 8, 8);
  const { register: counter, ahead } = counters[architecture];
  return register === counter && ahead > 0n ? emitter.alu("-", value, ahead) : value;
}

export const probeAddress = (emitter: Emitter, architecture: Architecture): Virtual =>
  probeRegister(emitter, architecture, counters[architecture].register);

/** The context is read in whole words only: parts of one are what is left of it. */
function loadRegister(emitter: Emitter, register: number, size: 4 | 8): Value {
  const value = emitter.loadOnce(emitter.context(), register * 8, 8);
  return size === 8 ? value : emitter.extend(value, 4, false);
}
