/** `@name[keys] = function(value)`: what is assigned to what, before it becomes a statement. */

import { fail } from "../checker.ts";
import { checkKeys, keySignature } from "../expressions/variables.ts";
import type { AggregationOperand, Operand } from "../operand.ts";

export function assignAggregation(target: AggregationOperand, value: Operand): AggregationOperand {
  const { entry, span } = target;
  if (value.kind !== "aggregating") return fail("D_AGG_FUNC", span, entry.name);
  if (entry.functionName !== undefined && entry.functionName !== value.name) {
    const line = entry.definedAt?.line ?? 0;
    fail("D_AGG_REDEF", span, entry.name, value.name, entry.functionName, line);
  }
  if (target.value) fail("D_OP_LVAL", span, "=");

  const keys = target.keys ?? [];
  entry.functionName = value.name;
  entry.definedAt ??= span;
  entry.keys ??= keySignature(keys, "aggregation");
  checkKeys(keys, { span, name: `@${entry.name}`, types: entry.keys });
  return { ...target, value };
}
