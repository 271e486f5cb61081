import type { CheckedAction } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import type { ActionOperand } from "../operand.ts";

export function checkPrintf(_c: Checker, operand: ActionOperand, _n: string): CheckedAction {
  return fail("D_UNKNOWN", operand.span, "no formats");
}
export function checkPrinta(operand: ActionOperand): CheckedAction {
  return fail("D_UNKNOWN", operand.span, "no formats");
}
