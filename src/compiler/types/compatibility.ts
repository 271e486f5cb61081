/** When two types may meet: in a comparison, an assignment, a parameter. K&R's rules as DTrace has them. */

import { charType, integerTypes, intType } from "./base-types.ts";
import type { DType, IntegerType } from "./d-type.ts";
import {
  isInteger,
  isString,
  isStringCompatible,
  isVoid,
  referencedType,
  resolveType,
  sizeOf,
} from "./type-queries.ts";

/** The same type but for names: integers by size and sign, structures by name and size. */
export function areCompatible(left: DType, right: DType): boolean {
  const from = resolveType(left);
  const to = resolveType(right);
  if (from === to) return true;
  if (from.kind === "enum" && to.kind === "integer") return true;
  if (from.kind === "integer" && to.kind === "enum") return true;

  switch (from.kind) {
    case "integer":
      return to.kind === "integer" && sameInteger(from, to);
    case "float":
      return to.kind === "float" && from.size === to.size;
    case "pointer":
      return to.kind === "pointer" && areCompatible(from.to(), to.to());
    case "array":
      return (
        to.kind === "array" &&
        from.length === to.length &&
        areCompatible(from.element(), to.element())
      );
    case "struct":
    case "union":
      return to.kind === from.kind && sameTag(from, to) && sizeOf(from) === sizeOf(to);
    case "enum":
      return to.kind === "enum" && sameTag(from, to);
    case "forward":
      return to.kind === "forward" ? sameTag(from, to) : to.kind === from.tag && sameTag(from, to);
    default:
      return from.kind === to.kind;
  }
}

type Named = { readonly name: string | undefined };

const sameTag = (left: Named, right: Named): boolean =>
  left.name !== undefined && left.name === right.name;

const sameInteger = (left: IntegerType, right: IntegerType): boolean =>
  left.size === right.size &&
  left.signed === right.signed &&
  (left.name === "_Bool") === (right.name === "_Bool");

/** What the rules look at besides the type: a constant 0 goes with every pointer. */
export interface Typed {
  readonly type: DType;
  readonly isZeroConstant: boolean;
}

/** The type of both as pointers, the more telling one; undefined where they do not go together. */
export function commonPointer(left: Typed, right: Typed): DType | undefined {
  const leftIsInteger = isInteger(left.type);
  const rightIsInteger = isInteger(right.type);
  if (leftIsInteger && rightIsInteger) return undefined;
  if (leftIsInteger) return left.isZeroConstant ? pointerLike(right.type) : undefined;
  if (rightIsInteger) return right.isZeroConstant ? pointerLike(left.type) : undefined;

  if (!pointerLike(left.type) || !pointerLike(right.type)) return undefined;
  const from = elementOf(left.type);
  const to = elementOf(right.type);
  if (!from || !to) return undefined;
  if (isVoid(to)) return left.type;
  if (isVoid(from) || areCompatible(from, to) || isForwardOf(from, to)) return right.type;
  return undefined;
}

/** A structure that is declared in one place and defined in another is one structure. */
function isForwardOf(left: DType, right: DType): boolean {
  const from = resolveType(left);
  const to = resolveType(right);
  return to.kind === "forward" && (from.kind === "struct" || from.kind === "union")
    ? to.tag === from.kind && sameTag(from, to)
    : false;
}

/** Strings count here: they are arrays of characters. */
function pointerLike(type: DType): DType | undefined {
  const { kind } = resolveType(type);
  return kind === "pointer" || kind === "array" || kind === "string" ? type : undefined;
}

const elementOf = (type: DType): DType | undefined =>
  isString(type) ? charType : referencedType(type);

/** Whether `argument` may be given for a parameter of the prototype, or assigned. */
export function isArgumentCompatible(parameter: Typed, argument: Typed): boolean {
  if (isInteger(parameter.type) && isInteger(argument.type)) return true;
  if (isStringCompatible(parameter.type) && isStringCompatible(argument.type)) return true;

  const to = resolveType(parameter.type);
  const from = resolveType(argument.type);
  switch (to.kind) {
    case "stack":
      return from.kind === "stack";
    case "symbol":
      return from.kind === "symbol" && sizeOf(from) === sizeOf(to);
    case "function":
    case "struct":
    case "union":
      return areCompatible(to, from);
    default:
      return commonPointer(parameter, argument) !== undefined;
  }
}

/**
 * The type of arithmetic on both. D does not widen to int: the higher rank wins, and rank is the
 * size, then unsigned above signed, then the order of declaration.
 */
export function promote(left: DType, right: DType): DType {
  const [leftType, leftBase] = asInteger(left);
  const [rightType, rightBase] = asInteger(right);
  const difference = rankOf(leftBase) - rankOf(rightBase);
  if (difference !== 0) return difference > 0 ? leftType : rightType;
  return integerTypes.indexOf(leftBase) < integerTypes.indexOf(rightBase) ? rightType : leftType;
}

function asInteger(type: DType): readonly [DType, IntegerType] {
  const resolved = resolveType(type);
  return resolved.kind === "integer" ? [type, resolved] : [intType, intType];
}

const rankOf = (type: IntegerType): number => type.size * 8 + (type.signed ? 0 : 1);
