/** Questions about types that need no look-up: sizes, what operators may be applied, members. */

import { assertNever } from "../../base/assert-never.ts";
import type { CompositeType, DType, Enumerator, Member } from "./d-type.ts";

/** Typedefs and qualifiers taken off. */
export function resolveType(type: DType): Exclude<DType, { kind: "typedef" | "qualified" }> {
  let at = type;
  while (at.kind === "typedef" || at.kind === "qualified") at = at.to();
  return at;
}

export const pointerSize = 8;

/**
 * Bytes of a value; 0 where there is none or it is not known. A string counts as its default
 * `strsize`, since `sizeof` must be constant.
 */
export function sizeOf(type: DType): number {
  const resolved = resolveType(type);
  switch (resolved.kind) {
    case "integer":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return resolved.size;
    case "pointer":
      return pointerSize;
    case "array":
      return resolved.length * sizeOf(resolved.element());
    case "string":
      return 256;
    case "symbol":
      return resolved.form.startsWith("u") ? 16 : 8;
    case "stack":
    case "void":
    case "forward":
    case "function":
    case "dynamic":
      return 0;
    default:
      return assertNever(resolved);
  }
}

export function alignOf(type: DType): number {
  const resolved = resolveType(type);
  switch (resolved.kind) {
    case "array":
      return resolved.alignment ?? alignOf(resolved.element());
    case "struct":
    case "union":
      return resolved
        .members()
        .reduce((widest, member) => Math.max(widest, alignOf(member.type)), 1);
    case "string":
      return 1;
    case "float":
      return Math.min(resolved.size, 16);
    default:
      return Math.max(1, Math.min(sizeOf(resolved), 8));
  }
}

export const isVoid = (type: DType): boolean => resolveType(type).kind === "void";
export const isString = (type: DType): boolean => resolveType(type).kind === "string";
export const isDynamic = (type: DType): boolean => type.kind === "dynamic";

/** Integers and enums: what arithmetic takes. */
export function isInteger(type: DType): boolean {
  const { kind } = resolveType(type);
  return kind === "integer" || kind === "enum";
}

/** What has a truth value: integers, enums, pointers. */
export function isScalar(type: DType): boolean {
  const { kind } = resolveType(type);
  return kind === "integer" || kind === "enum" || kind === "pointer";
}

/** Pointers, and arrays, which become pointers. */
export function isPointer(type: DType): boolean {
  const { kind } = resolveType(type);
  return kind === "pointer" || kind === "array";
}

export function isComposite(type: DType): boolean {
  const { kind } = resolveType(type);
  return kind === "struct" || kind === "union";
}

/** A pointer to void or to a function: nothing to add to, since no size is known. */
export function isUnsizedPointer(type: DType): boolean {
  const resolved = resolveType(type);
  if (resolved.kind !== "pointer") return false;
  const { kind } = resolveType(resolved.to());
  return kind === "void" || kind === "function";
}

/** What a pointer points to or an array holds. */
export function referencedType(type: DType): DType | undefined {
  const resolved = resolveType(type);
  if (resolved.kind === "pointer") return resolved.to();
  return resolved.kind === "array" ? resolved.element() : undefined;
}

const isCharacter = (type: DType): boolean => {
  const resolved = resolveType(type);
  return resolved.kind === "integer" && resolved.size === 1 && resolved.signed;
};

/** `string`, and what is compared as one: `char *` and arrays of `char`. */
export function isStringCompatible(type: DType): boolean {
  if (isString(type)) return true;
  const referenced = referencedType(type);
  return referenced !== undefined && isCharacter(referenced);
}

/** Structures, unions, arrays and strings: values that stand at an address. */
export function isByReference(type: DType): boolean {
  const { kind } = resolveType(type);
  return kind === "struct" || kind === "union" || kind === "array" || kind === "string";
}

export interface FoundMember {
  readonly member: Member;
  /** From the start of the structure asked, through anonymous members on the way. */
  readonly bitOffset: number;
}

/** A member by its name, through anonymous structures and unions. */
export function findMember(type: CompositeType, name: string): FoundMember | undefined {
  for (const member of type.members()) {
    if (member.name === name) return { member, bitOffset: member.bitOffset };
    if (member.name !== undefined) continue;
    const inner = resolveType(member.type);
    if (inner.kind !== "struct" && inner.kind !== "union") continue;
    const found = findMember(inner, name);
    if (found) return { ...found, bitOffset: member.bitOffset + found.bitOffset };
  }
  return undefined;
}

export function findEnumerator(type: DType, name: string): Enumerator | undefined {
  const resolved = resolveType(type);
  if (resolved.kind !== "enum") return undefined;
  return resolved.enumerators().find((enumerator) => enumerator.name === name);
}
