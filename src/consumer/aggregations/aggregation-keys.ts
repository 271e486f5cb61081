/**
 * Keys of aggregations as they are told apart: by what is shown of them. Probes are shown by name,
 * addresses of `func()` and its kin by the function or module that holds them.
 */

import type { AggregationLayout, FieldShape } from "../../compiler/enabling.ts";
import type { NameSource, Place } from "../../format/value.ts";
import type { ProbeName } from "../records/decode.ts";

export interface KeyNames {
  readonly probeName: ProbeName;
  readonly placeOf: SymbolPlaces;
}

/** The place of an address; process 0 where the kernel is meant. */
export type SymbolPlaces = (
  space: "kernel" | "user",
  process: number,
  address: bigint,
) => Place | undefined;

export interface KeyForm {
  /** The same exactly for keys that show the same. */
  readonly textOf: (key: Buffer) => string;
  /** The bytes to keep, a character each, addresses of functions rounded to their start. */
  readonly bytesOf: (key: Buffer, text: string) => string;
}

export type AddressNames = Pick<NameSource, "kernelPlace" | "userPlace">;

/** What an address meant when it was first seen: a key must stay the same when its process ends. */
export function rememberedPlaces(names: AddressNames): SymbolPlaces {
  const places = new Map<string, Place | undefined>();
  return (space, process, address) => {
    const key = `${space} ${process} ${address}`;
    const known = places.get(key);
    if (known !== undefined || places.has(key)) return known;
    const place = space === "user" ? names.userPlace(process, address) : names.kernelPlace(address);
    places.set(key, place);
    return place;
  };
}

/** Overwrites a field with what stands for it, and may give a text that belongs to the key. */
type Replace = (bytes: Uint8Array) => string | undefined;

export function keyFormOf({ keys }: AggregationLayout, names: KeyNames): KeyForm {
  const replacements = keys.flatMap(
    ({ offset, shape }) => replacementOf(offset, shape, names) ?? [],
  );
  if (replacements.length === 0) return { textOf: bytesAsText, bytesOf: (_, text) => text };
  const roundings = keys.flatMap(({ offset, shape }) =>
    shape.kind === "symbol" && isSymbolForm(shape) ? [roundSymbol(offset, shape, names)] : [],
  );
  return {
    textOf(key) {
      const bytes = Buffer.from(key);
      const texts = replacements.map((replace) => replace(bytes) ?? "");
      return [bytesAsText(bytes), ...texts].join("\0");
    },
    bytesOf(key) {
      const bytes = Buffer.from(key);
      for (const round of roundings) round(bytes);
      return bytesAsText(bytes);
    },
  };
}

type SymbolShape = Extract<FieldShape, { kind: "symbol" }>;

function replacementOf(offset: number, shape: FieldShape, names: KeyNames): Replace | undefined {
  if (shape.kind === "probe-name") {
    return (bytes) => {
      const view = viewOf(bytes);
      const probeId = view.getUint32(offset, true);
      view.setUint32(offset, 0);
      return names.probeName(probeId, shape.part);
    };
  }
  if (shape.kind !== "symbol" || shape.form === "uaddr") return undefined;
  return isSymbolForm(shape) ? roundSymbol(offset, shape, names) : nameModule(offset, shape, names);
}

const isSymbolForm = ({ form }: SymbolShape): boolean => /^u?(sym|func)$/.test(form);

function roundSymbol(offset: number, shape: SymbolShape, { placeOf }: KeyNames): Replace {
  return (bytes) => {
    const { process, address, at } = addressIn(bytes, offset, shape);
    const place = placeOf(spaceOf(shape), process, address);
    if (place?.symbol !== undefined) viewOf(bytes).setBigUint64(at, address - place.offset, true);
    return undefined;
  };
}

function nameModule(offset: number, shape: SymbolShape, { placeOf }: KeyNames): Replace {
  return (bytes) => {
    const { process, address, at } = addressIn(bytes, offset, shape);
    const place = placeOf(spaceOf(shape), process, address);
    if (place !== undefined) viewOf(bytes).setBigUint64(at, 0n);
    return place?.module;
  };
}

const spaceOf = ({ form }: SymbolShape): "kernel" | "user" =>
  form.startsWith("u") ? "user" : "kernel";

/** A user address has its process before it. */
function addressIn(
  bytes: Uint8Array,
  offset: number,
  { size }: SymbolShape,
): { readonly process: number; readonly address: bigint; readonly at: number } {
  const view = viewOf(bytes);
  const at = size === 16 ? offset + 8 : offset;
  const process = size === 16 ? view.getUint32(offset, true) : 0;
  return { process, address: view.getBigUint64(at, true), at };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

const bytesAsText = (bytes: Buffer): string => bytes.toString("latin1");
