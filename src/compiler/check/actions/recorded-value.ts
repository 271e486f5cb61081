/** What may be recorded though it is no operand: stacks and symbols beside plain values. */

import type { SymbolForm } from "../../types/d-type.ts";
import type { CheckedExpression } from "../checked-program.ts";
import { fail } from "../checker.ts";
import { requireValue } from "../expressions/expression.ts";
import type { ActionOperand, Operand } from "../operand.ts";

export function recordedValue(operand: Operand): CheckedExpression {
  if (operand.kind !== "action") return requireValue(operand);
  const { span, type } = operand;
  if (type.kind === "stack") return { kind: "stack", span, type };
  if (type.kind === "symbol") return symbolOf(operand, type.form);
  return requireValue(operand);
}

function symbolOf(
  { span, type, arguments: [address] }: ActionOperand,
  form: SymbolForm,
): CheckedExpression {
  if (!address) return fail("D_PROTO_LEN", span, `${form}( ) prototype mismatch`);
  return { kind: "symbol-of", span, type, form, address: requireValue(address) };
}
