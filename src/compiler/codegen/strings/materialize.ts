/** Strings put where they are wanted: records, keys, variables, temporaries. */

import type { Value, Virtual } from "../../ir/ir.ts";
import { clearMemory, pointerTo } from "../copying.ts";
import type { Emitter } from "../firing/emitter.ts";
import { faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { launder, type Memory, scratchTemporary } from "../firing/scratch.ts";
import { commandNameSize } from "../shapes.ts";
import type { StringOperand } from "./operand.ts";
import { wordAt } from "./text.ts";

export interface StringTarget {
  readonly memory: Memory;
  /** Bytes there are, the NUL included: longer strings are cut. */
  readonly size: number;
  /** Bytes behind the NUL are cleared: in keys equal strings must be equal bytes. */
  readonly padded?: boolean;
}

/** Stores the string with its NUL. */
export function storeString(firing: Firing, operand: StringOperand, target: StringTarget): void {
  const { emitter } = firing;
  const { memory, size } = target;
  switch (operand.kind) {
    case "literal":
      storeLiteral(emitter, operand.bytes, target);
      return;
    case "command-name":
      storeCommandName(emitter, target);
      return;
    case "memory":
      if (target.padded) clearMemory(emitter, memory, size);
      storeFromMemory(firing, operand, target);
      return;
    case "address":
      if (target.padded) clearMemory(emitter, memory, size);
      readString(firing, operand, target);
      return;
  }
}

/** As `storeString`; gives the length without the NUL. */
export function storeMeasured(firing: Firing, operand: StringOperand, target: StringTarget): Value {
  const { emitter } = firing;
  if (operand.kind === "literal") {
    storeLiteral(emitter, operand.bytes, target);
    return BigInt(Math.min(operand.bytes.length, target.size - 1));
  }
  if (operand.kind === "address") return emitter.add(readString(firing, operand, target), -1n);
  if (operand.kind === "memory") return storeFromMemory(firing, operand, target);
  const name = scratchTemporary(firing, commandNameSize);
  storeCommandName(emitter, { memory: name, size: commandNameSize });
  return copyMeasured(emitter, name, { ...target, size: Math.min(target.size, commandNameSize) });
}

/** The string in memory the verifier knows; what is there already is not copied. */
export function materializeString(firing: Firing, operand: StringOperand): Memory {
  if (operand.kind === "memory" && !operand.nullable) return operand.memory;
  const size = materializedSize(firing, operand);
  const memory = scratchTemporary(firing, size);
  storeString(firing, operand, { memory, size });
  return memory;
}

/** Bytes within which a materialized operand has its NUL. */
export function materializedSize({ enabling }: Firing, operand: StringOperand): number {
  const { strsize } = enabling.options;
  switch (operand.kind) {
    case "literal":
      return Math.min(operand.bytes.length + 1, strsize);
    case "command-name":
      return commandNameSize;
    case "memory":
      return operand.size;
    case "address":
      return Math.min((operand.arraySize ?? strsize) + 1, strsize);
  }
}

/** A kernel address as a number where the characters are. */
export function stringAddress(firing: Firing, operand: StringOperand): Value {
  if (operand.kind === "address" && operand.space === "kernel") return operand.address;
  if (operand.kind === "memory" && operand.nullable) return nullableAddress(firing, operand.memory);
  return launder(firing, materializeString(firing, operand));
}

function nullableAddress(firing: Firing, memory: Memory): Value {
  const { emitter } = firing;
  const address = emitter.set(0n);
  emitter.when({ comparison: "!=", left: memory.base, right: 0n }, () =>
    emitter.copy(address, launder(firing, memory)),
  );
  return address;
}

function storeLiteral(
  emitter: Emitter,
  bytes: Uint8Array,
  { memory, size, padded }: StringTarget,
): void {
  const kept = bytes.subarray(0, size - 1);
  const end = padded ? size : Math.min(size, kept.length + 1);
  let at = 0;
  for (const width of [8, 4, 2, 1] as const) {
    while (end - at >= width) {
      const word = BigInt.asIntN(64, wordAt(kept, at, width));
      emitter.store(memory.base, memory.offset + at, width, word);
      at += width;
    }
  }
}

/** Zeros behind the name: Linux 6.1 leaves there what was there (`bpf_get_current_comm`). */
function storeCommandName(emitter: Emitter, { memory, size, padded }: StringTarget): void {
  const copied = Math.min(size, commandNameSize);
  clearMemory(emitter, memory, padded ? size : copied);
  emitter.call("bpf_get_current_comm", pointerTo(emitter, memory), BigInt(copied));
}

type MemoryOperand = Extract<StringOperand, { kind: "memory" }>;
type AddressOperand = Extract<StringOperand, { kind: "address" }>;

function storeFromMemory(firing: Firing, operand: MemoryOperand, target: StringTarget): Value {
  const { emitter } = firing;
  const limited = { ...target, size: Math.min(target.size, operand.size) };
  if (!operand.nullable) return copyMeasured(emitter, operand.memory, limited);
  if (operand.faultsAsNull) {
    faultWhen(firing, { comparison: "==", left: operand.memory.base, right: 0n }, "badAddress", 0n);
    return copyMeasured(emitter, operand.memory, limited);
  }
  const length = emitter.set(0n);
  emitter.either(
    { comparison: "!=", left: operand.memory.base, right: 0n },
    () => emitter.copy(length, copyMeasured(emitter, operand.memory, limited)),
    () => emitter.store(target.memory.base, target.memory.offset, 1, 0n),
  );
  return length;
}

function copyMeasured(emitter: Emitter, from: Memory, { memory, size }: StringTarget): Virtual {
  const copied = emitter.call(
    "bpf_probe_read_kernel_str",
    pointerTo(emitter, memory),
    BigInt(size),
    pointerTo(emitter, from),
  );
  return emitter.add(copied, -1n);
}

/** Gives the number of bytes read, the NUL included. */
function readString(
  firing: Firing,
  { space, address, arraySize }: AddressOperand,
  { memory, size }: StringTarget,
): Virtual {
  const { emitter } = firing;
  // One byte more than an array has, which may lack a NUL: that byte is cut off again.
  const limit = arraySize === undefined ? size : Math.min(size, arraySize + 1);
  const read = emitter.call(
    space === "kernel" ? "bpf_probe_read_kernel_str" : "bpf_probe_read_user_str",
    pointerTo(emitter, memory),
    BigInt(limit),
    address,
  );
  faultWhen(firing, { comparison: "s<", left: read, right: 0n }, "badAddress", address);
  return read;
}
