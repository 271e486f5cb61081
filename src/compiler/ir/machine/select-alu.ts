/** Arithmetic of three addresses as eBPF's of two. */

import type { AluOperator } from "../../../bpf/instruction.ts";
import type { IrOperation, Value } from "../ir.ts";
import { isConstant } from "../operands.ts";
import type { MachineOperand, MachineRegister } from "./machine.ts";
import { type Selector, virtualRegister } from "./selector.ts";

type Alu = Extract<IrOperation, { op: "alu" }>;

const commutative: ReadonlySet<AluOperator> = new Set(["+", "*", "|", "&", "^"]);
const shifts: ReadonlySet<AluOperator> = new Set(["<<", ">>", "s>>"]);
const divisions: ReadonlySet<AluOperator> = new Set(["/", "%", "s/", "s%"]);

export function selectAlu(selector: Selector, alu: Alu): void {
  const { operator, width, right } = alu;
  if (divisions.has(operator) && isConstant(right) && BigInt.asUintN(width, right) === 0n) {
    selectDivisionByZero(selector, alu);
    return;
  }
  if ((operator === "s/" || operator === "s%") && !selector.instructionSetV4) {
    selectSignedDivision(selector, alu);
    return;
  }
  const into = virtualRegister(alu.into);
  const [first, second] = inBestOrder(selector, alu);
  if (isRegister(second, into) && !isRegister(first, into)) {
    // The destination holds the right operand, which the move of the left one would destroy.
    const temporary = selector.temporary();
    selector.moveInto(temporary, first);
    applyAlu(selector, alu, temporary, second);
    selector.move(into, temporary);
    return;
  }
  selector.moveInto(into, first);
  applyAlu(selector, alu, into, second);
}

function applyAlu(
  selector: Selector,
  { operator, width }: Alu,
  into: MachineRegister,
  right: Value,
): void {
  // The verifier refuses constant shifts that the machine would cut to the width.
  const by = shifts.has(operator) && isConstant(right) ? right & BigInt(width - 1) : right;
  selector.emit({ op: "alu", operator, width, into, by: selector.operand(by, width) });
}

/** The operand that is overwritten first: one that is not needed any more, if there is a choice. */
function inBestOrder(selector: Selector, { operator, into, left, right }: Alu): [Value, Value] {
  if (!commutative.has(operator) || isConstant(right)) return [left, right];
  if (isConstant(left) || right === into) return [right, left];
  const rightDies = left !== into && selector.useCount(right) === 1 && selector.useCount(left) > 1;
  return rightDies ? [right, left] : [left, right];
}

function isRegister(value: Value, register: MachineRegister): boolean {
  return !isConstant(value) && virtualRegister(value) === register;
}

/** As the machine does it: `/` gives 0, `%` the dividend. */
function selectDivisionByZero(selector: Selector, { operator, width, into, left }: Alu): void {
  const register = virtualRegister(into);
  if (operator === "/" || operator === "s/") selector.moveInto(register, 0n);
  else if (width === 64) selector.moveInto(register, left);
  else {
    const from = { register: selector.register(left) };
    selector.emit({ op: "move", width: 32, into: register, from });
  }
}

/**
 * Signed division on the unsigned one: divide the magnitudes, then give the quotient the sign of
 * both operands and the remainder that of the dividend. INT64_MIN has the magnitude 2^63, so
 * INT64_MIN / -1 wraps to INT64_MIN without a trap.
 */
function selectSignedDivision(selector: Selector, alu: Alu): void {
  const { operator, width, right } = alu;
  const isQuotient = operator === "s/";
  const [result, sign] = magnitudeOf(selector, alu.left, width);
  let divisor: MachineOperand;
  let divisorSign: MachineOperand | undefined;
  if (isConstant(right)) {
    const signed = BigInt.asIntN(width, right);
    divisor = selector.operand(signed < 0n ? -signed : signed, 64);
    divisorSign = signed < 0n ? { immediate: -1 } : undefined;
  } else {
    const [magnitude, itsSign] = magnitudeOf(selector, right, width);
    divisor = { register: magnitude };
    divisorSign = { register: itsSign };
  }
  aluOn(selector, isQuotient ? "/" : "%", result, divisor);
  if (isQuotient && divisorSign) aluOn(selector, "^", sign, divisorSign);
  aluOn(selector, "^", result, { register: sign });
  aluOn(selector, "-", result, { register: sign });
  const from = { register: result };
  selector.emit({ op: "move", width, into: virtualRegister(alu.into), from });
}

/** The magnitude, and the sign as 0 or -1. */
function magnitudeOf(
  selector: Selector,
  value: Value,
  width: 32 | 64,
): [MachineRegister, MachineRegister] {
  const magnitude = selector.temporary();
  const sign = selector.temporary();
  selector.moveInto(magnitude, isConstant(value) ? BigInt.asIntN(width, value) : value);
  if (width === 32 && !isConstant(value)) extendInPlace(selector, magnitude, 4);
  selector.move(sign, magnitude);
  const by = { immediate: 63 };
  selector.emit({ op: "alu", operator: "s>>", width: 64, into: sign, by });
  aluOn(selector, "^", magnitude, { register: sign });
  aluOn(selector, "-", magnitude, { register: sign });
  return [magnitude, sign];
}

function aluOn(
  selector: Selector,
  operator: AluOperator,
  into: MachineRegister,
  by: MachineOperand,
): void {
  selector.emit({ op: "alu", operator, width: 64, into, by });
}

export function selectExtend(
  selector: Selector,
  { into, from, size, signed }: Extract<IrOperation, { op: "extend" }>,
): void {
  const register = virtualRegister(into);
  if (size === 4 && !signed) {
    const source = { register: selector.register(from) };
    selector.emit({ op: "move", width: 32, into: register, from: source });
    return;
  }
  selector.moveInto(register, from);
  if (signed) extendInPlace(selector, register, size);
  else {
    const by = { immediate: size === 1 ? 0xff : 0xffff };
    selector.emit({ op: "alu", operator: "&", width: 64, into: register, by });
  }
}

function extendInPlace(selector: Selector, into: MachineRegister, size: 1 | 2 | 4): void {
  const by = { immediate: 64 - 8 * size };
  selector.emit({ op: "alu", operator: "<<", width: 64, into, by });
  selector.emit({ op: "alu", operator: "s>>", width: 64, into, by });
}
