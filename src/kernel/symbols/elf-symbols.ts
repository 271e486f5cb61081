/** The functions and objects of an ELF file, by address and by name. */

import {
  type ElfFile,
  type ElfSection,
  readWord,
  SHT_DYNSYM,
  SHT_SYMTAB,
  sectionBytes,
  stringAt,
  viewOf,
} from "./elf.ts";
import { lastAtOrBelow } from "./sorted-addresses.ts";

export interface ElfSymbol {
  readonly name: string;
  readonly address: number;
  /** 0 where the file does not say. */
  readonly size: number;
  readonly isFunction: boolean;
}

export interface SymbolTable {
  readonly size: number;
  /** The symbol around an address. */
  around(address: number): ElfSymbol | undefined;
  named(name: string): ElfSymbol | undefined;
  /** By address; of several names of one address, each. */
  [Symbol.iterator](): Iterator<ElfSymbol>;
}

/** The full table where the file has one, what it exports otherwise; undefined where neither. */
export function readSymbols(elf: ElfFile): SymbolTable | undefined {
  const section = symbolSection(elf);
  const strings = section && elf.sections[section.link];
  if (section === undefined || strings === undefined) return undefined;
  return new SortedSymbols({
    entries: viewOf(sectionBytes(elf, section)),
    strings: sectionBytes(elf, strings),
    layout: elf.is64Bit ? layout64 : layout32,
  });
}

export function hasFullSymbols({ sections }: ElfFile): boolean {
  return sections.some(({ type, size }) => type === SHT_SYMTAB && size > 0);
}

function symbolSection({ sections }: ElfFile): ElfSection | undefined {
  return (
    sections.find(({ type, size }) => type === SHT_SYMTAB && size > 0) ??
    sections.find(({ type, size }) => type === SHT_DYNSYM && size > 0)
  );
}

interface SymbolLayout {
  readonly entrySize: number;
  readonly wordSize: 4 | 8;
  readonly value: number;
  readonly size: number;
  readonly info: number;
  readonly section: number;
}

const layout64: SymbolLayout = {
  entrySize: 24,
  wordSize: 8,
  value: 8,
  size: 16,
  info: 4,
  section: 6,
};

const layout32: SymbolLayout = {
  entrySize: 16,
  wordSize: 4,
  value: 4,
  size: 8,
  info: 12,
  section: 14,
};

const STT_OBJECT = 1;
const STT_FUNC = 2;
const STT_GNU_IFUNC = 10;
const STB_LOCAL = 0;
const SHN_UNDEF = 0;
const SHN_ABS = 0xfff1;

interface RawSymbols {
  readonly entries: DataView;
  readonly strings: Uint8Array;
  readonly layout: SymbolLayout;
}

/** How far to look back for a symbol that reaches over others. */
const longestNesting = 16;

class SortedSymbols implements SymbolTable {
  readonly #raw: RawSymbols;
  readonly #addresses: Float64Array;
  /** Where the entry of each is. */
  readonly #places: Uint32Array;

  constructor(raw: RawSymbols) {
    this.#raw = raw;
    const places = definedSymbols(raw);
    const addressOf = (at: number): number => fieldOf(raw, at, "value");
    this.#places = places.sort((left, right) => addressOf(left) - addressOf(right));
    this.#addresses = Float64Array.from(this.#places, addressOf);
  }

  get size(): number {
    return this.#places.length;
  }

