/**
 * Reads BTF where it lies: one pass notes where each type starts and which name it has, everything
 * else is decoded when asked for. Type ids are the kernel's; 0 is void.
 */

import type { BtfKind, BtfMember, BtfType } from "./btf-type.ts";

export interface Btf {
  /** Ids below this are types of this BTF or of its base. */
  readonly typeCount: number;
  /** Ids from here on are of this BTF itself; those below, of its base. */
  readonly firstOwnId: number;
  /** Bytes of names, the base's included: where a split BTF on top of this one goes on. */
  readonly stringsLength: number;
  typeAt(id: number): BtfType;
  /** The first type of one of these kinds with this name; the base's come first. */
  findType(name: string, ...kinds: readonly BtfKind[]): number | undefined;
  /** Of the types of this BTF itself. */
  namesOf(kind: BtfKind): ReadonlySet<string>;
  /** Follows typedefs, qualifiers and tags. */
  resolve(id: number): number;
  nameAt(offset: number): string;
}

/** The bytes are no BTF, or of a version we do not know. */
export class BtfFormatError extends Error {}

const magic = 0xeb9f;
/** `name_off`, `info`, `size` or `type`. */
const commonWords = 3;

/** By number (BTF_KIND_*): our name, the words after the common part, and more for each of `vlen`. */
const kindTable: readonly (readonly [BtfKind, words: number, each: number])[] = [
  ["void", 0, 0],
  ["int", 1, 0],
  ["pointer", 0, 0],
  ["array", 3, 0],
  ["struct", 0, 3],
  ["union", 0, 3],
  ["enum", 0, 2],
  ["forward", 0, 0],
  ["typedef", 0, 0],
  ["volatile", 0, 0],
  ["const", 0, 0],
  ["restrict", 0, 0],
  ["function", 0, 0],
  ["prototype", 0, 2],
  ["variable", 1, 0],
  ["section", 0, 3],
  ["float", 0, 0],
  ["declaration-tag", 1, 0],
  ["type-tag", 0, 0],
  ["enum", 0, 3],
];

/** By number; of kinds that are not known 0. There are very many types to step over. */
const wordsOfKind = Uint8Array.from({ length: 32 }, (_, kind) => {
  const row = kindTable[kind];
  return row === undefined ? 0 : commonWords + row[1];
});
const wordsOfEach = Uint8Array.from({ length: 32 }, (_, kind) => kindTable[kind]?.[2] ?? 0);

const enum64 = 19;

/** `base` for the split BTF of a module, whose ids and names go on where the base's end. */
export function openBtf(bytes: Uint8Array, base?: Btf): Btf {
  return new BtfReader(bytes, base);
}

class BtfReader implements Btf {
  readonly typeCount: number;
  readonly stringsLength: number;
  readonly firstOwnId: number;
  readonly #base: Btf | undefined;
  readonly #firstString: number;
  readonly #words: Uint32Array;
  /** Index of the first word of each type of our own. */
  readonly #starts: Uint32Array;
  readonly #nameOffsets: Uint32Array;
  readonly #stringBytes: Uint8Array;
  #strings: string | undefined;
  /** What was asked for, and what it is: a name is searched for in all there are. */
  readonly #found = new Map<string, number | undefined>();

  constructor(bytes: Uint8Array, base: Btf | undefined) {
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < 24 || header.getUint16(0, true) !== magic || header.getUint8(2) !== 1) {
      throw new BtfFormatError("not BTF version 1");
    }
    const headerLength = header.getUint32(4, true);
    const typesOffset = headerLength + header.getUint32(8, true);
    const typesLength = header.getUint32(12, true);
    const stringsOffset = headerLength + header.getUint32(16, true);
    const stringsLength = header.getUint32(20, true);

    this.#base = base;
    this.firstOwnId = base?.typeCount ?? 1;
    this.#firstString = base?.stringsLength ?? 0;
    this.#words = wordsOf(bytes, typesOffset, typesLength);
    this.#stringBytes = bytes.subarray(stringsOffset, stringsOffset + stringsLength);
    this.stringsLength = this.#firstString + stringsLength;
    const { starts, nameOffsets } = indexTypes(this.#words);
    this.#starts = starts;
    this.#nameOffsets = nameOffsets;
    this.typeCount = this.firstOwnId + starts.length;
  }

  typeAt(id: number): BtfType {
    if (id === 0) return { kind: "void" };
    if (id < this.firstOwnId) return this.#base?.typeAt(id) ?? { kind: "void" };
    const start = this.#starts[id - this.firstOwnId];
    if (start === undefined) throw new BtfFormatError(`no type ${id}`);
    return this.#decode(start);
  }

