/** Functions of the core kernel by the names that its source gives them. */

import type { KernelFunctions } from "../../kernel/functions/kernel-functions.ts";

/** What compilers append to the name of a function whose parameters they changed. */
const changedName = /\.(isra|constprop)\.\d+$/;

export const sourceName = (symbol: string): string => symbol.replace(changedName, "");

const known = new WeakMap<KernelFunctions, ReadonlyMap<string, number>>();

/** The place of the function in the list. */
export function coreFunction(functions: KernelFunctions, name: string): number | undefined {
  const indexes = known.get(functions) ?? indexesOf(functions);
  known.set(functions, indexes);
  return indexes.get(name);
}

function indexesOf({ names, modules }: KernelFunctions): ReadonlyMap<string, number> {
  const indexes = new Map<string, number>();
  for (const [index, symbol] of names.entries()) {
    if (modules[index] !== undefined) continue;
    const name = sourceName(symbol);
    if (!indexes.has(name)) indexes.set(name, index);
  }
  return indexes;
}
