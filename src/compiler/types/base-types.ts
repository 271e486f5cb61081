/** The types D has without any declaration: C's under LP64, D's own, and D's standard typedefs. */

import type {
  DType,
  DynamicType,
  FloatType,
  IntegerType,
  PointerType,
  QualifiedType,
  StringType,
  TypedefType,
  VoidType,
} from "./d-type.ts";

export const voidType: VoidType = { kind: "void" };
export const stringType: StringType = { kind: "string" };
export const dynamicType: DynamicType = { kind: "dynamic" };

const integer = (name: string, size: 1 | 2 | 4 | 8, signed: boolean): IntegerType => ({
  kind: "integer",
  name,
  size,
  signed,
});

export const charType = integer("char", 1, true);
export const intType = integer("int", 4, true);
export const unsignedIntType = integer("unsigned int", 4, false);
export const longType = integer("long", 8, true);
export const unsignedLongType = integer("unsigned long", 8, false);
export const longLongType = integer("long long", 8, true);
export const unsignedLongLongType = integer("unsigned long long", 8, false);
export const booleanType = integer("_Bool", 1, false);

const shortType = integer("short", 2, true);
const unsignedShortType = integer("unsigned short", 2, false);
const signedCharType = integer("signed char", 1, true);
const unsignedCharType = integer("unsigned char", 1, false);

/**
 * In the order of their rank where size and sign do not decide: the result of `long + long long`
 * is `long long`.
 */
export const integerTypes: readonly IntegerType[] = [
  charType,
  shortType,
  intType,
  longType,
  longLongType,
  signedCharType,
  unsignedCharType,
  unsignedShortType,
  unsignedIntType,
  unsignedLongType,
  unsignedLongLongType,
  booleanType,
];

const float = (name: string, size: number): FloatType => ({ kind: "float", name, size });

export const floatTypes: readonly FloatType[] = [
  float("float", 4),
  float("double", 8),
  float("long double", 16),
  float("float _Complex", 8),
  float("double _Complex", 16),
  float("long double _Complex", 32),
];

export function typedef(name: string, to: DType): TypedefType {
  return { kind: "typedef", name, to: () => to };
}

/** `const char`: what string subroutines say they point to. */
export const constCharType: QualifiedType = {
  kind: "qualified",
  qualifier: "const",
  to: () => charType,
};

const voidPointerType: PointerType = { kind: "pointer", to: () => voidType };

/** An integer of more than 8 bytes: D has none (`__int128`), and sees it as words. */
export const wideInteger = (size: number): DType => ({
  kind: "array",
  element: () => unsignedLongType,
  length: size / 8,
  alignment: size,
});

/** D's typedefs. They stand before the kernel's of the same name, which mean the same. */
export const standardTypedefs: ReadonlyMap<string, TypedefType> = new Map(
  (
    [
      ["int8_t", charType],
      ["int16_t", shortType],
      ["int32_t", intType],
      ["int64_t", longType],
      ["intptr_t", longType],
      ["ssize_t", longType],
      ["uint8_t", unsignedCharType],
      ["uint16_t", unsignedShortType],
      ["uint32_t", unsignedIntType],
      ["uint64_t", unsignedLongType],
      ["uchar_t", unsignedCharType],
      ["ushort_t", unsignedShortType],
      ["uint_t", unsignedIntType],
      ["ulong_t", unsignedLongType],
      ["longlong_t", longLongType],
      ["u_longlong_t", unsignedLongLongType],
      ["ptrdiff_t", longType],
      ["uintptr_t", unsignedLongType],
      ["size_t", unsignedLongType],
      ["id_t", intType],
      ["pid_t", intType],
      ["uid_t", unsignedIntType],
      ["gid_t", unsignedIntType],
      ["zoneid_t", intType],
      ["hrtime_t", longLongType],
      ["ipaddr_t", unsignedIntType],
      ["__int128_t", wideInteger(16)],
      ["__uint128_t", wideInteger(16)],
      // What it really is, processors do not agree on, and D reads none.
      ["__builtin_va_list", voidPointerType],
    ] as const
  ).map(([name, to]) => [name, typedef(name, to)]),
);

/** The standard typedef; only for names of the table above. */
export function standardType(name: string): TypedefType {
  const found = standardTypedefs.get(name);
  if (!found) throw new Error(`${name} is no standard typedef`);
  return found;
}

const integersByName = new Map<string, IntegerType>();
for (const type of integerTypes) integersByName.set(type.name, type);
for (const [name, type] of [
  ["short int", shortType],
  ["signed short", shortType],
  ["signed short int", shortType],
  ["short unsigned int", unsignedShortType],
  ["unsigned short int", unsignedShortType],
  ["signed", intType],
  ["signed int", intType],
  ["unsigned", unsignedIntType],
  ["long int", longType],
  ["signed long", longType],
  ["signed long int", longType],
  ["long unsigned int", unsignedLongType],
  ["unsigned long int", unsignedLongType],
  ["long long int", longLongType],
  ["signed long long", longLongType],
  ["signed long long int", longLongType],
  ["long long unsigned int", unsignedLongLongType],
  ["unsigned long long int", unsignedLongLongType],
  ["bool", booleanType],
] as const) {
  integersByName.set(name, type);
}

/** By any of the spellings that C, compilers and BTF use. */
export function findIntegerType(spelling: string): IntegerType | undefined {
  return integersByName.get(spelling);
}

export function findFloatType(spelling: string): FloatType | undefined {
  return floatTypes.find(({ name }) => name === spelling);
}
