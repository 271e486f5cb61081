/** Bytes by value: structures and arrays copied from wherever they lie into known memory. */

import type { CheckedExpression } from "../check/checked-program.ts";
import type { Virtual } from "../ir/ir.ts";
import { isString } from "../types/type-queries.ts";
import type { Emitter } from "./firing/emitter.ts";
import { faultWhen } from "./firing/faults.ts";
import type { Firing } from "./firing/firing.ts";
import { type Memory, scratchTemporary } from "./firing/scratch.ts";
import { materializeString } from "./strings/materialize.ts";
import { generateString } from "./strings/operand.ts";
import { branchOn, generateEffect, generateValue } from "./values/expression.ts";
import { addressOf, generateLocation, type Location } from "./values/location.ts";
import { generateAssignment } from "./variables/assignment.ts";
import { storageSize } from "./variables/variable-plan.ts";

/** The verifier's pointer to a place in memory. */
export function pointerTo(emitter: Emitter, { base, offset }: Memory): Virtual {
  return offset === 0 ? base : emitter.add(base, BigInt(offset));
}

/** Copies `size` bytes; what is not there yet reads as zeros, a bad address is a fault. */
export function copyBytes(firing: Firing, from: Location, to: Memory, size: number): void {
  const { emitter } = firing;
  switch (from.kind) {
    case "memory":
      if (from.nullable) {
        emitter.either(
          { comparison: "!=", left: from.base, right: 0n },
          () => copyMemory(emitter, from, to, size),
          () => clearMemory(emitter, to, size),
        );
      } else {
        copyMemory(emitter, from, to, size);
      }
      return;
    case "register":
      emitter.store(to.base, to.offset, 8, from.register);
      return;
    case "object":
    case "address": {
      const address = addressOf(firing, from);
      const target = pointerTo(emitter, to);
      const failed = emitter.call("bpf_probe_read_kernel", target, BigInt(size), address);
      faultWhen(firing, { comparison: "!=", left: failed, right: 0n }, "badAddress", address);
      return;
    }
  }
}

/** Copies longer than this are left to a helper. */
const inlineBytes = 64;

export function copyMemory(emitter: Emitter, from: Memory, to: Memory, size: number): void {
  if (size > inlineBytes) {
    emitter.call(
      "bpf_probe_read_kernel",
      pointerTo(emitter, to),
      BigInt(size),
      pointerTo(emitter, from),
    );
    return;
  }
  for (const { at, bytes } of pieces(size)) {
    const value = emitter.load(from.base, from.offset + at, bytes);
    emitter.store(to.base, to.offset + at, bytes, value);
  }
}

export function clearMemory(emitter: Emitter, to: Memory, size: number): void {
  if (size > 4 * inlineBytes) {
    // A read that cannot succeed clears its target (bpf_probe_read_kernel_common).
    emitter.call("bpf_probe_read_kernel", pointerTo(emitter, to), BigInt(size), 0n);
    return;
  }
  for (const { at, bytes } of pieces(size)) emitter.store(to.base, to.offset + at, bytes, 0n);
}

/** `size` bytes from an aligned start, in as few accesses as there can be. */
function* pieces(size: number): Iterable<{ readonly at: number; readonly bytes: 1 | 2 | 4 | 8 }> {
  let at = 0;
  for (const bytes of [8, 4, 2, 1] as const) {
    while (size - at >= bytes) {
      yield { at, bytes };
      at += bytes;
    }
  }
}

/** The location of a by-reference value that no lvalue gives. */
export function memoryOfReference(firing: Firing, expression: CheckedExpression): Location {
  if (isString(expression.type)) {
    const memory = materializeString(firing, generateString(firing, expression));
    return { kind: "memory", ...memory, nullable: false };
  }
  switch (expression.kind) {
    case "assign":
      generateAssignment(firing, expression);
      return generateLocation(firing, expression.target);
    case "comma":
      generateEffect(firing, expression.first);
      return generateLocation(firing, expression.second);
    case "conditional": {
      const size = storageSize(expression.type, firing.enabling.options);
      const memory = scratchTemporary(firing, size);
      const copyOf = (chosen: CheckedExpression) => (): void =>
        copyBytes(firing, generateLocation(firing, chosen), memory, size);
      branchOn(
        firing,
        expression.condition,
        copyOf(expression.whenTrue),
        copyOf(expression.whenFalse),
      );
      return { kind: "memory", ...memory, nullable: false };
    }
    default:
      return { kind: "address", address: generateValue(firing, expression), offset: 0 };
  }
}
