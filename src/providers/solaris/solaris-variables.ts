/** Variables of Solaris' kernel that scripts name, and what stands for each on Linux. */

import { cpus, totalmem } from "node:os";
import type { Equivalent, KernelVariable } from "../../compiler/environment.ts";
import { pageSize } from "../../kernel/memory.ts";

const constant = (type: string, value: () => number): (() => Equivalent) => {
  return () => ({ kind: "constant", type, value: BigInt(value()) });
};

/** `lib/solaris.d` defines it. */
const definition = (name: string): readonly [string, () => Equivalent] => [
  name,
  () => ({ kind: "definition", name: `__solaris_${name}` }),
];

/** Solaris' clock ticks a hundred times a second, and `lbolt` counts its ticks. */
const ticksPerSecond = 100;

const variables: ReadonlyMap<string, () => Equivalent> = new Map([
  definition("avenrun"),
  definition("boot_time"),
  definition("freemem"),
  definition("hp_avenrun"),
  definition("lbolt"),
  definition("lbolt64"),
  definition("nthread"),
  definition("utsname"),
  ["_pageoffset", constant("unsigned long", () => pageSize() - 1)],
  ["_pageshift", constant("unsigned int", () => Math.log2(pageSize()))],
  ["_pagesize", constant("unsigned long", pageSize)],
  ["hz", constant("int", () => ticksPerSecond)],
  ["ncpus", constant("int", () => cpus().length)],
  ["ncpus_online", constant("int", () => cpus().length)],
  ["nsec_per_tick", constant("int", () => 1e9 / ticksPerSecond)],
  ["physmem", constant("unsigned long", () => Math.floor(totalmem() / pageSize()))],
  ["usec_per_tick", constant("int", () => 1e6 / ticksPerSecond)],
]);

/** Where a script looks for them: it says no module, or the core kernel's. */
function isOfCore({ module }: KernelVariable): boolean {
  return module === undefined || module === "vmlinux";
}

export function solarisVariable(wanted: KernelVariable): Equivalent | undefined {
  return isOfCore(wanted) ? variables.get(wanted.name)?.() : undefined;
}

export function solarisVariableHint(wanted: KernelVariable): string | undefined {
  const isKnown = isOfCore(wanted) && variables.has(wanted.name);
  return isKnown ? `${wanted.name} is Solaris' name: -x compat=solaris knows it` : undefined;
}

export const solarisVariableNames: readonly string[] = [...variables.keys()];
