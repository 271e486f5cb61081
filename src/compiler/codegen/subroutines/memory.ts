/** alloca(), copyin(), copyinto(), bcopy(): the dynamic region of a firing's scratch slot. */

import type { HelperName } from "../../../bpf/helpers.ts";
import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { markScratchUsed } from "../firing/scratch.ts";
import { generateValue } from "../values/expression.ts";
import { argumentAt } from "./arguments.ts";

interface Region {
  /** The verifier's pointer to the start. */
  readonly pointer: Virtual;
  /** The same as a number for D. */
  readonly address: Value;
}

export function allocate(firing: Firing, values: readonly CheckedExpression[]): Value {
  return reserve(firing, generateValue(firing, argumentAt(values, 0))).address;
}

export function copyFromUser(firing: Firing, values: readonly CheckedExpression[]): Value {
  const source = generateValue(firing, argumentAt(values, 0));
  const size = firing.emitter.inRegister(generateValue(firing, argumentAt(values, 1)));
  const { pointer, address } = reserve(firing, size);
  readInto(firing, "bpf_probe_read_user", { pointer, size, source });
  return address;
}

export function copyIntoScratch(firing: Firing, values: readonly CheckedExpression[]): Value {
  const source = generateValue(firing, argumentAt(values, 0));
  const size = firing.emitter.inRegister(generateValue(firing, argumentAt(values, 1)));
  const target = generateValue(firing, argumentAt(values, 2));
  readInto(firing, "bpf_probe_read_user", {
    pointer: checkTarget(firing, target, size),
    size,
    source,
  });
  return 0n;
}

export function copyToUser(firing: Firing, values: readonly CheckedExpression[]): Value {
  const source = generateValue(firing, argumentAt(values, 0));
  const target = generateValue(firing, argumentAt(values, 1));
  const size = firing.emitter.inRegister(generateValue(firing, argumentAt(values, 2)));
  const { pointer } = reserve(firing, size);
  readInto(firing, "bpf_probe_read_kernel", { pointer, size, source });
  writeUser(firing, { pointer, size, target });
  return 0n;
}

interface Writing {
  readonly pointer: Virtual;
  readonly size: Virtual;
  readonly target: Value;
}

/** The helper takes no size that could be 0. */
export function writeUser(firing: Firing, { pointer, size, target }: Writing): void {
  const { emitter } = firing;
  emitter.when({ comparison: ">", left: size, right: 0n }, () => {
    const failed = emitter.call("bpf_probe_write_user", target, pointer, size);
    faultWhen(firing, { comparison: "!=", left: failed, right: 0n }, "badAddress", target);
  });
}

export function copyBlock(firing: Firing, values: readonly CheckedExpression[]): Value {
  const source = generateValue(firing, argumentAt(values, 0));
  const target = generateValue(firing, argumentAt(values, 1));
  const size = firing.emitter.inRegister(generateValue(firing, argumentAt(values, 2)));
  readInto(firing, "bpf_probe_read_kernel", {
    pointer: checkTarget(firing, target, size),
    size,
    source,
  });
  return 0n;
}

/** The next bytes of the region; when there are not enough it is a fault. */
function reserve(firing: Firing, size: Value): Region {
  const { emitter, scratch } = firing;
  markScratchUsed(firing);
  const limit = BigInt(scratch.dynamicSize);
  faultWhen(firing, { comparison: ">", left: size, right: limit }, "noScratch", 0n);
  const start = emitter.set(scratch.used);
  const rounded = emitter.alu("&", emitter.add(size, 7n), -8n);
  const end = emitter.add(start, rounded);
  faultWhen(firing, { comparison: ">", left: end, right: limit }, "noScratch", 0n);
  faultWhen(firing, { comparison: ">", left: start, right: limit }, "noScratch", 0n);
  emitter.copy(scratch.used, end);
  const offset = emitter.add(start, BigInt(scratch.dynamicStart));
  return {
    pointer: emitter.add(scratch.base, offset),
    address: emitter.add(scratch.address, offset),
  };
}

/** A range that lies in the firing's own region; any other is a fault. */
function checkTarget(firing: Firing, target: Value, size: Virtual): Virtual {
  const { emitter, scratch } = firing;
  markScratchUsed(firing);
  const limit = BigInt(scratch.dynamicSize);
  const start = emitter.add(scratch.address, BigInt(scratch.dynamicStart));
  const offset = emitter.alu("-", target, start);
  const end = emitter.add(offset, size);
  // Each alone for the verifier, then both together.
  for (const left of [offset, size, end]) {
    faultWhen(firing, { comparison: ">", left, right: limit }, "badAddress", target);
  }
  return emitter.add(scratch.base, emitter.add(offset, BigInt(scratch.dynamicStart)));
}

interface Reading {
  readonly pointer: Virtual;
  readonly size: Virtual;
  readonly source: Value;
}

function readInto(firing: Firing, helper: HelperName, { pointer, size, source }: Reading): void {
  const failed = firing.emitter.call(helper, pointer, size, source);
  faultWhen(firing, { comparison: "!=", left: failed, right: 0n }, "badAddress", source);
}
