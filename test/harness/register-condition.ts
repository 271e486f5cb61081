/** Whether a condition holds of registers, worked out in the simplest way. */

import type { RegisterCondition } from "../../src/compiler/environment.ts";

export function holds(condition: RegisterCondition, registers: BigUint64Array): boolean {
  switch (condition.kind) {
    case "never":
    case "always":
      return condition.kind === "always";
    case "bit":
      return ((registers[condition.register] ?? 0n) & (1n << BigInt(condition.bit))) !== 0n;
    case "equals": {
      const register = registers[condition.register] ?? 0n;
      return BigInt.asUintN(condition.size * 8, register) === BigInt(condition.value);
    }
    case "not":
      return !holds(condition.of, registers);
    case "both":
      return holds(condition.left, registers) && holds(condition.right, registers);
    case "either":
      return holds(condition.left, registers) || holds(condition.right, registers);
    case "differ":
      return holds(condition.left, registers) !== holds(condition.right, registers);
  }
}