  findType(name: string, ...kinds: readonly BtfKind[]): number | undefined {
    const wanted = `${kinds.join()} ${name}`;
    const known = this.#found.get(wanted);
    if (known !== undefined || this.#found.has(wanted)) return known;
    const id = this.#searchType(name, kinds);
    this.#found.set(wanted, id);
    return id;
  }

  #searchType(name: string, kinds: readonly BtfKind[]): number | undefined {
    const inBase = this.#base?.findType(name, ...kinds);
    if (inBase !== undefined) return inBase;
    for (const offset of this.#offsetsOfName(name)) {
      let index = this.#nameOffsets.indexOf(offset);
      while (index >= 0) {
        const id = this.firstOwnId + index;
        if (kinds.includes(this.#kindAt(index))) return id;
        index = this.#nameOffsets.indexOf(offset, index + 1);
      }
    }
    return undefined;
  }

  namesOf(kind: BtfKind): ReadonlySet<string> {
    const names = new Set<string>();
    for (const [index, offset] of this.#nameOffsets.entries()) {
      if (this.#kindAt(index) === kind) names.add(this.nameAt(offset));
    }
    return names;
  }

  resolve(id: number): number {
    let current = id;
    for (;;) {
      const type = this.typeAt(current);
      switch (type.kind) {
        case "typedef":
        case "const":
        case "volatile":
        case "restrict":
        case "type-tag":
          current = type.to;
          break;
        default:
          return current;
      }
    }
  }

  nameAt(offset: number): string {
    if (offset < this.#firstString) return this.#base?.nameAt(offset) ?? "";
    const start = offset - this.#firstString;
    const end = this.#stringBytes.indexOf(0, start);
    let name = "";
    for (let at = start; at < end; at += 1) name += String.fromCharCode(this.#stringBytes[at] ?? 0);
    return name;
  }

  /** A name of the base and, in a BTF that is not deduplicated, every copy of it here. */
  *#offsetsOfName(name: string): Iterable<number> {
    this.#strings ??= decodeBytes(this.#stringBytes);
    const wanted = `\0${name}\0`;
    let at = this.#strings.indexOf(wanted);
    while (at >= 0) {
      yield this.#firstString + at + 1;
      at = this.#strings.indexOf(wanted, at + 1);
    }
    if (this.#base instanceof BtfReader) yield* this.#base.#offsetsOfName(name);
  }

  #kindAt(index: number): BtfKind {
    const info = this.#words[(this.#starts[index] ?? 0) + 1] ?? 0;
    return kindTable[kindOf(info)]?.[0] ?? "void";
  }

  #word(at: number): number {
    return this.#words[at] ?? 0;
  }

  #decode(start: number): BtfType {
    const info = this.#word(start + 1);
    const name = this.nameAt(this.#word(start));
    const third = this.#word(start + 2);
    const kind = kindTable[kindOf(info)]?.[0];
    switch (kind) {
      case "int":
        return this.#decodeInteger(name, third, this.#word(start + commonWords));
      case "float":
        return { kind, name, size: third };
      case "pointer":
        return { kind, to: third };
      case "array":
        return {
          kind,
          element: this.#word(start + commonWords),
          length: this.#word(start + commonWords + 2),
        };
      case "struct":
      case "union":
        return { kind, name, size: third, members: this.#decodeMembers(start, info) };
      case "enum":
        return {
          kind,
          name,
          size: third,
          signed: hasFlag(info),
          enumerators: this.#decodeEnumerators(start, info),
        };
      case "prototype":
        return this.#decodePrototype(start, info);
      default:
        return decodeReference(kind, { name, third, flag: hasFlag(info) });
    }
  }

  #decodeInteger(name: string, size: number, encoding: number): BtfType {
    const bits = encoding >>> 24;
    return {
      kind: "int",
      name,
      size,
      signed: (bits & 1) !== 0,
      isChar: (bits & 2) !== 0,
      isBoolean: (bits & 4) !== 0,
    };
  }

  /** With the flag set, a member's offset holds the width of a bit-field in its upper byte. */
  #decodeMembers(start: number, info: number): readonly BtfMember[] {
    const withWidths = hasFlag(info);
    return Array.from({ length: lengthOf(info) }, (_, index) => {
      const at = start + commonWords + index * 3;
      const offset = this.#word(at + 2);
      return {
        name: this.nameAt(this.#word(at)),
        type: this.#word(at + 1),
        bitOffset: withWidths ? offset & 0xff_ffff : offset,
        bitSize: withWidths ? offset >>> 24 : 0,
      };
    });
  }

  #decodeEnumerators(
    start: number,
    info: number,
  ): readonly { readonly name: string; readonly value: bigint }[] {
    const wide = kindOf(info) === enum64;
    const words = wide ? 3 : 2;
    const bits = wide ? 64 : 32;
    const extend = hasFlag(info) ? BigInt.asIntN : BigInt.asUintN;
    return Array.from({ length: lengthOf(info) }, (_, index) => {
      const at = start + commonWords + index * words;
      const high = wide ? BigInt(this.#word(at + 2)) << 32n : 0n;
      return {
        name: this.nameAt(this.#word(at)),
        value: extend(bits, high | BigInt(this.#word(at + 1))),
      };
    });
  }

  /** A last parameter without name and type stands for `...`. */
  #decodePrototype(start: number, info: number): BtfType {
    const all = Array.from({ length: lengthOf(info) }, (_, index) => {
      const at = start + commonWords + index * 2;
      return { name: this.nameAt(this.#word(at)), type: this.#word(at + 1) };
    });
    const last = all.at(-1);
    const variadic = last !== undefined && last.type === 0 && last.name === "";
    return {
      kind: "prototype",
      returns: this.#word(start + 2),
      parameters: variadic ? all.slice(0, -1) : all,
      variadic,
    };
  }
}

function decodeReference(
  kind: BtfKind | undefined,
  { name, third, flag }: { readonly name: string; readonly third: number; readonly flag: boolean },
): BtfType {
  switch (kind) {
    case "forward":
      return { kind, name, tag: flag ? "union" : "struct" };
    case "typedef":
      return { kind, name, to: third };
    case "const":
    case "volatile":
    case "restrict":
    case "type-tag":
      return { kind, to: third };
    case "function":
      return { kind, name, prototype: third };
    case "variable":
      return { kind, name, type: third };
    case "section":
    case "declaration-tag":
      return { kind, name };
    default:
      throw new BtfFormatError("a kind of type that is not known");
  }
}

const kindOf = (info: number): number => (info >>> 24) & 0x1f;
const lengthOf = (info: number): number => info & 0xffff;
const hasFlag = (info: number): boolean => info >>> 31 !== 0;

/** The types' bytes as words; copied where they do not lie on a word boundary. */
function wordsOf(bytes: Uint8Array, offset: number, length: number): Uint32Array {
  const start = bytes.byteOffset + offset;
  if (start % 4 === 0) return new Uint32Array(bytes.buffer, start, length / 4);
  return new Uint32Array(bytes.slice(offset, offset + length).buffer);
}

/** A character for each byte. Names are ASCII, for which UTF-8 is several times as fast. */
function decodeBytes(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  return text.length === bytes.length ? text : new TextDecoder("latin1").decode(bytes);
}

function indexTypes(words: Uint32Array): { starts: Uint32Array; nameOffsets: Uint32Array } {
  const room = Math.ceil(words.length / commonWords);
  const starts = new Uint32Array(room);
  const nameOffsets = new Uint32Array(room);
  let count = 0;
  for (let at = 0; at < words.length; ) {
    const info = words[at + 1] ?? 0;
    starts[count] = at;
    nameOffsets[count] = words[at] ?? 0;
    count += 1;
    const size = wordsOfKind[kindOf(info)] ?? 0;
    if (size === 0) throw new BtfFormatError("a kind of type that is not known");
    at += size + (wordsOfEach[kindOf(info)] ?? 0) * lengthOf(info);
  }
  return { starts: starts.subarray(0, count), nameOffsets: nameOffsets.subarray(0, count) };
}

/**
 * The types of a tracepoint's arguments: those of the prototype behind `btf_trace_<event>`, without
 * the first, which is the kernel's own (include/trace/bpf_probe.h). Undefined for no tracepoint.
 */
export function tracepointParameters(btf: Btf, event: string): readonly number[] | undefined {
  const id = btf.findType(`btf_trace_${event}`, "typedef");
  if (id === undefined) return undefined;
  const pointer = btf.typeAt(btf.resolve(id));
  const prototype = pointer.kind === "pointer" ? btf.typeAt(pointer.to) : undefined;
  return prototype?.kind === "prototype"
    ? prototype.parameters.slice(1).map(({ type }) => type)
    : undefined;
}
