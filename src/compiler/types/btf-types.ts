/** BTF's types as D's, each made when it is first asked for and only once. */

import { assertNever } from "../../base/assert-never.ts";
import type { Btf } from "../../btf/btf.ts";
import type { BtfMember, BtfType } from "../../btf/btf-type.ts";
import { booleanType, findIntegerType, voidType, wideInteger } from "./base-types.ts";
import type { CompositeType, DType, IntegerType, Member } from "./d-type.ts";
import type { KernelTypes, Tag } from "./kernel-types.ts";

/** The BTF that a module's goes on from: their common ids are the same types. */
export interface BaseTypes {
  readonly types: KernelTypes;
  readonly typeCount: number;
}

export function createKernelTypes(btf: Btf, base: BaseTypes | undefined): KernelTypes {
  const made = new Map<number, DType>();
  const typedefs = new Map<string, DType | undefined>();
  const tags = new Map<string, DType | undefined>();

  const typeById = (id: number): DType | undefined => {
    if (id < 0 || id >= btf.typeCount) return undefined;
    if (base && id < base.typeCount) return base.types.typeById(id);
    const known = made.get(id);
    if (known) return known;
    const type = makeType(btf.typeAt(id), { typeById: (other) => typeById(other) ?? voidType });
    if (type) made.set(id, type);
    return type;
  };

  const find = (
    names: Map<string, DType | undefined>,
    key: string,
    search: () => number | undefined,
  ): DType | undefined => {
    if (names.has(key)) return names.get(key);
    const id = search();
    const type = id === undefined ? undefined : typeById(id);
    names.set(key, type);
    return type;
  };

  return {
    typeById,
    namesOf: (kind) => btf.namesOf(kind),
    findTypedef: (name) => find(typedefs, name, () => btf.findType(name, "typedef")),
    findTag: (tag: Tag, name) => find(tags, `${tag} ${name}`, () => btf.findType(name, tag)),
  };
}

interface Context {
  typeById(id: number): DType;
}

/** Undefined for what is no type: functions, variables, sections. */
function makeType(type: BtfType, { typeById }: Context): DType | undefined {
  switch (type.kind) {
    case "void":
      return voidType;
    case "int":
      return integerType(type);
    case "float":
      return { kind: "float", name: type.name, size: type.size };
    case "pointer":
      return { kind: "pointer", to: () => typeById(type.to) };
    case "array":
      return { kind: "array", element: () => typeById(type.element), length: type.length };
    case "struct":
    case "union":
      return compositeType(type, typeById);
    case "enum":
      return {
        kind: "enum",
        name: type.name || undefined,
        size: integerSize(type.size),
        signed: type.signed,
        enumerators: () => type.enumerators,
      };
    case "forward":
      return { kind: "forward", tag: type.tag, name: type.name };
    case "typedef":
      return { kind: "typedef", name: type.name, to: () => typeById(type.to) };
    case "const":
    case "volatile":
    case "restrict":
      return { kind: "qualified", qualifier: type.kind, to: () => typeById(type.to) };
    case "type-tag":
      return typeById(type.to);
    case "prototype":
      return {
        kind: "function",
        returns: () => typeById(type.returns),
        parameters: () => type.parameters.map((parameter) => typeById(parameter.type)),
        variadic: type.variadic,
      };
    case "variable":
      return typeById(type.type);
    case "function":
      return typeById(type.prototype);
    case "section":
    case "declaration-tag":
      return undefined;
    default:
      return assertNever(type);
  }
}

const integerSize = (size: number): 1 | 2 | 4 | 8 =>
  size === 1 || size === 2 || size === 4 ? size : 8;

/**
 * `char` is D's, signed, though kernels are built with unsigned characters: text is text.
 */
function integerType(type: BtfType & { readonly kind: "int" }): DType {
  if (type.isBoolean) return booleanType;
  const known = findIntegerType(type.name);
  if (known && known.size === type.size) return known;
  if (type.size > 8) return wideInteger(type.size);
  const made: IntegerType = {
    kind: "integer",
    name: type.name,
    size: integerSize(type.size),
    signed: type.signed,
  };
  return made;
}

function compositeType(
  type: BtfType & { readonly kind: "struct" | "union" },
  typeById: Context["typeById"],
): CompositeType {
  let members: readonly Member[] | undefined;
  return {
    kind: type.kind,
    name: type.name || undefined,
    size: type.size,
    members: () => {
      members ??= type.members.map((member) => memberOf(member, typeById));
      return members;
    },
  };
}

const memberOf = (member: BtfMember, typeById: Context["typeById"]): Member => ({
  name: member.name || undefined,
  type: typeById(member.type),
  bitOffset: member.bitOffset,
  bitSize: member.bitSize || undefined,
});
