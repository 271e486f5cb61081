/** What `args[]` of a kernel function's probes are, from the function's prototype in BTF. */

import type { Btf } from "../../btf/btf.ts";
import type { BtfType } from "../../btf/btf-type.ts";
import type { ArgumentDescription } from "../../compiler/environment.ts";

type Prototype = Extract<BtfType, { readonly kind: "prototype" }>;

/** How many parameters are passed in registers. */
export const parameterRegisters = { x64: 6, arm64: 8 } as const;

export interface TypedFunction {
  readonly module: string;
  readonly name: string;
  readonly edge: "entry" | "return";
  readonly registers: number;
}

/**
 * Nothing where BTF does not describe the function. At a return the offset, the value, then what the
 * entry had, unless there is no value to keep the place.
 */
export function functionArguments(
  types: Btf | undefined,
  { module, name, edge, registers }: TypedFunction,
): readonly ArgumentDescription[] {
  const prototype = types && findPrototype(types, module, name);
  if (!types || !prototype) return [];
  const parameters = parametersOf(types, prototype, { module, registers });
  if (edge === "entry") return parameters;
  const returned = returnedValue(types, prototype, module);
  if (returned === undefined) return [offset];
  const before = parameters.map(({ type, source }) => ({ type, source: source + 2 }));
  return [offset, returned, ...before];
}

/** Where in the function it returns. */
const offset: ArgumentDescription = { type: { kind: "text", text: "int" }, source: 0 };

function returnedValue(
  types: Btf,
  { returns }: Prototype,
  module: string,
): ArgumentDescription | undefined {
  if (types.resolve(returns) === 0) return undefined;
  return { type: { kind: "btf", module, id: returns }, source: 1 };
}

const word = 8;

/**
 * A structure takes one or two registers, or lies on the stack; what follows one that lies there
 * is not where words are looked for.
 */
function parametersOf(
  types: Btf,
  { parameters }: Prototype,
  { module, registers }: { readonly module: string; readonly registers: number },
): readonly ArgumentDescription[] {
  const found: ArgumentDescription[] = [];
  let source = 0;
  for (const { type } of parameters) {
    const size = structureSize(types, type);
    const words = Math.ceil(size / word);
    if (words > 2 || (words > 1 && source + words > registers)) break;
    found.push({
      type: size > 0 ? { kind: "text", text: "uint64_t" } : { kind: "btf", module, id: type },
      source,
    });
    source += Math.max(words, 1);
  }
  return found;
}

/** 0 for what is no structure. */
function structureSize(types: Btf, id: number): number {
  const type = types.typeAt(types.resolve(id));
  return type.kind === "struct" || type.kind === "union" ? type.size : 0;
}

/** The id of a function of the core kernel, for programs in its trampoline. */
export function functionTypeId(types: Btf | undefined, name: string): number | undefined {
  return types?.findType(name, "function");
}

/** The types of a module stand on the kernel's, whose functions of that name are others. */
function findPrototype(types: Btf, module: string, name: string): Prototype | undefined {
  const id = types.findType(name, "function");
  if (id === undefined || (module !== "vmlinux" && id < types.firstOwnId)) return undefined;
  const found = types.typeAt(id);
  const prototype = found.kind === "function" ? types.typeAt(found.prototype) : undefined;
  return prototype?.kind === "prototype" ? prototype : undefined;
}
