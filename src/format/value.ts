/** Values as they are shown: what shape they have, and how addresses become names. */

import type { AggregationFunction } from "./aggregations/functions.ts";

export type ValueShape =
  | { readonly kind: "integer"; readonly size: 1 | 2 | 4 | 8; readonly signed: boolean }
  | { readonly kind: "string" }
  | { readonly kind: "bytes"; readonly size: number }
  | { readonly kind: "stack" }
  | { readonly kind: "symbol"; readonly form: SymbolForm }
  | { readonly kind: "aggregation"; readonly function: AggregationFunction };

export type SymbolForm = "sym" | "func" | "mod" | "usym" | "ufunc" | "umod" | "uaddr";

/**
 * A value of a shape: an integer is a number where it is exact and a bigint otherwise, always
 * extended by its sign; an aggregation value is its words (`aggregations/functions.ts`).
 */
export type Value =
  | number
  | bigint
  | string
  | Uint8Array
  | StackValue
  | SymbolValue
  | AggregationValue;

export interface StackValue {
  readonly space: "kernel" | "user";
  /** The process whose addresses they are; 0 for the kernel's. */
  readonly process: number;
  readonly addresses: readonly bigint[];
  /** What the process says of its frames (`jstack`): a name, or a note where it begins with `@`. */
  readonly strings?: readonly string[];
}

export interface SymbolValue {
  readonly process: number;
  readonly address: bigint;
}

export interface AggregationValue {
  readonly words: readonly bigint[];
  /** What normalize() divides by. */
  readonly normal: bigint;
}

/** What only the system knows of a value. */
export interface NameSource {
  kernelPlace(address: bigint): Place | undefined;
  /** Process 0 is the target (`-c`, `-p`), where there is one. */
  userPlace(process: number, address: bigint): Place | undefined;
  /** The host of an internet address; the address itself where it has no name. */
  hostName(address: string): string;
  /** The service of a port; its number where it has no name. */
  portName(port: number): string;
}

export interface Place {
  /** A kernel module, or the base name of a file. */
  readonly module: string;
  /** Undefined where only the module is known. */
  readonly symbol: string | undefined;
  /** From the symbol's start. */
  readonly offset: bigint;
}

/** The text of an address in one of D's symbol forms. */
export function formatSymbol(
  form: SymbolForm,
  { process, address }: SymbolValue,
  names: NameSource,
): string {
  const user = form.startsWith("u");
  const place = user ? names.userPlace(process, address) : names.kernelPlace(address);
  if (place === undefined) return hexadecimal(address);
  if (form === "mod" || form === "umod") return place.module;
  if (place.symbol === undefined) return `${place.module}\`${hexadecimal(address)}`;
  const name = `${place.module}\`${place.symbol}`;
  const exact = form === "func" || form === "ufunc" || form === "sym" || form === "usym";
  return exact || place.offset === 0n ? name : `${name}+${hexadecimal(place.offset)}`;
}

/** `module`symbol+0xoffset`, as stacks and `%a` have it. */
export function formatPlace(place: Place | undefined, address: bigint): string {
  if (place === undefined) return hexadecimal(address);
  if (place.symbol === undefined) return `${place.module}\`${hexadecimal(address)}`;
  const offset = place.offset === 0n ? "" : `+${hexadecimal(place.offset)}`;
  return `${place.module}\`${place.symbol}${offset}`;
}

export function hexadecimal(address: bigint): string {
  return `0x${BigInt.asUintN(64, address).toString(16)}`;
}
