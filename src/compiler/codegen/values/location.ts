/** Where values lie: in memory the verifier knows, at addresses it does not, or in a register. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { FrameSlot, Value, Virtual } from "../../ir/ir.ts";
import { resolveType, sizeOf } from "../../types/type-queries.ts";
import { memoryOfReference } from "../copying.ts";
import { faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { launder } from "../firing/scratch.ts";
import { locateElement } from "../variables/associative.ts";
import { locateVariable } from "../variables/locate.ts";
import { loadBitField } from "./bit-field.ts";
import { generateValue } from "./expression.ts";
import { extendTo, type Scalar, storedScalar } from "./scalar.ts";

export type Location =
  /** `nullable`: where `base` is 0 there is nothing yet, which reads as zeros. */
  | {
      readonly kind: "memory";
      readonly base: Virtual;
      readonly offset: number;
      readonly nullable: boolean;
    }
  /** The member of a kernel object that the verifier lets us read directly. */
  | { readonly kind: "object"; readonly base: Virtual; readonly offset: number }
  /** A kernel address: read with checks. */
  | { readonly kind: "address"; readonly address: Value; readonly offset: number }
  | { readonly kind: "register"; readonly register: Virtual };

export function generateLocation(firing: Firing, expression: CheckedExpression): Location {
  switch (expression.kind) {
    case "variable":
      return locateVariable(firing, expression.variable);
    case "element":
      return locateElement(firing, expression);
    case "symbol":
      return { kind: "address", address: expression.address, offset: 0 };
    case "dereference":
      return locateTarget(firing, expression.pointer);
    case "member": {
      const object = generateLocation(firing, expression.object);
      return displace(object, Math.floor(expression.member.bitOffset / 8));
    }
    case "index":
      return locateIndexed(firing, expression.array, expression.index);
    case "argument":
    case "builtin":
    case "cast":
    case "address-of":
      return { kind: "address", address: generateValue(firing, expression), offset: 0 };
    default:
      return memoryOfReference(firing, expression);
  }
}

/** Under `*pointer`. The current task is known to be there: its members need no checked read. */
function locateTarget(firing: Firing, pointer: CheckedExpression): Location {
  if (pointer.kind === "builtin" && pointer.name === "curthread") {
    const base = firing.emitter.callOnce("bpf_get_current_task_btf");
    return { kind: "object", base, offset: 0 };
  }
  if (pointer.kind === "address-of") return generateLocation(firing, pointer.operand);
  return { kind: "address", address: generateValue(firing, pointer), offset: 0 };
}

export function displace(location: Location, bytes: number): Location {
  if (location.kind === "register") throw new Error("a register has no members");
  return { ...location, offset: location.offset + bytes };
}

function locateIndexed(
  firing: Firing,
  array: CheckedExpression,
  index: CheckedExpression,
): Location {
  const { emitter } = firing;
  const base = generateLocation(firing, array);
  const type = resolveType(array.type);
  const elementSize = type.kind === "array" ? sizeOf(type.element()) : 1;
  const position = generateValue(firing, index);
  if (typeof position === "bigint") {
    const offset = Number(position) * elementSize;
    const inside = type.kind === "array" && offset >= 0 && offset < sizeOf(type);
    if (base.kind === "address" || inside) return displace(base, offset);
  }
  const offset = emitter.alu("*", position, BigInt(elementSize));
  return { kind: "address", address: emitter.add(addressOf(firing, base), offset), offset: 0 };
}

/** The address as a number that D can compute with. */
export function addressOf(firing: Firing, location: Location): Value {
  const { emitter } = firing;
  switch (location.kind) {
    case "address":
      if (location.offset === 0) return location.address;
      if (typeof location.address === "bigint") {
        return BigInt.asIntN(64, location.address + BigInt(location.offset));
      }
      return emitter.add(location.address, BigInt(location.offset));
    case "object": {
      const task = emitter.callOnce("bpf_get_current_task");
      return location.offset === 0 ? task : emitter.add(task, BigInt(location.offset));
    }
    case "memory":
      return launder(firing, location);
    case "register":
      throw new Error("a register has no address");
  }
}

/** The number at a location, a bit-field where `expression` is one. */
export function loadScalar(
  firing: Firing,
  location: Location,
  expression: CheckedExpression,
): Value {
  if (expression.kind === "member" && expression.member.bitSize !== undefined) {
    return loadBitField(firing, location, expression.member);
  }
  return loadNumber(firing, location, storedScalar(expression));
}

export function loadNumber(firing: Firing, location: Location, scalar: Scalar): Value {
  const { emitter } = firing;
  switch (location.kind) {
    case "register":
      return emitter.set(location.register);
    case "address":
      return extendTo(emitter, readKernel(firing, location, scalar.size), scalar);
    case "object":
      return extendTo(emitter, emitter.load(location.base, location.offset, scalar.size), scalar);
    case "memory":
      if (!location.nullable) {
        const loaded = emitter.load(location.base, location.offset, scalar.size);
        return extendTo(emitter, loaded, scalar);
      }
      return loadPresent(firing, location, scalar);
  }
}

type MemoryLocation = Extract<Location, { kind: "memory" }>;

function loadPresent(firing: Firing, { base, offset }: MemoryLocation, scalar: Scalar): Value {
  const { emitter } = firing;
  const result = emitter.set(0n);
  emitter.when({ comparison: "!=", left: base, right: 0n }, () => {
    emitter.copy(result, extendTo(emitter, emitter.load(base, offset, scalar.size), scalar));
  });
  return result;
}

/** Reads `size` bytes from the kernel into a register; a bad address is a fault. */
export function readKernel(
  firing: Firing,
  location: Extract<Location, { kind: "address" }>,
  size: 1 | 2 | 4 | 8,
): Virtual {
  const { emitter } = firing;
  const slot: FrameSlot = emitter.temporary(8);
  const target = emitter.frameAddress(slot);
  const address = addressOf(firing, location);
  const failed = emitter.call("bpf_probe_read_kernel", target, BigInt(size), address);
  faultWhen(firing, { comparison: "!=", left: failed, right: 0n }, "badAddress", address);
  const value = emitter.load(emitter.frameAddress(slot), 0, size);
  emitter.freeTemporary(slot);
  return value;
}
