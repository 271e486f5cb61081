/** How many low bits of a value can be other than zero. */

import type { IrInstruction, Value } from "../ir.ts";
import { isConstant } from "../operands.ts";
import type { Definitions } from "./definitions.ts";

/** Deep enough for what casts and masks pile up. */
const maximumDepth = 4;

export function significantBits(value: Value, definitions: Definitions): number {
  return bitsOf(value, definitions, maximumDepth);
}

function bitsOf(value: Value, definitions: Definitions, depth: number): number {
  if (isConstant(value)) {
    const unsigned = BigInt.asUintN(64, value);
    return unsigned === 0n ? 0 : unsigned.toString(2).length;
  }
  const made = depth === 0 ? undefined : definitions.of(value);
  return made ? bitsMadeBy(made, definitions, depth - 1) : 64;
}

function bitsMadeBy(made: IrInstruction, definitions: Definitions, depth: number): number {
  switch (made.op) {
    case "copy":
      return bitsOf(made.from, definitions, depth);
    case "compare":
      return 1;
    case "load":
      return 8 * made.size;
    case "to-big-endian":
      return made.bits;
    case "extend":
      return made.signed ? 64 : 8 * made.size;
    case "alu":
      return aluBits(made, definitions, depth);
    default:
      return 64;
  }
}

function aluBits(
  { operator, width, left, right }: Extract<IrInstruction, { op: "alu" }>,
  definitions: Definitions,
  depth: number,
): number {
  const bits = (value: Value): number => Math.min(width, bitsOf(value, definitions, depth));
  switch (operator) {
    case "&":
      return Math.min(bits(left), bits(right));
    case "|":
    case "^":
      return Math.max(bits(left), bits(right));
    case "/":
      return bits(left);
    case ">>":
      return isConstant(right)
        ? Math.max(0, bits(left) - Number(right & BigInt(width - 1)))
        : bits(left);
    default:
      return width;
  }
}
