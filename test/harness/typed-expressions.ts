/**
 * Random integer expressions as D and as C that computes the same by D's rules: everything is
 * computed in 64 bits, only casts cut and extend. The operand of more bits (unsigned before signed)
 * gives the type, which tells the sign; shifts keep the left one's.
 */

import type { Random } from "../fuzz/random.ts";

export interface IntegerType {
  readonly name: string;
  readonly bits: number;
  readonly signed: boolean;
}

export const integerTypes: readonly IntegerType[] = [8, 16, 32, 64].flatMap((bits) => [
  { name: `int${bits}_t`, bits, signed: true },
  { name: `uint${bits}_t`, bits, signed: false },
]);

const typeNamed = (name: string): IntegerType => {
  const type = integerTypes.find((candidate) => candidate.name === name);
  if (type === undefined) throw new Error(name);
  return type;
};
const int = typeNamed("int32_t");

export interface Variable {
  readonly name: string;
  readonly type: IntegerType;
}

export interface Expression {
  readonly type: IntegerType;
  readonly d: string;
  /** DTrace computes with constants alone while it compiles, in 64 bits, and chooses sides by them. */
  readonly isConstant?: true;
  /** A uint64_t. */
  readonly c: string;
}

/** What the C expressions need. */
export const cPrelude = `#include <stdint.h>
#include <stdio.h>
#define EXTEND(type, value) ((uint64_t)(type)(value))
static uint64_t divide(uint64_t left, uint64_t right, int is_signed) {
  if (!is_signed) return left / right;
  return (int64_t)right == -1 ? -left : (uint64_t)((int64_t)left / (int64_t)right);
}
static uint64_t rest(uint64_t left, uint64_t right, int is_signed) {
  return left - divide(left, right, is_signed) * right;
}
static uint64_t down(uint64_t left, uint64_t count, int is_signed) {
  return is_signed ? (uint64_t)((int64_t)left >> (count & 63)) : left >> (count & 63);
}
`;

export function randomExpression(
  random: Random,
  variables: readonly Variable[],
  depth: number,
): Expression {
  if (depth === 0) return random.chance(75) ? variable(random.pick(variables)) : constant(random);
  const inner = (): Expression => randomExpression(random, variables, depth - 1);
  const varying = (): Expression => {
    const expression = inner();
    return expression.isConstant ? variable(random.pick(variables)) : expression;
  };
  switch (random.below(9)) {
    case 0:
      return unary(random.pick(["-", "~", "!"]), varying());
    case 1:
      return cast(random.pick(integerTypes), varying());
    case 2:
      return comparison(random.pick(["==", "!=", "<", "<=", ">", ">="]), varying(), inner());
    case 3:
      return logical(random.pick(["&&", "||", "^^"]), varying(), inner());
    case 4:
      return conditional(varying(), inner(), inner());
    case 5:
      return division(random.pick(["/", "%"]), varying(), inner());
    case 6:
      return shift(random.pick(["<<", ">>"]), varying(), inner());
    default:
      return arithmetic(random.pick(["+", "-", "*", "&", "|", "^"]), varying(), inner());
  }
}

const variable = ({ name, type }: Variable): Expression => ({
  type,
  d: name,
  c: extended(type, name),
});

const extended = (type: IntegerType, c: string): string => `EXTEND(${type.name}, ${c})`;

function constant(random: Random): Expression {
  const [suffix, typeName] = random.pick([
    ["", "int32_t"],
    ["u", "uint32_t"],
    ["l", "int64_t"],
    ["ul", "uint64_t"],
  ] as const);
  const value = random.pick([0, 1, 2, 3, 7, 31, 127, 128, 255, 256, 65_535, 2_147_483_647]);
  const type = typeNamed(typeName);
  return { type, d: `${value}${suffix}`, c: extended(type, String(value)), isConstant: true };
}

/** The right one's only where it has more bits, or as many and no sign. */
function commonType({ type: left }: Expression, { type: right }: Expression): IntegerType {
  const rank = ({ bits, signed }: IntegerType): number => bits + (signed ? 0 : 1);
  return rank(left) < rank(right) ? right : left;
}

function unary(operator: "-" | "~" | "!", operand: Expression): Expression {
  const type = operator === "!" ? int : operand.type;
  return { type, d: `${operator}(${operand.d})`, c: `(uint64_t)(${operator}${operand.c})` };
}

/** As to type and sign DTrace widens what a signed type has, and leaves the same type alone. */
export function cast(type: IntegerType, operand: Expression): Expression {
  const from = operand.type;
  const d = `(${type.name})(${operand.d})`;
  if (type === from || (type.bits > from.bits && !from.signed)) return { type, d, c: operand.c };
  const source = type.bits > from.bits ? extended(from, operand.c) : operand.c;
  return { type, d, c: extended(type, source) };
}

function comparison(operator: string, left: Expression, right: Expression): Expression {
  const sign = commonType(left, right).signed ? "(int64_t)" : "";
  const c = `(uint64_t)(${sign}${left.c} ${operator} ${sign}${right.c})`;
  return { type: int, d: `(${left.d} ${operator} ${right.d})`, c };
}

function logical(operator: string, left: Expression, right: Expression): Expression {
  const c = `(uint64_t)(!!${left.c} ${operator === "^^" ? "^" : operator} !!${right.c})`;
  return { type: int, d: `(${left.d} ${operator} ${right.d})`, c };
}

function conditional(condition: Expression, left: Expression, right: Expression): Expression {
  return {
    type: commonType(left, right),
    d: `(${condition.d} ? ${left.d} : ${right.d})`,
    c: `(${condition.c} ? ${left.c} : ${right.c})`,
  };
}

/** By an odd number. */
function division(operator: "/" | "%", left: Expression, right: Expression): Expression {
  const one: Expression = { type: int, d: "1", c: "1ull" };
  const divisor = arithmetic("|", right, one);
  const type = commonType(left, divisor);
  const name = operator === "/" ? "divide" : "rest";
  return {
    type,
    d: `(${left.d} ${operator} ${divisor.d})`,
    c: `${name}(${left.c}, ${divisor.c}, ${Number(type.signed)})`,
  };
}

function shift(operator: "<<" | ">>", left: Expression, right: Expression): Expression {
  const { type } = left;
  const c =
    operator === "<<"
      ? `(${left.c} << (${right.c} & 63))`
      : `down(${left.c}, ${right.c}, ${Number(type.signed)})`;
  return { type, d: `(${left.d} ${operator} ${right.d})`, c };
}

function arithmetic(operator: string, left: Expression, right: Expression): Expression {
  return {
    type: commonType(left, right),
    d: `(${left.d} ${operator} ${right.d})`,
    c: `(${left.c} ${operator} ${right.c})`,
  };
}
