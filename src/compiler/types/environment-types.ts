/** The types of one environment: D's own and those of its kernel and modules. */

import type { Environment } from "../environment.ts";
import { createKernelTypes } from "./btf-types.ts";
import type { KernelTypes } from "./kernel-types.ts";
import { TypeUniverse } from "./type-universe.ts";

export function createTypeUniverse(
  environment: Pick<Environment, "kernelTypes" | "typeModules">,
): TypeUniverse {
  const byModule = new Map<string, KernelTypes | undefined>();
  return new TypeUniverse({
    modules: environment.typeModules,
    kernelTypes(module) {
      if (byModule.has(module)) return byModule.get(module);
      const btf = environment.kernelTypes(module);
      const types = btf && createKernelTypes(btf);
      byModule.set(module, types);
      return types;
    },
  });
}

/** The parser's question: `name` may begin with `` module` ``. */
export function isTypeName(universe: TypeUniverse, name: string): boolean {
  const quote = name.lastIndexOf("`");
  const module = quote < 0 ? undefined : name.slice(0, quote);
  return universe.findTypedef({ module, name: name.slice(quote + 1) }) !== undefined;
}
