/** /proc/kallsyms, indexed once: addresses to names, names to addresses. */

import { readFileSync } from "node:fs";
import { lazily } from "../../base/lazily.ts";
import { lastAtOrBelow } from "./sorted-addresses.ts";

export interface KernelPlace {
  /** `vmlinux` for the core kernel. */
  readonly module: string;
  readonly symbol: string;
  readonly offset: bigint;
}

export interface KernelSymbols {
  /** The kernel tells names, but no addresses. */
  readonly isHidden: boolean;
  /** The function or the data around an address. */
  placeOf(address: bigint): KernelPlace | undefined;
  /** The first symbol of that name, in that module or in any. */
  addressOf(name: string, module: string | undefined): NamedAddress | undefined;
  /** Functions whose names begin so, with where the next function starts. */
  functionsNamed(...prefixes: readonly string[]): ReadonlyMap<string, AddressRange>;
  /** All functions of these names, in ascending order, each up to where the next one starts. */
  functionsCalled(names: ReadonlySet<string>): readonly KernelFunction[];
}

export interface KernelFunction {
  readonly module: string;
  readonly name: string;
  readonly range: AddressRange;
}

export interface AddressRange {
  readonly start: bigint;
  readonly end: bigint;
}

export interface NamedAddress {
  readonly address: bigint;
  readonly module: string;
}

export const coreKernel = "vmlinux";

/** Where kernel addresses start on 64-bit machines: what is below are offsets of per-CPU data. */
const kernelBase = 0xffff_0000_0000_0000n;
const kernelBaseHigh = 0xffff_0000;

/** Farther than this from the last symbol there is none. */
const longestSymbol = 1 << 20;

const lineFeed = 10;
const space = 32;
const tab = 9;

export function readKernelSymbols(path = "/proc/kallsyms"): KernelSymbols {
  return indexSymbols(readFileSync(path));
}

export function indexSymbols(bytes: Uint8Array): KernelSymbols {
  const functions = lazily(() => indexLines(bytes, isFunctionType));
  const places = lazily(() => indexLines(bytes, isPlaceType));
  return {
    isHidden: !hasAddress(bytes),
    placeOf: (address) => findPlace(bytes, places(), address),
    addressOf: (name, module) => findAddress(bytes, name, module),
    functionsNamed: (...prefixes) => findFunctions(bytes, functions(), prefixes),
    functionsCalled: (names) => findNamed(bytes, functions(), names),
  };
}

interface SymbolLines {
  /** Ascending, less `kernelBase`: exact in a double. */
  readonly addresses: Float64Array;
  /** Where in the file each one's line starts. */
  readonly starts: Uint32Array;
}

function hasAddress(bytes: Uint8Array): boolean {
  for (let start = 0; start < bytes.length; start = nextLine(bytes, start)) {
    if (relativeAddress(bytes, start) > 0) return true;
  }
  return false;
}

function indexLines(bytes: Uint8Array, isWanted: (type: number) => boolean): SymbolLines {
  const room = Math.ceil(bytes.length / 20);
  const addresses = new Float64Array(room);
  const starts = new Uint32Array(room);
  let count = 0;
  let isSorted = true;
  for (let start = 0; start < bytes.length; start = nextLine(bytes, start)) {
    if (isWanted(bytes[start + 17] ?? 0)) {
      const address = relativeAddress(bytes, start);
      if (address > 0) {
        isSorted &&= count === 0 || address >= (addresses[count - 1] ?? 0);
        addresses[count] = address;
        starts[count] = start;
        count += 1;
      }
    }
  }
  const lines = { addresses: addresses.subarray(0, count), starts: starts.subarray(0, count) };
  return isSorted ? lines : sortLines(lines);
}

function nextLine(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(lineFeed, start);
  return end < 0 ? bytes.length : end + 1;
}

/** `t`, `T`, `w` and `W`: text, weak text. */
const isFunctionType = (type: number): boolean =>
  type === 0x74 || type === 0x54 || type === 0x77 || type === 0x57;

/** All but `a` and `A`, absolute values. */
const isPlaceType = (type: number): boolean => type !== 0x61 && type !== 0x41;

function sortLines({ addresses, starts }: SymbolLines): SymbolLines {
  const order = Uint32Array.from(addresses.keys()).sort(
    (left, right) => (addresses[left] ?? 0) - (addresses[right] ?? 0),
  );
  return {
    addresses: Float64Array.from(order, (index) => addresses[index] ?? 0),
    starts: Uint32Array.from(order, (index) => starts[index] ?? 0),
  };
}

