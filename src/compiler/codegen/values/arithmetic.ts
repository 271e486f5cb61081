/** Arithmetic in the type of the result, as D computes: no promotion, faults on division by zero. */

import type { AluOperator } from "../../../bpf/instruction.ts";
import type { ArithmeticOperator } from "../../check/checked-program.ts";
import type { Value } from "../../ir/ir.ts";
import { faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { extendTo, type Scalar } from "./scalar.ts";

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

  const width = type.size === 4 && computesInHalves(operator) ? 32 : 64;
  const result = emitter.alu(aluOperator(operator, type), left, right, width);
  if (type.size === 8 || (width === 32 && !type.signed)) return result;
  return keepsExtension(operator, type) ? result : extendTo(emitter, result, type);
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

/** The low halves of the operands give the low half of the result. */
function computesInHalves(operator: ArithmeticOperator): boolean {
  return operator === "+" || operator === "-" || operator === "*";
}

/** Of extended operands these give an extended result. */
function keepsExtension(operator: ArithmeticOperator, { signed }: Scalar): boolean {
  if (operator === "&" || operator === "|" || operator === "^") return true;
  if (operator === ">>" || operator === "%") return true;
  return operator === "/" && !signed;
}

function aluOperator(operator: ArithmeticOperator, { signed }: Scalar): AluOperator {
  if (!signed) return operator;
  if (operator === "/") return "s/";
  if (operator === "%") return "s%";
  return operator === ">>" ? "s>>" : operator;
}
