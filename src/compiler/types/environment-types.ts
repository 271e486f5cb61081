/** The types of one environment: D's own and those of its kernel and modules. */

import type { Btf } from "../../btf/btf.ts";
import type { Environment } from "../environment.ts";
import { type BaseTypes, createKernelTypes } from "./btf-types.ts";
import type { KernelTypes } from "./kernel-types.ts";
import { TypeUniverse } from "./type-universe.ts";

export function createTypeUniverse(
  environment: Pick<Environment, "kernelTypes" | "typeModules">,
): TypeUniverse {
  const byModule = new Map<string, KernelTypes | undefined>();
  const [core] = environment.typeModules;

  const kernelTypes = (module: string): KernelTypes | undefined => {
    if (byModule.has(module)) return byModule.get(module);
    const btf = environment.kernelTypes(module);
    const types = btf && createKernelTypes(btf, module === core ? undefined : baseOf(btf));
    byModule.set(module, types);
    return types;
  };

  /** A module's BTF goes on where the core kernel's ends; one that is smaller stands by itself. */
  const baseOf = (btf: Btf): BaseTypes | undefined => {
    const coreBtf = core === undefined ? undefined : environment.kernelTypes(core);
    const types = core === undefined ? undefined : kernelTypes(core);
    if (!coreBtf || !types || btf.typeCount < coreBtf.typeCount) return undefined;
    return { types, typeCount: coreBtf.typeCount };
  };

  return new TypeUniverse({ modules: environment.typeModules, kernelTypes });
}

/** The parser's question: `name` may begin with `` module` ``. */
export function isTypeName(universe: TypeUniverse, name: string): boolean {
  const quote = name.lastIndexOf("`");
  const module = quote < 0 ? undefined : name.slice(0, quote);
  return universe.findTypedef({ module, name: name.slice(quote + 1) }) !== undefined;
}