/** Sixteen hexadecimal digits, less `kernelBase`; negative for what lies below it. */
function relativeAddress(bytes: Uint8Array, start: number): number {
  const high = readHexadecimal(bytes, start);
  const low = readHexadecimal(bytes, start + 8);
  return (high - kernelBaseHigh) * 0x1_0000_0000 + low;
}

function readHexadecimal(bytes: Uint8Array, start: number): number {
  let value = 0;
  for (let at = start; at < start + 8; at += 1) {
    const digit = bytes[at] ?? 0;
    value = value * 16 + (digit <= 0x39 ? digit - 0x30 : digit - 0x57);
  }
  return value;
}

function findPlace(
  bytes: Uint8Array,
  { addresses, starts }: SymbolLines,
  address: bigint,
): KernelPlace | undefined {
  const relative = Number(BigInt.asUintN(64, address) - kernelBase);
  const index = lastAtOrBelow(addresses, relative);
  const found = addresses[index];
  const start = starts[index];
  if (found === undefined || start === undefined || relative - found > longestSymbol) {
    return undefined;
  }
  return { ...nameAt(bytes, start), offset: BigInt(relative - found) };
}

const latin1 = new TextDecoder("latin1");

/** `name` or `name<tab>[module]`, from the nineteenth byte of a line. */
function nameAt(bytes: Uint8Array, start: number): { symbol: string; module: string } {
  const from = start + 19;
  const end = bytes.indexOf(lineFeed, from);
  const text = latin1.decode(bytes.subarray(from, end < 0 ? undefined : end));
  const [symbol = "", module] = text.split("\t");
  return { symbol, module: module === undefined ? coreKernel : module.slice(1, -1) };
}

function findNamed(
  bytes: Uint8Array,
  { addresses, starts }: SymbolLines,
  names: ReadonlySet<string>,
): readonly KernelFunction[] {
  // To make a text of every name takes longer than all else.
  const beginnings = new Set(
    Array.from(names, (name) => beginningOf(Buffer.from(name, "latin1"), 0)),
  );
  const found: KernelFunction[] = [];
  for (const [index, start] of starts.entries()) {
    if (!beginnings.has(beginningOf(bytes, start + 19))) continue;
    const { module, symbol: name } = nameAt(bytes, start);
    if (!names.has(name)) continue;
    const range = { start: addresses[index] ?? 0, end: nextAddress(addresses, index) };
    found.push({
      module,
      name,
      range: { start: kernelBase + BigInt(range.start), end: kernelBase + BigInt(range.end) },
    });
  }
  return found;
}

/** The first three bytes of a name: fewer where it is shorter. */
function beginningOf(bytes: Uint8Array, start: number): number {
  let beginning = 0;
  for (let at = start; at < start + 3; at += 1) {
    const byte = bytes[at] ?? lineFeed;
    if (byte === lineFeed || byte === tab) break;
    beginning = beginning * 256 + byte;
  }
  return beginning;
}

/** Of the next function that lies elsewhere: one may have several names. */
function nextAddress(addresses: Float64Array, index: number): number {
  const address = addresses[index] ?? 0;
  let next = index + 1;
  while (addresses[next] === address) next += 1;
  return Math.min(addresses[next] ?? address, address + longestSymbol);
}

function findFunctions(
  bytes: Uint8Array,
  { addresses, starts }: SymbolLines,
  prefixes: readonly string[],
): ReadonlyMap<string, AddressRange> {
  const wanted = prefixes.map((prefix) => Buffer.from(prefix, "latin1"));
  const isWanted = (start: number): boolean =>
    wanted.some((prefix) => prefix.every((byte, at) => bytes[start + 19 + at] === byte));
  const found = new Map<string, AddressRange>();
  for (const [index, start] of starts.entries()) {
    if (!isWanted(start)) continue;
    const [address = 0, next = address] = addresses.subarray(index, index + 2);
    found.set(nameAt(bytes, start).symbol, {
      start: kernelBase + BigInt(address),
      end: kernelBase + BigInt(next),
    });
  }
  return found;
}

function findAddress(
  bytes: Uint8Array,
  name: string,
  module: string | undefined,
): NamedAddress | undefined {
  const wanted = Buffer.from(` ${name}`, "latin1");
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = file.indexOf(wanted); at >= 0; at = file.indexOf(wanted, at + 1)) {
    const after = bytes[at + wanted.length];
    const isWhole = after === undefined || after === lineFeed || after === tab || after === space;
    const start = at - 18;
    if (!isWhole || start < 0) continue;
    const found = nameAt(bytes, start);
    if (module !== undefined && found.module !== module) continue;
    const relative = relativeAddress(bytes, start);
    return { address: kernelBase + BigInt(relative), module: found.module };
  }
  return undefined;
}
