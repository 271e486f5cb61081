/** Types and bytes described in JSON, shown as print() shows them. */

import type { DType, Member } from "../../src/compiler/types/d-type.ts";
import { formatType } from "../../src/compiler/types/type-names.ts";
import { formatPrint } from "../../src/format/print.ts";
import { fixedNames } from "./fixed-names.ts";

export interface PrintScene {
  readonly kind: "print";
  readonly values: readonly { readonly type: JsonType; readonly bytes: string }[];
}

/** A type of C as JSON has it: the name of an integer type, or an object with one of these keys. */
type JsonType =
  | string
  | { readonly pointer: JsonType }
  | { readonly array: JsonType; readonly length: number }
  | { readonly typedef: string; readonly to: JsonType }
  | { readonly const: JsonType }
  | { readonly float: number }
  | { readonly function: JsonType }
  | { readonly forward: string }
  | { readonly enum: readonly string[]; readonly name?: string; readonly size?: 1 | 2 | 4 | 8 }
  | {
      readonly struct: readonly JsonMember[];
      readonly name?: string;
      readonly size: number;
      readonly union?: true;
    };

/** Offsets in bits. */
type JsonMember = readonly [name: string, type: JsonType, offset: number, bits?: number];

/** Bytes are hexadecimal digits, spaces between them as one likes. */
export function printScene({ values }: PrintScene): string {
  return values
    .map(({ type: json, bytes }) => {
      const type = typeOf(json);
      return formatPrint(type, new Uint8Array(Buffer.from(bytes.replaceAll(" ", ""), "hex")), {
        names: fixedNames,
        typeName: formatType,
        name: formatType(type),
      });
    })
    .join("");
}

const integers: Readonly<Record<string, DType>> = Object.fromEntries(
  (
    [
      ["char", 1, true],
      ["unsigned char", 1, false],
      ["short", 2, true],
      ["int", 4, true],
      ["unsigned int", 4, false],
      ["long", 8, true],
      ["unsigned long", 8, false],
    ] as const
  ).map(([name, size, signed]) => [name, { kind: "integer", name, size, signed }]),
);

function typeOf(json: JsonType): DType {
  if (typeof json === "string") {
    return integers[json] ?? (json === "string" ? { kind: "string" } : { kind: "void" });
  }
  if ("pointer" in json) return { kind: "pointer", to: () => typeOf(json.pointer) };
  if ("array" in json) {
    return { kind: "array", element: () => typeOf(json.array), length: json.length };
  }
  if ("typedef" in json) {
    return { kind: "typedef", name: json.typedef, to: () => typeOf(json.to) };
  }
  if ("const" in json) {
    return { kind: "qualified", qualifier: "const", to: () => typeOf(json.const) };
  }
  return otherTypeOf(json);
}

function otherTypeOf(
  json: Extract<
    JsonType,
    | { float: number }
    | { function: unknown }
    | { forward: string }
    | { enum: unknown }
    | { struct: unknown }
  >,
): DType {
  if ("float" in json) return { kind: "float", name: "double", size: json.float };
  if ("forward" in json) return { kind: "forward", tag: "struct", name: json.forward };
  if ("function" in json) {
    const returns = (): DType => typeOf(json.function);
    return { kind: "function", returns, parameters: () => [], variadic: false };
  }
  if ("enum" in json) {
    const enumerators = json.enum.map((name, value) => ({ name, value: BigInt(value) }));
    const { name, size = 4 } = json;
    return { kind: "enum", name, size, signed: false, enumerators: () => enumerators };
  }
  const members = (): readonly Member[] =>
    json.struct.map(([name, type, bitOffset, bitSize]) => ({
      name: name === "" ? undefined : name,
      type: typeOf(type),
      bitOffset,
      bitSize,
    }));
  return { kind: json.union ? "union" : "struct", name: json.name, size: json.size, members };
}
