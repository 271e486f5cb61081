/** Calls of D's subroutines: the table says who makes the code. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value } from "../../ir/ir.ts";
import type { Firing } from "../firing/firing.ts";
import { stringAddress } from "../strings/materialize.ts";
import type { StringOperand } from "../strings/operand.ts";
import { subroutines } from "./table.ts";

export type SubroutineCall = Extract<CheckedExpression, { kind: "call" }>;

/** Of a string it gives the address. */
export function generateSubroutineValue(firing: Firing, call: SubroutineCall): Value {
  const subroutine = subroutines[call.subroutine];
  return subroutine.gives === "number"
    ? subroutine.generate(firing, call.arguments)
    : stringAddress(firing, subroutine.generate(firing, call.arguments));
}

export function generateSubroutineString(firing: Firing, call: SubroutineCall): StringOperand {
  const subroutine = subroutines[call.subroutine];
  if (subroutine.gives === "string") return subroutine.generate(firing, call.arguments);
  const address = subroutine.generate(firing, call.arguments);
  return { kind: "address", space: "kernel", address, arraySize: undefined };
}
