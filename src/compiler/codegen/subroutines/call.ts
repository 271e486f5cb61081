/** Calls of D's subroutines: the table says who makes the code. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import { diagnose } from "../../diagnostics/diagnostic.ts";
import type { Value } from "../../ir/ir.ts";
import type { Firing } from "../firing/firing.ts";
import { stringAddress } from "../strings/materialize.ts";
import type { StringOperand } from "../strings/operand.ts";
import { subroutines } from "./table.ts";

export type SubroutineCall = Extract<CheckedExpression, { kind: "call" }>;

/** Of a string it gives the address. */
export function generateSubroutineValue(firing: Firing, call: SubroutineCall): Value {
  const subroutine = subroutines[call.subroutine];
  if (subroutine?.gives === "number") return subroutine.generate(firing, call.arguments);
  if (subroutine) return stringAddress(firing, subroutine.generate(firing, call.arguments));
  reportMissing(firing, call);
  return 0n;
}

export function generateSubroutineString(firing: Firing, call: SubroutineCall): StringOperand {
  const subroutine = subroutines[call.subroutine];
  if (subroutine?.gives === "string") return subroutine.generate(firing, call.arguments);
  if (subroutine) {
    const address = subroutine.generate(firing, call.arguments);
    return { kind: "address", space: "kernel", address, arraySize: undefined };
  }
  reportMissing(firing, call);
  return { kind: "literal", bytes: new Uint8Array() };
}

function reportMissing({ enabling }: Firing, { subroutine, span }: SubroutineCall): void {
  enabling.diagnostics.push(diagnose("D_CG_SUBROUTINE", span, subroutine));
}
