/** Functions of the core kernel and of its modules by the names that its source gives them. */

import type { KernelFunctions } from "../../kernel/functions/kernel-functions.ts";

/** What compilers append to the name of a function whose parameters they changed. */
const changedName = /\.(isra|constprop)\.\d+$/;

export const sourceName = (symbol: string): string => symbol.replace(changedName, "");

/** By the module, "" for the core kernel: made when one of it is asked for. */
type Indexes = Map<string, ReadonlyMap<string, number>>;

const known = new WeakMap<KernelFunctions, Indexes>();

/** The place in the list of a function of the module, or of the core kernel. */
export function functionIndex(
  functions: KernelFunctions,
  name: string,
  module = "",
): number | undefined {
  const indexes: Indexes = known.get(functions) ?? new Map();
  known.set(functions, indexes);
  const ofModule = indexes.get(module) ?? indexesOf(functions, module);
  indexes.set(module, ofModule);
  return ofModule.get(name);
}

function indexesOf(
  { names, modules }: KernelFunctions,
  module: string,
): ReadonlyMap<string, number> {
  const indexes = new Map<string, number>();
  for (const [index, symbol] of names.entries()) {
    if ((modules[index] ?? "") !== module) continue;
    const name = sourceName(symbol);
    if (!indexes.has(name)) indexes.set(name, index);
  }
  return indexes;
}
