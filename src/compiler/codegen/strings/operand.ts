/** Strings as operands: where the characters are, before anybody has copied them. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value } from "../../ir/ir.ts";
import { resolveType, sizeOf } from "../../types/type-queries.ts";
import type { Firing } from "../firing/firing.ts";
import { type Memory, scratchTemporary } from "../firing/scratch.ts";
import { isProbeName } from "../shapes.ts";
import { generateSubroutineString } from "../subroutines/call.ts";
import { branchOn, generateEffect, generateValue } from "../values/expression.ts";
import { addressOf, generateLocation } from "../values/location.ts";
import { generateAssignment } from "../variables/assignment.ts";
import { locationSize } from "../variables/variable-plan.ts";
import { commandLineText } from "./command-line.ts";
import { storeString } from "./materialize.ts";
import { probeNameText } from "./probe-name.ts";
import { encodeText } from "./text.ts";

export type StringOperand =
  | { readonly kind: "literal"; readonly bytes: Uint8Array }
  /** The 16 bytes of the thread's name. */
  | { readonly kind: "command-name" }
  /**
   * Ends with a NUL within `size`. Where a nullable base is 0, the string is NULL: a variable that
   * is not there reads as empty, what a subroutine did not find is a fault.
   */
  | {
      readonly kind: "memory";
      readonly memory: Memory;
      readonly size: number;
      readonly nullable: boolean;
      readonly faultsAsNull?: true;
    }
  /** To be read with checks: up to a NUL, `strsize`, or the end of the array it is. */
  | {
      readonly kind: "address";
      readonly space: "kernel" | "user";
      readonly address: Value;
      readonly arraySize: number | undefined;
    };

/** NULL compares as the empty string, and a variable keeps it as one. */
export function emptyForNull(operand: StringOperand): StringOperand {
  if (operand.kind !== "memory" || !operand.faultsAsNull) return operand;
  const { kind, memory, size, nullable } = operand;
  return { kind, memory, size, nullable };
}

export function generateString(firing: Firing, expression: CheckedExpression): StringOperand {
  switch (expression.kind) {
    case "string-literal":
      return { kind: "literal", bytes: encodeText(expression.text) };
    case "builtin":
      if (isProbeName(expression.name)) return probeNameText(firing, expression.name);
      if (expression.name === "execargs") return commandLineText(firing);
      return { kind: "command-name" };
    case "to-string":
      return stringAt(firing, expression.operand);
    case "call":
      return generateSubroutineString(firing, expression);
    case "conditional":
      return chooseString(firing, expression);
    case "assign":
      generateAssignment(firing, expression);
      return generateString(firing, expression.target);
    case "comma":
      generateEffect(firing, expression.first);
      return generateString(firing, expression.second);
    case "cast":
      return generateString(firing, expression.operand);
    default:
      return stringAtLocation(firing, expression);
  }
}

/** The characters a pointer points to, or those of an array. */
function stringAt(firing: Firing, operand: CheckedExpression): StringOperand {
  const type = resolveType(operand.type);
  if (type.kind === "string") return generateString(firing, operand);
  if (type.kind !== "array") {
    const address = generateValue(firing, operand);
    return { kind: "address", space: "kernel", address, arraySize: undefined };
  }
  const address = addressOf(firing, generateLocation(firing, operand));
  return { kind: "address", space: "kernel", address, arraySize: sizeOf(type) || undefined };
}

function stringAtLocation(firing: Firing, expression: CheckedExpression): StringOperand {
  const location = generateLocation(firing, expression);
  const size = locationSize(expression, firing.enabling.options);
  if (location.kind === "memory") {
    const { base, offset, nullable } = location;
    return { kind: "memory", memory: { base, offset }, size, nullable };
  }
  return {
    kind: "address",
    space: "kernel",
    address: addressOf(firing, location),
    arraySize: size,
  };
}

type Conditional = Extract<CheckedExpression, { kind: "conditional" }>;

function chooseString(
  firing: Firing,
  { condition, whenTrue, whenFalse }: Conditional,
): StringOperand {
  const size = firing.enabling.options.strsize;
  const memory = scratchTemporary(firing, size);
  const storeOf = (chosen: CheckedExpression) => (): void =>
    storeString(firing, generateString(firing, chosen), { memory, size });
  branchOn(firing, condition, storeOf(whenTrue), storeOf(whenFalse));
  return { kind: "memory", memory, size, nullable: false };
}
