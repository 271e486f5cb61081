/** The parameters of lquantize() and llquantize(): constants, in range, the same at every use. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { AggregatingFunction } from "../checked-program.ts";
import { fail } from "../checker.ts";
import {
  type AggregationOperand,
  constantOf,
  isPositiveConstant,
  type Operand,
} from "../operand.ts";

type Linear = AggregatingFunction & { readonly name: "lquantize" };
type LogLinear = AggregatingFunction & { readonly name: "llquantize" };

const isInt32 = (value: bigint): boolean => BigInt.asIntN(32, value) === value;

export function linearBuckets(
  { entry, span }: AggregationOperand,
  [, baseOperand, limitOperand, stepOperand]: readonly Operand[],
): Linear {
  const base = baseOperand && constantOf(baseOperand);
  if (base === undefined) return fail("D_LQUANT_BASETYPE", baseOperand?.span ?? span);
  if (!isInt32(base)) fail("D_LQUANT_BASEVAL", baseOperand?.span ?? span);
  const limit = limitOperand && constantOf(limitOperand);
  if (limit === undefined) return fail("D_LQUANT_LIMTYPE", limitOperand?.span ?? span);
  if (!isInt32(limit)) fail("D_LQUANT_LIMVAL", limitOperand?.span ?? span);
  if (limit < base) fail("D_LQUANT_MISMATCH", span);

  const step = stepOf(stepOperand);
  const levels = (limit - base) / step;
  if (levels === 0n) fail("D_LQUANT_STEPLARGE", span);
  if (levels > 0xffffn) fail("D_LQUANT_STEPSMALL", span);
  const buckets: Linear = {
    name: "lquantize",
    base: Number(base),
    limit: Number(base + levels * step),
    step: Number(step),
  };
  const previous = entry.aggregation?.function;
  if (previous?.name === "lquantize") requireSameLinear(span, previous, buckets);
  return buckets;
}

function stepOf(operand: Operand | undefined): bigint {
  if (!operand) return 1n;
  const step = constantOf(operand);
  if (step === undefined || !isPositiveConstant(operand)) {
    return fail("D_LQUANT_STEPTYPE", operand.span);
  }
  if (step > 0xffffn) fail("D_LQUANT_STEPVAL", operand.span);
  return step;
}

function requireSameLinear(span: TextSpan, previous: Linear, current: Linear): void {
  if (previous.base !== current.base) {
    fail("D_LQUANT_MATCHBASE", span, previous.base, current.base);
  }
  if (previous.limit !== current.limit) {
    fail("D_LQUANT_MATCHLIM", span, previous.limit, current.limit);
  }
  if (previous.step !== current.step) {
    fail("D_LQUANT_MATCHSTEP", span, previous.step, current.step);
  }
}

const logLinearParameters = [
  { type: "D_LLQUANT_FACTORTYPE", value: "D_LLQUANT_FACTORVAL" },
  { type: "D_LLQUANT_LOWTYPE", value: "D_LLQUANT_LOWVAL" },
  { type: "D_LLQUANT_HIGHTYPE", value: "D_LLQUANT_HIGHVAL" },
  { type: "D_LLQUANT_NSTEPTYPE", value: "D_LLQUANT_NSTEPVAL" },
] as const;

export function logLinearBuckets(
  { entry, span }: AggregationOperand,
  [, ...operands]: readonly Operand[],
): LogLinear {
  const [factor = 0, low = 0, high = 0, steps = 0] = logLinearParameters.map((tags, index) => {
    const operand = operands[index];
    const constant = operand && constantOf(operand);
    if (constant === undefined) return fail(tags.type, operand?.span ?? span);
    const isUnsigned16 = constant >= 0n && constant <= 0xffffn;
    return isUnsigned16 ? Number(constant) : fail(tags.value, operand?.span ?? span);
  });
  const buckets: LogLinear = { name: "llquantize", factor, low, high, steps };
  requireUsable(span, buckets);
  const previous = entry.aggregation?.function;
  if (previous?.name === "llquantize") requireSameLogLinear(span, previous, buckets);
  return buckets;
}

function requireUsable(span: TextSpan, { factor, low, high, steps }: LogLinear): void {
  if (factor < 2) fail("D_LLQUANT_FACTORSMALL", span);
  if (low >= high) fail("D_LLQUANT_MAGRANGE", span);
  if (steps < factor) fail("D_LLQUANT_FACTORNSTEPS", span);
  let power = factor;
  while (power < steps) power *= factor;
  if (steps % factor !== 0 || power % steps !== 0) fail("D_LLQUANT_FACTOREVEN", span);
  if (BigInt(factor) ** BigInt(Math.min(high, 64)) > 0xffff_ffff_ffff_ffffn) {
    fail("D_LLQUANT_MAGTOOBIG", span, factor, high);
  }
}

function requireSameLogLinear(span: TextSpan, previous: LogLinear, current: LogLinear): void {
  const { factor, low, high, steps } = previous;
  if (factor !== current.factor) fail("D_LLQUANT_FACTORMATCH", span, factor, current.factor);
  if (low !== current.low) fail("D_LLQUANT_LOWMATCH", span, low, current.low);
  if (high !== current.high) fail("D_LLQUANT_HIGHMATCH", span, high, current.high);
  if (steps !== current.steps) fail("D_LLQUANT_NSTEPMATCH", span, steps, current.steps);
}
