/**
 * Arithmetic as D computes: in 64 bits, of which the type of the result tells only the sign; faults
 * on division by zero.
 */

import type { AluOperator } from "../../../bpf/instruction.ts";
import type { ArithmeticOperator } from "../../check/checked-program.ts";
import type { Value } from "../../ir/ir.ts";
import { faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import type { Scalar } from "./scalar.ts";

export interface Operands {
  readonly operator: ArithmeticOperator;
  readonly left: Value;
  readonly right: Value;
}

export function generateArithmetic(firing: Firing, operands: Operands, type: Scalar): Value {
  const { emitter } = firing;
  const { operator, left } = operands;
  const right = isShift(operator) ? shiftDistance(operands.right) : operands.right;
  if (operator === "/" || operator === "%") checkDivisor(firing, right);

  return emitter.alu(aluOperator(operator, type), left, right);
}

const isShift = (operator: ArithmeticOperator): boolean => operator === "<<" || operator === ">>";

/** The kernel refuses constant distances past the width; registers are cut as x86 cuts them. */
function shiftDistance(distance: Value): Value {
  return typeof distance === "bigint" ? distance & 63n : distance;
}

function checkDivisor(firing: Firing, divisor: Value): void {
  if (typeof divisor === "bigint" && divisor !== 0n) return;
  faultWhen(firing, { comparison: "==", left: divisor, right: 0n }, "divideByZero", 0n);
}

function aluOperator(operator: ArithmeticOperator, { signed }: Scalar): AluOperator {
  if (!signed) return operator;
  if (operator === "/") return "s/";
  if (operator === "%") return "s%";
  return operator === ">>" ? "s>>" : operator;
}
