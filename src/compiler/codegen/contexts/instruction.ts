/** Instructions of the kernel: the context is the registers before them. */

import { assertNever } from "../../../base/assert-never.ts";
import type { RegisterCondition } from "../../environment.ts";
import type { Value } from "../../ir/ir.ts";
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

/** The context is read in whole words only: parts of one are what is left of it. */
function loadRegister(emitter: Emitter, register: number, size: 4 | 8): Value {
  const value = emitter.loadOnce(emitter.context(), register * 8, 8);
  return size === 8 ? value : emitter.extend(value, 4, false);
}
