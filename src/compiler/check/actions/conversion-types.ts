/** Which types a conversion of a format takes. */

import { assertNever } from "../../../base/assert-never.ts";
import type { ConversionRow } from "../../../format/conversions.ts";
import { areCompatible } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import {
  isInteger,
  isPointer,
  isString,
  isStringCompatible,
  resolveType,
  sizeOf,
} from "../../types/type-queries.ts";
import { findBasicType } from "../../types/type-universe.ts";

/** `name` is the conversion's, with its size letters. */
export function accepts(name: string, row: ConversionRow, type: DType): boolean {
  const resolved = resolveType(type);
  const isAddress = isPointer(type) || isInteger(type);
  switch (row.accepts) {
    case "kernel-address":
    case "user-address":
      return isAddress || resolved.kind === "symbol";
    case "address":
      return isAddress;
    case "character-or-string":
      return isInteger(type) && sizeOf(type) <= 4;
    case "decimal":
    case "integer":
      return isInteger(type);
    case "exact-integer":
      return isExactly(name, row, type);
    case "floating":
      return resolved.kind === "float";
    case "internet-address":
    case "string":
      return isText(type);
    case "stack":
      return resolved.kind === "stack";
    case "port":
      return areCompatible(type, findBasicType("unsigned short") ?? type);
    case "wide-string":
      return isWideText(type);
    case "time":
      return isInteger(type) && sizeOf(type) === 8;
    case "nothing":
      return true;
    default:
      return assertNever(row.accepts);
  }
}

/** A pointer to characters is none: what it points to must be copied by `stringof`. */
function isText(type: DType): boolean {
  if (isString(type)) return true;
  return resolveType(type).kind === "array" && isStringCompatible(type);
}

function isWideText(type: DType): boolean {
  const resolved = resolveType(type);
  if (resolved.kind !== "array") return false;
  const element = resolveType(resolved.element());
  return element.kind === "integer" && element.size === 4;
}

const sizesOfHexadecimal = new Map([
  ["hx", 2],
  ["hX", 2],
  ["lx", 8],
  ["lX", 8],
  ["llx", 8],
  ["llX", 8],
]);

/** Hexadecimal asks for the size only, the others for the sign as well. */
function isExactly(name: string, { prototype }: ConversionRow, type: DType): boolean {
  if (!isInteger(type)) return false;
  const size = sizesOfHexadecimal.get(name);
  if (size !== undefined) return sizeOf(type) === size;
  const wanted = findBasicType(prototype);
  return wanted !== undefined && areCompatible(type, wanted);
}
