/** Recorded values as typed JSON objects: `{"type":"integer","value":7}`. */

import {
  formatPlace,
  formatSymbol,
  type NameSource,
  type Place,
  type StackValue,
  type SymbolValue,
  type Value,
  type ValueShape,
} from "../../format/value.ts";
import {
  addressJson,
  arrayJson,
  byteTextJson,
  integerJson,
  objectJson,
  textJson,
} from "./json-text.ts";

export function valueJson(shape: ValueShape, value: Value, names: NameSource): string {
  if (typeof value === "number" || typeof value === "bigint") {
    return `{"type":"integer","value":${integerJson(value)}}`;
  }
  if (typeof value === "string") return objectJson({ type: '"string"', ...byteTextJson(value) });
  if (value instanceof Uint8Array) return `{"type":"bytes","value":"${hexadecimalOf(value)}"}`;
  if ("addresses" in value) return stackJson(value, names);
  if ("address" in value && shape.kind === "symbol") return symbolJson(shape, value, names);
  throw new Error(`value without a form in JSON: ${shape.kind}`);
}

export const hexadecimalOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

function stackJson({ space, process, addresses, strings }: StackValue, names: NameSource): string {
  const frames = addresses.map((address, frame) => {
    const place =
      space === "kernel" ? names.kernelPlace(address) : names.userPlace(process, address);
    const note = strings?.[frame] ?? "";
    return objectJson({
      address: addressJson(address),
      text: textJson(formatPlace(place, address)),
      ...placeMembers(place),
      note: note === "" ? undefined : textJson(note),
    });
  });
  return objectJson({
    type: '"stack"',
    space: `"${space}"`,
    pid: space === "user" ? String(process) : undefined,
    frames: arrayJson(frames),
  });
}

function symbolJson(
  { form }: Extract<ValueShape, { kind: "symbol" }>,
  value: SymbolValue,
  names: NameSource,
): string {
  const { process, address } = value;
  const isUser = form.startsWith("u");
  const place = isUser ? names.userPlace(process, address) : names.kernelPlace(address);
  return objectJson({
    type: '"symbol"',
    space: isUser ? '"user"' : '"kernel"',
    pid: isUser ? String(process) : undefined,
    address: addressJson(address),
    text: textJson(formatSymbol(form, value, names)),
    ...placeMembers(place),
  });
}

function placeMembers(place: Place | undefined): Readonly<Record<string, string | undefined>> {
  if (place === undefined) return {};
  const { module, symbol, offset } = place;
  return {
    module: textJson(module),
    symbol: symbol === undefined ? undefined : textJson(symbol),
    offset: symbol === undefined ? undefined : integerJson(offset),
  };
}