  around(address: number): ElfSymbol | undefined {
    const last = lastAtOrBelow(this.#addresses, address);
    for (let index = last; index >= 0 && index > last - longestNesting; index -= 1) {
      if (this.#reaches(index, address)) return this.#bestOfAddress(index);
    }
    return undefined;
  }

  named(name: string): ElfSymbol | undefined {
    for (const symbol of this) if (symbol.name === name) return symbol;
    return undefined;
  }

  *[Symbol.iterator](): Iterator<ElfSymbol> {
    for (let index = 0; index < this.size; index += 1) yield this.#at(index);
  }

  /** A symbol without a size reaches up to the next one. */
  #reaches(index: number, address: number): boolean {
    const size = fieldOf(this.#raw, this.#places[index] ?? 0, "size");
    const start = this.#addresses[index] ?? 0;
    if (size > 0) return address < start + size;
    return address === start || this.#isFunction(index);
  }

  #isFunction(index: number): boolean {
    return isFunctionType(typeOf(this.#raw, this.#places[index] ?? 0));
  }

  /** Of names for the same address. */
  #bestOfAddress(last: number): ElfSymbol {
    let best = this.#at(last);
    let bestPlace = this.#places[last] ?? 0;
    for (let index = last - 1; this.#addresses[index] === best.address; index -= 1) {
      const place = this.#places[index] ?? 0;
      const other = this.#at(index);
      if (isPreferred(this.#raw, { symbol: other, place }, { symbol: best, place: bestPlace })) {
        best = other;
        bestPlace = place;
      }
    }
    return best;
  }

  #at(index: number): ElfSymbol {
    const place = this.#places[index] ?? 0;
    return {
      name: nameOf(this.#raw, place),
      address: this.#addresses[index] ?? 0,
      size: fieldOf(this.#raw, place, "size"),
      isFunction: this.#isFunction(index),
    };
  }
}

/** What has an address in the file: functions and objects, no thread-local offsets. */
function definedSymbols(raw: RawSymbols): Uint32Array<ArrayBuffer> {
  const { entries, layout } = raw;
  const places = new Uint32Array(Math.floor(entries.byteLength / layout.entrySize));
  let count = 0;
  for (let at = 0; at + layout.entrySize <= entries.byteLength; at += layout.entrySize) {
    const section = entries.getUint16(at + layout.section, true);
    if (section === SHN_UNDEF || section === SHN_ABS) continue;
    const type = typeOf(raw, at);
    if (!isFunctionType(type) && type !== STT_OBJECT) continue;
    places[count] = at;
    count += 1;
  }
  return places.slice(0, count);
}

interface Candidate {
  readonly symbol: ElfSymbol;
  readonly place: number;
}

/**
 * The order libproc has: a function to an object, a global name to a local one, no compiler's
 * name, fewer leading underscores, the smaller symbol, the alphabet.
 */
function isPreferred(raw: RawSymbols, left: Candidate, right: Candidate): boolean {
  const leftRank = rank(raw, left);
  const rightRank = rank(raw, right);
  for (const [at, value] of leftRank.entries()) {
    const other = rightRank[at] ?? 0;
    if (value !== other) return value < other;
  }
  return left.symbol.name < right.symbol.name;
}

function rank(raw: RawSymbols, { symbol, place }: Candidate): readonly number[] {
  const isLocal = raw.entries.getUint8(place + raw.layout.info) >> 4 === STB_LOCAL;
  return [
    symbol.isFunction ? 0 : 1,
    isLocal ? 1 : 0,
    symbol.name.startsWith("$") ? 1 : 0,
    symbol.name.length - symbol.name.replace(/^_+/, "").length,
    symbol.size,
  ];
}

const isFunctionType = (type: number): boolean => type === STT_FUNC || type === STT_GNU_IFUNC;

const typeOf = ({ entries, layout }: RawSymbols, at: number): number =>
  entries.getUint8(at + layout.info) & 0xf;

const fieldOf = ({ entries, layout }: RawSymbols, at: number, field: "value" | "size"): number =>
  readWord(entries, at + layout[field], layout.wordSize);

/** Full tables write versions into the name: `write@@GLIBC_2.2.5`. */
function nameOf({ entries, strings }: RawSymbols, at: number): string {
  const name = stringAt(strings, entries.getUint32(at, true));
  const version = name.indexOf("@");
  return version > 0 ? name.slice(0, version) : name;
}
