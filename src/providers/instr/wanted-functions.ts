/** The functions whose instructions a description means, with where they lie. */

import type { KernelFunction } from "../../kernel/symbols/kernel-symbols.ts";
import { coreModule, isModuleNamed } from "../core-module.ts";
import { matcherOf } from "../glob.ts";
import type { ProviderSystem } from "../provider.ts";
import type { InstructionPattern } from "./pattern.ts";

/** Those that kprobes take and that are alone with their name, as fbt has them. */
export function wantedFunctions(
  system: ProviderSystem,
  wanted: InstructionPattern,
): readonly KernelFunction[] {
  const { names, modules, leftOut } = system.kernelFunctions();
  const isWanted = nameTest(system, wanted);
  const keys = new Set<string>();
  const named = new Set<string>();
  for (const [index, name] of names.entries()) {
    const module = modules[index] ?? coreModule;
    if (leftOut.has(index) || !isWanted(name) || !isModuleNamed(module, wanted.module)) continue;
    keys.add(`${module}:${name}`);
    named.add(name);
  }
  if (named.size === 0) return [];
  const found = system.kernelSymbols().functionsCalled(named);
  return withoutNamesakes(found.filter((each) => keys.has(keyOf(each))));
}

const keyOf = ({ module, name }: KernelFunction): string => `${module}:${name}`;

function withoutNamesakes(found: readonly KernelFunction[]): readonly KernelFunction[] {
  const counts = new Map<string, number>();
  for (const each of found) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return found.filter((each) => counts.get(keyOf(each)) === 1);
}

/** An address means the function around it. */
function nameTest(
  system: ProviderSystem,
  { function: functionName, address }: InstructionPattern,
): (name: string) => boolean {
  const matches = matcherOf(functionName);
  if (address === undefined) return matches;
  const around = system.kernelSymbols().placeOf(address)?.symbol;
  return (name) => name === around && matches(name);
}
