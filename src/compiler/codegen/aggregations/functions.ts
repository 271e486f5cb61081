/** What each aggregating function does to a CPU's value. An interrupt may come between any two. */

import { assertNever } from "../../../base/assert-never.ts";
import type { AggregatingFunction } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { Firing } from "../firing/firing.ts";
import { linearBucket, logarithmicBucket, logLinearBucket } from "./buckets.ts";
import type { Update } from "./update.ts";

export function addToValue({ emitter }: Firing, update: Update): void {
  const aggregating = update.layout.function;
  const { found, value, increment } = update;
  switch (aggregating.name) {
    case "count":
      emitter.atomicAdd(found, 0, 8, 1n);
      return;
    case "sum":
      emitter.atomicAdd(found, 0, 8, value);
      emitter.store(found, 8, 8, 1n);
      return;
    case "avg":
      emitter.atomicAdd(found, 0, 8, 1n);
      emitter.atomicAdd(found, 8, 8, value);
      return;
    case "stddev":
      emitter.atomicAdd(found, 0, 8, 1n);
      emitter.atomicAdd(found, 8, 8, value);
      addSquare(emitter, found, value);
      return;
    case "min":
    case "max":
      keepExtreme(emitter, aggregating.name, update);
      return;
    case "quantize":
    case "lquantize":
    case "llquantize":
      addToBucket(emitter, { found, bucket: bucketOf(emitter, aggregating, value), increment });
      return;
    default:
      assertNever(aggregating);
  }
}

function bucketOf(emitter: Emitter, aggregating: AggregatingFunction, value: Value): Value {
  switch (aggregating.name) {
    case "lquantize":
      return linearBucket(emitter, aggregating, value);
    case "llquantize":
      return logLinearBucket(emitter, aggregating, value);
    default:
      return logarithmicBucket(emitter, value);
  }
}

function addToBucket(
  emitter: Emitter,
  { found, bucket, increment }: { found: Virtual; bucket: Value; increment: Value },
): void {
  if (typeof bucket === "bigint") {
    emitter.atomicAdd(found, Number(bucket) * 8, 8, increment);
    return;
  }
  const place = emitter.add(found, emitter.alu("<<", bucket, 3n));
  emitter.atomicAdd(place, 0, 8, increment);
}

/** 128-bit sum of squares in two words; the low word's overflow is carried. */
function addSquare(emitter: Emitter, found: Virtual, value: Value): void {
  const size = magnitude(emitter, value);
  const low = emitter.alu("&", size, 0xffff_ffffn);
  const high = emitter.alu(">>", size, 32n);
  const lowSquare = emitter.alu("*", low, low);
  const cross = emitter.alu("*", low, high);
  const highSquare = emitter.alu("*", high, high);

  // (high * 2^32 + low)^2 = high^2 * 2^64 + cross * 2^33 + low^2
  const lowSum = emitter.add(lowSquare, emitter.alu("<<", cross, 33n));
  const upper = emitter.set(emitter.add(highSquare, emitter.alu(">>", cross, 31n)));
  const addCarry = (sum: Virtual, part: Virtual): void =>
    emitter.when({ comparison: "<", left: sum, right: part }, () =>
      emitter.copy(upper, emitter.add(upper, 1n)),
    );
  addCarry(lowSum, lowSquare);
  const before = emitter.fetch("+", { base: found, offset: 16, size: 8 }, lowSum);
  addCarry(emitter.add(before, lowSum), lowSum);
  emitter.when({ comparison: "!=", left: upper, right: 0n }, () =>
    emitter.atomicAdd(found, 24, 8, upper),
  );
}

/** Of a signed number, as an unsigned one. */
export function magnitude(emitter: Emitter, value: Value): Virtual {
  const sign = emitter.alu("s>>", value, 63n);
  return emitter.alu("-", emitter.alu("^", value, sign), sign);
}

const signBit = -(2n ** 63n);

/**
 * Kept so that the extreme is always the greatest unsigned number: zeros, which a new value holds,
 * then stand for the least of all values (max) or the greatest (min).
 */
function keepExtreme(emitter: Emitter, name: "min" | "max", update: Update): void {
  const { found, value, generation } = update;
  const biased = emitter.alu("^", value, name === "max" ? signBit : ~signBit);
  const done = emitter.block();
  if (generation) {
    const same = emitter.block();
    const restart = emitter.block();
    emitter.branch(
      { comparison: "==", left: generation.before, right: generation.now },
      { whenTrue: same, whenFalse: restart, unlikely: "false" },
    );
    emitter.place(restart);
    emitter.store(found, 0, 8, biased);
    emitter.store(found, 8, 8, 1n);
    emitter.jump(done);
    emitter.place(same);
  }
  emitter.store(found, 8, 8, 1n);
  raise(emitter, { found, biased, done });
  emitter.place(done);
}

/** An interrupt may have changed the word between look and store: a few attempts, then a store. */
const attempts = 3;

function raise(
  emitter: Emitter,
  { found, biased, done }: { found: Virtual; biased: Virtual; done: ReturnType<Emitter["block"]> },
): void {
  const old = emitter.set(emitter.load(found, 0, 8));
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const greater = emitter.block();
    emitter.branch(
      { comparison: "<=", left: biased, right: old },
      { whenTrue: done, whenFalse: greater },
    );
    emitter.place(greater);
    const seen = emitter.compareExchange({ base: found, offset: 0, size: 8 }, old, biased);
    const again = emitter.block();
    emitter.branch(
      { comparison: "==", left: seen, right: old },
      { whenTrue: done, whenFalse: again, unlikely: "false" },
    );
    emitter.place(again);
    emitter.copy(old, seen);
  }
}
