/**
 * The types of D as values. Types that come from BTF are made lazily: a pointer's target and a
 * structure's members are asked for when they are needed, since kernel types refer to each other
 * in circles. Two types from one universe are the same type exactly when they are the same object,
 * up to typedefs and qualifiers (`resolveType`).
 */

export type DType =
  | VoidType
  | IntegerType
  | FloatType
  | EnumType
  | PointerType
  | ArrayType
  | CompositeType
  | ForwardType
  | FunctionType
  | TypedefType
  | QualifiedType
  | StringType
  | StackType
  | SymbolType
  | DynamicType;

export interface VoidType {
  readonly kind: "void";
}

export interface IntegerType {
  readonly kind: "integer";
  /** As C spells it: `unsigned long long`. */
  readonly name: string;
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
}

/** Only ever looked at through `print` and printf's `%f`; D does no arithmetic on it. */
export interface FloatType {
  readonly kind: "float";
  readonly name: string;
  readonly size: number;
}

export interface EnumType {
  readonly kind: "enum";
  /** Without `enum`; undefined for an anonymous one. */
  readonly name: string | undefined;
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
  readonly enumerators: () => readonly Enumerator[];
}

export interface Enumerator {
  readonly name: string;
  readonly value: bigint;
}

export interface PointerType {
  readonly kind: "pointer";
  readonly to: () => DType;
}

export interface ArrayType {
  readonly kind: "array";
  readonly element: () => DType;
  /** 0 for a flexible array member. */
  readonly length: number;
  /** In bytes, where it is not the element's. */
  readonly alignment?: number;
}

export interface CompositeType {
  readonly kind: "struct" | "union";
  readonly name: string | undefined;
  readonly size: number;
  readonly members: () => readonly Member[];
}

export interface Member {
  /** Undefined for an anonymous struct or union, whose members are reached through it. */
  readonly name: string | undefined;
  readonly type: DType;
  /** From the start of the structure, in bits. */
  readonly bitOffset: number;
  /** The width of a bit-field; undefined for a whole member. */
  readonly bitSize: number | undefined;
}

/** A structure, union or enum that is declared and nowhere defined. */
export interface ForwardType {
  readonly kind: "forward";
  readonly tag: "struct" | "union" | "enum";
  readonly name: string;
}

export interface FunctionType {
  readonly kind: "function";
  readonly returns: () => DType;
  readonly parameters: () => readonly DType[];
  readonly variadic: boolean;
}

export interface TypedefType {
  readonly kind: "typedef";
  readonly name: string;
  readonly to: () => DType;
}

export interface QualifiedType {
  readonly kind: "qualified";
  readonly qualifier: "const" | "volatile" | "restrict";
  readonly to: () => DType;
}

/** D's `string`: bytes by value, at most `strsize` with the NUL. */
export interface StringType {
  readonly kind: "string";
}

/** What `stack()` and `ustack()` give: a key or a recorded value, no operand. */
export interface StackType {
  readonly kind: "stack";
  readonly space: "kernel" | "user";
  readonly frames: number;
  /** Bytes for `ustack`'s strings; 0 where there are none. */
  readonly stringSize: number;
}

/** What `sym()`, `usym()` and their like give: an address that prints as a name. */
export interface SymbolType {
  readonly kind: "symbol";
  readonly form: SymbolForm;
}

export type SymbolForm = "sym" | "func" | "mod" | "usym" | "ufunc" | "umod" | "uaddr";

/** A type not known yet or not knowable: `<DYN>`. */
export interface DynamicType {
  readonly kind: "dynamic";
}
