/** Arguments of a subroutine: the checker has counted them already. */

import type { CheckedExpression } from "../../check/checked-program.ts";

export function argumentAt(values: readonly CheckedExpression[], index: number): CheckedExpression {
  const value = values[index];
  if (!value) throw new Error(`a subroutine lacks argument ${index + 1}`);
  return value;
}
