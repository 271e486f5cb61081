/** Bucket numbers of quantize(), lquantize() and llquantize(), as DTrace numbers them. */

import type { AggregatingFunction } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { quantizeZeroBucket } from "../../runtime-layout.ts";
import type { Emitter } from "../firing/emitter.ts";
import { magnitude } from "./functions.ts";

type Linear = Extract<AggregatingFunction, { name: "lquantize" }>;
type LogLinear = Extract<AggregatingFunction, { name: "llquantize" }>;

/** Powers of two to both sides of the bucket of zero. */
export function logarithmicBucket(emitter: Emitter, value: Value): Virtual {
  const bucket = emitter.set(BigInt(quantizeZeroBucket));
  emitter.when({ comparison: "!=", left: value, right: 0n }, () => {
    const power = logarithm(emitter, magnitude(emitter, value));
    emitter.either(
      { comparison: "s>", left: value, right: 0n },
      () => emitter.copy(bucket, emitter.add(power, BigInt(quantizeZeroBucket + 1))),
      () => storeNegativeBucket(emitter, bucket, power),
    );
  });
  return bucket;
}

/** The lowest bucket holds -2^63 as well. */
function storeNegativeBucket(emitter: Emitter, bucket: Virtual, power: Virtual): void {
  emitter.copy(bucket, 0n);
  emitter.when({ comparison: "<", left: power, right: BigInt(quantizeZeroBucket) }, () =>
    emitter.copy(bucket, emitter.alu("-", BigInt(quantizeZeroBucket - 1), power)),
  );
}

/**
 * The number of the highest bit. Without branches: the verifier would follow each of their
 * combinations. A comparison is the sign of a difference here.
 */
function logarithm(emitter: Emitter, size: Value): Virtual {
  let rest = emitter.set(size);
  let power = emitter.set(0n);
  for (const bits of [32, 16, 8, 4, 2] as const) {
    const most = 2n ** BigInt(bits) - 1n;
    const above = emitter.alu(">>", emitter.alu("-", most, rest), 63n);
    const taken = emitter.alu("<<", above, BigInt(Math.log2(bits)));
    rest = emitter.alu(">>", rest, taken);
    power = emitter.alu("|", power, taken);
  }
  const highest = emitter.alu("|", power, emitter.alu("&", emitter.alu(">>", rest, 1n), 1n));
  // Linux 6.1 loses sight of the bounds on the way.
  return emitter.alu("&", highest, 63n);
}

/** Below `base`, steps, from `limit` on. */
export function linearBucket(
  emitter: Emitter,
  { base, limit, step }: Linear,
  value: Value,
): Virtual {
  const bucket = emitter.set(0n);
  const levels = Math.floor((limit - base) / step);
  emitter.when({ comparison: "s>=", left: value, right: BigInt(base) }, () => {
    const distance = emitter.alu("-", value, BigInt(base));
    const level = emitter.alu("/", distance, BigInt(step));
    emitter.copy(bucket, bounded(emitter, emitter.add(level, 1n), levels + 1));
  });
  return bucket;
}

/** Linear steps within each power of `factor`; the last bucket is for what is above. */
export function logLinearBucket(
  emitter: Emitter,
  { factor, low, high, steps }: LogLinear,
  value: Value,
): Virtual {
  const bucket = emitter.set(0n);
  const done = emitter.block();
  let from = BigInt(factor) ** BigInt(low);
  let first = 1;
  leaveBelow(emitter, { value, limit: from, done });
  for (let order = low; order <= high; order += 1) {
    const to = from * BigInt(factor);
    const count = Number(to > BigInt(steps) ? BigInt(steps) : to);
    const width = to / BigInt(count);
    const distance = emitter.alu("-", value, from);
    emitter.copy(bucket, emitter.add(emitter.alu("/", distance, width), BigInt(first)));
    leaveBelow(emitter, { value, limit: to, done });
    first += count - Math.floor(count / factor);
    from = to;
  }
  emitter.copy(bucket, BigInt(first));
  emitter.place(done);
  return bounded(emitter, bucket, first);
}

function leaveBelow(
  emitter: Emitter,
  { value, limit, done }: { value: Value; limit: bigint; done: ReturnType<Emitter["block"]> },
): void {
  const above = emitter.block();
  emitter.branch(
    { comparison: "s<", left: value, right: limit },
    { whenTrue: done, whenFalse: above },
  );
  emitter.place(above);
}

/** The verifier does not see that the numbers cannot be greater. */
const bounded = (emitter: Emitter, bucket: Value, last: number): Virtual =>
  emitter.atMost(bucket, BigInt(last));
