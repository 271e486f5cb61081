/** Bit-fields: parts of a storage unit, little-endian. */

import type { Value } from "../../ir/ir.ts";
import type { Member } from "../../types/d-type.ts";
import type { Firing } from "../firing/firing.ts";
import { ownMemory } from "../variables/own-memory.ts";
import { type Location, loadNumber } from "./location.ts";
import { scalarOf } from "./scalar.ts";

export interface BitPlace {
  /** Bytes that hold the whole field, from the byte where it starts. */
  readonly size: 1 | 2 | 4 | 8;
  /** Bits below the field in those bytes. */
  readonly shift: number;
  readonly width: number;
}

export function bitPlaceOf({ bitOffset, bitSize }: Member): BitPlace {
  const shift = bitOffset % 8;
  const width = bitSize ?? 0;
  const size = ([1, 2, 4, 8] as const).find((bytes) => bytes * 8 >= shift + width) ?? 8;
  return { size, shift, width };
}

/** `location` is the byte where the field starts. */
export function loadBitField(firing: Firing, location: Location, member: Member): Value {
  const { emitter } = firing;
  const { size, shift, width } = bitPlaceOf(member);
  const unit = loadNumber(firing, location, { size, signed: false });
  const raised = emitter.alu("<<", unit, BigInt(64 - shift - width));
  const signed = scalarOf(member.type)?.signed ?? false;
  return emitter.alu(signed ? "s>>" : ">>", raised, BigInt(64 - width));
}

/** Only the field's bits change; the rest of its bytes stays as it is. */
export function storeBitField(
  firing: Firing,
  location: Location,
  member: Member,
  value: Value,
): void {
  const { emitter } = firing;
  const { size, shift, width } = bitPlaceOf(member);
  const target = location.kind === "memory" ? location : ownMemory(firing, location, size);
  const mask = ((1n << BigInt(width)) - 1n) << BigInt(shift);
  const store = (): void => {
    const unit = emitter.load(target.base, target.offset, size);
    const others = emitter.alu("&", unit, BigInt.asIntN(64, ~mask));
    const raised = emitter.alu("<<", value, BigInt(shift));
    const own = emitter.alu("&", raised, BigInt.asIntN(64, mask));
    emitter.store(target.base, target.offset, size, emitter.alu("|", others, own));
  };
  if (location.kind === "memory" && location.nullable) {
    emitter.when({ comparison: "!=", left: location.base, right: 0n }, store);
  } else {
    store();
  }
}
