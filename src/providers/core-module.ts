/** The core kernel is the module `vmlinux`, also `kernel` and, by Solaris' names, `genunix` and `unix`. */

import { matcherOf } from "./glob.ts";

export const coreModule = "vmlinux";
export const coreNames: readonly string[] = [coreModule, "kernel", "genunix", "unix"];

/** May the field of a description mean the module? */
export function isModuleNamed(module: string, pattern: string): boolean {
  const matches = matcherOf(pattern);
  return matches(module) || (module === coreModule && coreNames.some(matches));
}
