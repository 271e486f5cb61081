/** Recorded fields as the values that formats take. A decoder is made once for each field. */

import type { Enabling, Field, FieldShape } from "../../compiler/enabling.ts";
import type { Probe } from "../../compiler/environment.ts";
import type { StackValue, SymbolValue, Value, ValueShape } from "../../format/value.ts";
import type { RecordView } from "./record-view.ts";

export type Decoder = (record: RecordView) => Value;

/** The text of a probe's name part. */
export type ProbeName = (
  probeId: number,
  part: Extract<FieldShape, { kind: "probe-name" }>["part"],
) => string;

export function probeNames({ ecbs }: Enabling): ProbeName {
  const probes = new Map<number, Probe>();
  let known = 0;
  return (probeId, part) => {
    // Modules loaded later bring more.
    for (const { probe } of known < ecbs.length ? ecbs.slice(known) : [])
      probes.set(probe.id, probe);
    known = ecbs.length;
    return probes.get(probeId)?.[part] ?? "";
  };
}

export function shapeOfField({ shape }: Field): ValueShape {
  switch (shape.kind) {
    case "probe-name":
    case "string":
      return { kind: "string" };
    case "stack":
      return { kind: "stack" };
    default:
      return shape;
  }
}

export function decoderOf(field: Field, probeName: ProbeName): Decoder {
  const { offset, shape } = field;
  switch (shape.kind) {
    case "integer":
      return integerDecoder(offset, shape);
    case "string":
      return (record) => readString(record, field);
    case "probe-name":
      return (record) => probeName(record.unsigned32(offset), shape.part);
    case "stack":
      return (record) => readStack(record, field, shape);
    case "symbol":
      return (record) => readSymbol(record, field);
    default:
      return (record) => readBytes(record, field);
  }
}

function integerDecoder(
  offset: number,
  { size, signed }: Extract<FieldShape, { kind: "integer" }>,
): Decoder {
  if (size === 8) return (record) => readWide(record, offset, signed);
  return (record) => readSmallInteger(record, offset, { size, signed });
}

/** A number where it is exact. */
function readWide(record: RecordView, offset: number, signed: boolean): number | bigint {
  const low = record.unsigned32(offset);
  const high = record.unsigned32(offset + 4);
  if (high < 0x20_0000) return high * 0x1_0000_0000 + low;
  if (!signed) return record.unsigned64(offset);
  const top = high | 0;
  if (top < 0 && top >= -0x20_0000) return top * 0x1_0000_0000 + low;
  return BigInt.asIntN(64, record.unsigned64(offset));
}

/** An integer field with its sign. */
export function readInteger(record: RecordView, { offset, shape }: Field): bigint {
  const signed = shape.kind === "integer" && shape.signed;
  if (shape.size === 8) {
    const value = record.unsigned64(offset);
    return signed ? BigInt.asIntN(64, value) : value;
  }
  return BigInt(readSmallInteger(record, offset, { size: shape.size, signed }));
}

/** Up to 4 bytes as a number. */
function readSmallInteger(
  record: RecordView,
  offset: number,
  { size, signed }: { readonly size: number; readonly signed: boolean },
): number {
  const unsigned = readUnsigned(record, offset, size);
  const unused = 32 - size * 8;
  return signed ? (unsigned << unused) >> unused : unsigned;
}

function readUnsigned(record: RecordView, offset: number, size: number): number {
  if (size === 4) return record.unsigned32(offset);
  const at = record.start + offset;
  const low = record.bytes[at] ?? 0;
  return size === 1 ? low : low | ((record.bytes[at + 1] ?? 0) << 8);
}

/** The bytes of a field, on the record's own memory. */
export function readBytes(record: RecordView, { offset, shape }: Field): Uint8Array {
  const start = record.start + offset;
  return record.bytes.subarray(start, start + shape.size);
}

/** 8 bytes process id, then addresses; the first 0 ends them. */
function readStack(
  record: RecordView,
  { offset }: Field,
  { space, frames }: Extract<FieldShape, { kind: "stack" }>,
): StackValue {
  const addresses: bigint[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const address = record.unsigned64(offset + 8 + frame * 8);
    if (address === 0n) break;
    addresses.push(address);
  }
  return { space, process: record.unsigned32(offset), addresses };
}

function readSymbol(record: RecordView, { offset, shape }: Field): SymbolValue {
  if (shape.size === 8) return { process: 0, address: record.unsigned64(offset) };
  return { process: record.unsigned32(offset), address: record.unsigned64(offset + 8) };
}

/** The text up to the NUL, each byte as one character. */
function readString(record: RecordView, { offset, shape }: Field): string {
  const { bytes, start } = record;
  const first = start + offset;
  const limit = first + shape.size;
  const short = Math.min(limit, first + shortText);
  let text = "";
  for (let at = first; at < short; at++) {
    const code = bytes[at] ?? 0;
    if (code === 0) return text;
    text += String.fromCharCode(code);
  }
  if (short === limit) return text;
  const end = bytes.indexOf(0, short);
  const last = end < 0 || end > limit ? limit : end;
  return (
    text + Buffer.from(bytes.buffer, bytes.byteOffset + short, last - short).toString("latin1")
  );
}

/** A call into C++ pays for longer texts only; most are short. */
const shortText = 24;
