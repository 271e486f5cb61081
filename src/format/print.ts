/**
 * print(): a value of any type from its bytes, structures member by member, as `type value` or
 * `type name = value`. Types come in as whatever has these fields, the compiler's for one.
 */

import { formatDouble } from "./printf/floats.ts";
import { formatPlace, type NameSource } from "./value.ts";

export type PrintableType =
  | { readonly kind: "integer"; readonly name: string; readonly size: number }
  | { readonly kind: "float"; readonly size: number }
  | {
      readonly kind: "enum";
      readonly name: string | undefined;
      readonly size: number;
      readonly signed: boolean;
      readonly enumerators: () => readonly { readonly name: string; readonly value: bigint }[];
    }
  | { readonly kind: "pointer"; readonly to: () => PrintableType }
  | { readonly kind: "array"; readonly element: () => PrintableType; readonly length: number }
  | {
      readonly kind: "struct" | "union";
      readonly name: string | undefined;
      readonly size: number;
      readonly members: () => readonly PrintableMember[];
    }
  | { readonly kind: "typedef"; readonly to: () => PrintableType }
  | { readonly kind: "qualified"; readonly to: () => PrintableType }
  | { readonly kind: "string" | "void" | "forward" | "function" }
  | { readonly kind: "stack" | "symbol" | "dynamic" };

export interface PrintableMember {
  /** Undefined for an anonymous structure or union. */
  readonly name: string | undefined;
  readonly type: PrintableType;
  readonly bitOffset: number;
  /** The width of a bit-field. */
  readonly bitSize: number | undefined;
}

export interface PrintOptions {
  readonly names: NameSource;
  /** A type as D writes it. Is only given the type that is printed and types reached from it. */
  typeName(type: PrintableType): string;
}

/** `name` is the type's as the program has it, such as that of a typedef. */
export function formatPrint(
  type: PrintableType,
  bytes: Uint8Array,
  { name, ...options }: PrintOptions & { readonly name: string },
): string {
  const printer = new Printer(bytes, options);
  const value = printer.value(type, { bitOffset: 0, bitSize: undefined }, topLevel);
  return isComposite(resolve(type)) ? `${name} ${value}` : `${name} ${value}\n`;
}

/** Where a value lies, in bits from the start of the bytes. */
interface BitRange {
  readonly bitOffset: number;
  readonly bitSize: number | undefined;
}

/** How deep a value stands, and whether it is a member, not an element or all there is. */
interface Position {
  readonly depth: number;
  readonly isMember: boolean;
}

const topLevel: Position = { depth: 0, isMember: false };
const indentWidth = 4;

class Printer {
  readonly #bytes: Uint8Array;
  readonly #options: PrintOptions;

  constructor(bytes: Uint8Array, options: PrintOptions) {
    this.#bytes = bytes;
    this.#options = options;
  }

  value(type: PrintableType, at: BitRange, position: Position): string {
    const resolved = resolve(type);
    switch (resolved.kind) {
      case "integer":
        return this.#integer(resolved, at);
      case "float":
        return formatDouble(this.#slice(at, resolved.size));
      case "enum":
        return this.#enumerator(resolved, at);
      case "pointer":
        return this.#pointer(resolved, at);
      case "array":
        return this.#array(resolved, at, position);
      case "struct":
      case "union":
        return this.#composite(resolved, at, position);
      case "string":
        return quoted(textBefore(this.#bytes.subarray(at.bitOffset / 8)), position);
      case "forward":
        return "<forward decl>";
      default:
        return "<unknown type>";
    }
  }

  #integer({ name, size }: Extract<PrintableType, { kind: "integer" }>, at: BitRange): string {
    const value = this.#word(at, size);
    const isCharacter = characterTypes.has(name) && at.bitSize === undefined;
    return isCharacter ? characterText(Number(value)) : hexadecimal(value);
  }

  #enumerator(type: Extract<PrintableType, { kind: "enum" }>, at: BitRange): string {
    const bits = at.bitSize ?? type.size * 8;
    const word = this.#word(at, type.size);
    const value = type.signed ? BigInt.asIntN(bits, word) : word;
    const enumerator = type.enumerators().find((each) => each.value === value);
    return enumerator?.name ?? String(value);
  }

  /** A function by its name, where it has one. */
  #pointer({ to }: Extract<PrintableType, { kind: "pointer" }>, at: BitRange): string {
    const address = this.#word(at, pointerSize);
    const place =
      resolve(to()).kind === "function" && address !== 0n
        ? this.#options.names.kernelPlace(address)
        : undefined;
    return place?.symbol === undefined
      ? hexadecimal(address)
      : formatPlace({ ...place, offset: 0n }, address);
  }

