/** What print() shows as JSON: structures as objects, arrays as arrays, down to numbers. */

import type { PrintableMember, PrintableType } from "../../format/print.ts";
import { addressJson, arrayJson, byteTextJson, integerJson, objectJson } from "./json-text.ts";

/** `bitOffset` counts from the start of the bytes; `bitSize` is that of a bit-field. */
interface BitRange {
  readonly bitOffset: number;
  readonly bitSize: number | undefined;
}

export function printedJson(
  type: PrintableType,
  bytes: Uint8Array,
  at: BitRange = { bitOffset: 0, bitSize: undefined },
): string {
  switch (type.kind) {
    case "typedef":
    case "qualified":
      return printedJson(type.to(), bytes, at);
    case "integer": {
      const bits = at.bitSize ?? type.size * 8;
      const word = wordAt(bytes, at.bitOffset, bits);
      return integerJson(isSigned(type) ? BigInt.asIntN(bits, word) : word);
    }
    case "enum":
      return enumeratorJson(type, bytes, at);
    case "pointer":
      return addressJson(wordAt(bytes, at.bitOffset, 64));
    case "array":
      return arrayOf(type, bytes, at.bitOffset);
    case "struct":
    case "union":
      return objectJson(Object.fromEntries(membersOf(type.members(), bytes, at.bitOffset)));
    case "string":
      return byteTextJson(textBefore(bytes.subarray(at.bitOffset / 8))).value;
    case "float":
      return floatJson(bytes, at.bitOffset / 8, type.size);
    default:
      return "null";
  }
}

/** The compiler's types say it; a type that does not is unsigned, as print() shows all. */
const isSigned = (type: PrintableType): boolean => "signed" in type && type.signed === true;

function enumeratorJson(
  type: Extract<PrintableType, { kind: "enum" }>,
  bytes: Uint8Array,
  { bitOffset, bitSize }: BitRange,
): string {
  const bits = bitSize ?? type.size * 8;
  const word = wordAt(bytes, bitOffset, bits);
  const value = type.signed ? BigInt.asIntN(bits, word) : word;
  const name = type.enumerators().find((each) => each.value === value)?.name;
  return name === undefined ? integerJson(value) : JSON.stringify(name);
}

function arrayOf(
  { element, length }: Extract<PrintableType, { kind: "array" }>,
  bytes: Uint8Array,
  bitOffset: number,
): string {
  const type = element();
  const size = sizeOf(type);
  if (isCharacter(type)) {
    const start = bitOffset / 8;
    return byteTextJson(textBefore(bytes.subarray(start, start + length))).value;
  }
  return arrayJson(
    Array.from({ length }, (_, index) =>
      printedJson(type, bytes, { bitOffset: bitOffset + index * size * 8, bitSize: undefined }),
    ),
  );
}

/** Members of an anonymous structure are its holder's, as in C. */
function membersOf(
  members: readonly PrintableMember[],
  bytes: Uint8Array,
  start: number,
): readonly (readonly [string, string])[] {
  return members.flatMap(({ name, type, bitOffset, bitSize }) => {
    const at = { bitOffset: start + bitOffset, bitSize };
    if (name !== undefined) return [[name, printedJson(type, bytes, at)] as const];
    const inner = resolved(type);
    return inner.kind === "struct" || inner.kind === "union"
      ? membersOf(inner.members(), bytes, at.bitOffset)
      : [];
  });
}

function resolved(type: PrintableType): PrintableType {
  return type.kind === "typedef" || type.kind === "qualified" ? resolved(type.to()) : type;
}

function isCharacter(type: PrintableType): boolean {
  const inner = resolved(type);
  return inner.kind === "integer" && (inner.name === "char" || inner.name === "signed char");
}

function sizeOf(type: PrintableType): number {
  const inner = resolved(type);
  if (inner.kind === "array") return inner.length * sizeOf(inner.element());
  if (inner.kind === "pointer") return 8;
  return "size" in inner ? inner.size : 0;
}

function floatJson(bytes: Uint8Array, start: number, size: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, size);
  if (size !== 4 && size !== 8) return "null";
  const value = size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
  return Number.isFinite(value) ? String(value) : "null";
}

function textBefore(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("latin1");
}

/** What the bytes do not have is zero. */
function wordAt(bytes: Uint8Array, bitOffset: number, bits: number): bigint {
  const first = Math.floor(bitOffset / 8);
  const shift = bitOffset % 8;
  const last = first + Math.ceil((shift + bits) / 8);
  let word = 0n;
  for (let at = last - 1; at >= first; at -= 1) word = (word << 8n) | BigInt(bytes[at] ?? 0);
  return BigInt.asUintN(bits, word >> BigInt(shift));
}
