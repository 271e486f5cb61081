/** Arithmetic as the machine does it, on 64-bit values held as unsigned bigint. */

import type { AluOperator, Comparison } from "../../../bpf/instruction.ts";

export function evaluateAlu(
  operator: AluOperator,
  width: 32 | 64,
  left: bigint,
  right: bigint,
): bigint {
  const a = BigInt.asUintN(width, left);
  const b = BigInt.asUintN(width, right);
  return BigInt.asUintN(width, onWidth(operator, width, a, b));
}

function onWidth(operator: AluOperator, width: 32 | 64, a: bigint, b: bigint): bigint {
  const shift = b & BigInt(width - 1);
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0n ? 0n : a / b;
    case "%":
      return b === 0n ? a : a % b;
    case "s/":
      return b === 0n ? 0n : BigInt.asIntN(width, a) / BigInt.asIntN(width, b);
    case "s%":
      return b === 0n ? a : BigInt.asIntN(width, a) % BigInt.asIntN(width, b);
    case "|":
      return a | b;
    case "&":
      return a & b;
    case "^":
      return a ^ b;
    case "<<":
      return a << shift;
    case ">>":
      return a >> shift;
    case "s>>":
      return BigInt.asIntN(width, a) >> shift;
  }
}

export function evaluateComparison(
  comparison: Comparison,
  width: 32 | 64,
  left: bigint,
  right: bigint,
): boolean {
  const isSigned = comparison.startsWith("s");
  const cut = isSigned ? BigInt.asIntN : BigInt.asUintN;
  const a = cut(width, left);
  const b = cut(width, right);
  switch (comparison) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case ">":
    case "s>":
      return a > b;
    case ">=":
    case "s>=":
      return a >= b;
    case "<":
    case "s<":
      return a < b;
    case "<=":
    case "s<=":
      return a <= b;
    case "&":
      return (a & b) !== 0n;
  }
}

export function evaluateExtend(value: bigint, size: 1 | 2 | 4, signed: boolean): bigint {
  const bits = 8 * size;
  return BigInt.asUintN(64, signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value));
}

export function evaluateBigEndian(value: bigint, bits: 16 | 32 | 64): bigint {
  let result = 0n;
  for (let shift = 0; shift < bits; shift += 8) {
    result = (result << 8n) | ((value >> BigInt(shift)) & 0xffn);
  }
  return result;
}