  #array(
    { element, length }: Extract<PrintableType, { kind: "array" }>,
    { bitOffset }: BitRange,
    position: Position,
  ): string {
    const type = element();
    const size = sizeOf(type);
    const resolved = resolve(type);
    if (resolved.kind === "integer" && characterTypes.has(resolved.name)) {
      const text = stringIn(this.#bytes.subarray(bitOffset / 8, bitOffset / 8 + length));
      if (text !== undefined) return quoted(text, position);
    }
    const elements = Array.from({ length }, (_, index) =>
      this.#element(type, bitOffset + index * size * 8, position.depth + 1),
    );
    const end = isComposite(resolved) ? `\n${indentOf(position.depth)}` : " ";
    return `[ ${elements.join(", ")}${end}]`;
  }

  #element(type: PrintableType, bitOffset: number, depth: number): string {
    const value = this.value(type, { bitOffset, bitSize: undefined }, { depth, isMember: false });
    if (!isComposite(resolve(type))) return value;
    return `\n${indentOf(depth)}${this.#nameOf(type)} ${value}`;
  }

  #composite(
    { members }: Extract<PrintableType, { kind: "struct" | "union" }>,
    { bitOffset }: BitRange,
    { depth }: Position,
  ): string {
    const lines = members().map((member) => this.#member(member, bitOffset, depth + 1));
    return `{\n${lines.join("")}${indentOf(depth)}}`;
  }

  #member(member: PrintableMember, start: number, depth: number): string {
    const at = { bitOffset: start + member.bitOffset, bitSize: member.bitSize };
    const value = this.value(member.type, at, { depth, isMember: true });
    const type = this.#nameOf(member.type);
    if (member.name === undefined) return `${indentOf(depth)}${type} ${value}\n`;
    const space = type.endsWith("*") ? "" : " ";
    const bits = member.bitSize === undefined ? "" : ` :${member.bitSize}`;
    return `${indentOf(depth)}${type}${space}${member.name}${bits} = ${value}\n`;
  }

  /** `struct` alone for one without a name. */
  #nameOf(type: PrintableType): string {
    const isAnonymous =
      (type.kind === "struct" || type.kind === "union" || type.kind === "enum") &&
      type.name === undefined;
    return isAnonymous ? type.kind : this.#options.typeName(type);
  }

  #slice({ bitOffset }: BitRange, size: number): Uint8Array {
    return this.#bytes.subarray(bitOffset / 8, bitOffset / 8 + size);
  }

  /** An unsigned number of up to 8 bytes, or a bit-field. What the bytes do not have is zero. */
  #word({ bitOffset, bitSize }: BitRange, size: number): bigint {
    const first = Math.floor(bitOffset / 8);
    const shift = bitOffset % 8;
    const bits = bitSize ?? size * 8;
    const last = first + Math.ceil((shift + bits) / 8);
    let word = 0n;
    for (let at = last - 1; at >= first; at -= 1) {
      word = (word << 8n) | BigInt(this.#bytes[at] ?? 0);
    }
    return BigInt.asUintN(bits, word >> BigInt(shift));
  }
}

/** Members that are text stand in the brackets of an array. */
const quoted = (text: string, { isMember }: Position): string =>
  isMember ? `[ "${text}" ]` : `"${text}"`;

const pointerSize = 8;
const characterTypes: ReadonlySet<string> = new Set(["char", "signed char"]);

const indentOf = (depth: number): string => " ".repeat(depth * indentWidth);

/** As C's `%#x`: zero has no prefix. */
const hexadecimal = (value: bigint): string => (value === 0n ? "0" : `0x${value.toString(16)}`);

type Resolved = Exclude<PrintableType, { kind: "typedef" | "qualified" }>;

function resolve(type: PrintableType): Resolved {
  return type.kind === "typedef" || type.kind === "qualified" ? resolve(type.to()) : type;
}

const isComposite = ({ kind }: PrintableType): boolean => kind === "struct" || kind === "union";

function sizeOf(type: PrintableType): number {
  const resolved = resolve(type);
  if (resolved.kind === "array") return resolved.length * sizeOf(resolved.element());
  if (resolved.kind === "pointer") return pointerSize;
  return "size" in resolved ? resolved.size : 0;
}

const isPrintable = (code: number): boolean => code >= 0x20 && code < 0x7f;

function characterText(code: number): string {
  if (isPrintable(code)) return `'${String.fromCharCode(code)}'`;
  return code === 0 ? "'\\0'" : `'\\${code.toString(8).padStart(3, "0")}'`;
}

/** The text of an array of characters that all print, up to its NUL. */
function stringIn(bytes: Uint8Array): string | undefined {
  const end = bytes.findIndex((byte) => !isPrintable(byte));
  return end >= 0 && bytes[end] === 0 ? textBefore(bytes) : undefined;
}

function textBefore(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return String.fromCharCode(...bytes.subarray(0, end < 0 ? bytes.length : end));
}
