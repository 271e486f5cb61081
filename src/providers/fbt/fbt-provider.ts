/**
 * fbt: entry and return of every function of the kernel and its modules that the kernel lets one
 * trace. The core kernel is the module `vmlinux`, by Solaris' names also `genunix` and `unix`.
 */

import type { Probe } from "../../compiler/environment.ts";
import { coreModule, coreNames } from "../core-module.ts";
import { firstProbeId } from "../probe-ids.ts";
import { type NameMatcher, type Provider, type ProviderSystem, stabilityOf } from "../provider.ts";
import { functionIndex } from "./core-functions.ts";
import { functionArguments, functionTypeId, parameterRegisters } from "./function-types.ts";

const stability = stabilityOf({
  provider: ["Evolving", "ISA"],
  name: ["Evolving", "ISA"],
  arguments: ["Private", "ISA"],
});

const edges = ["entry", "return"] as const;
type Edge = (typeof edges)[number];

export const fbtProvider: Provider = {
  name: "fbt",
  mayHaveName: (name) => name === "entry" || name === "return",

  *listProbes(system, matches) {
    const { firstIndex, names, modules, leftOut } = system.kernelFunctions();
    for (const [index, name] of names.entries()) {
      if (leftOut.has(index)) continue;
      const module = modules[index] ?? coreModule;
      let id = firstProbeId.fbt + (firstIndex + index) * edges.length;
      for (const edge of edges) {
        const found = { id, module, name, edge };
        if (matchesFunction(found, matches)) yield functionProbe(system, found);
        id += 1;
      }
    }
  },
};

interface FunctionEdge {
  readonly module: string;
  readonly name: string;
  readonly edge: Edge;
}

function matchesFunction({ module, name, edge }: FunctionEdge, matches: NameMatcher): boolean {
  if (matches(module, name, edge)) return true;
  return module === coreModule && coreNames.some((other) => matches(other, name, edge));
}

/** Types are looked at when the probe is enabled or described, not when it is listed. */
function functionProbe(
  system: ProviderSystem,
  { id, module, name, edge }: FunctionEdge & { readonly id: number },
): Probe {
  return {
    id,
    provider: "fbt",
    module,
    function: name,
    name: edge,
    stability,
    context: {
      kind: "kernel-function",
      edge,
      symbol: name,
      module,
      architecture: system.architecture,
      typeId: () =>
        module === coreModule ? functionTypeId(system.kernelTypes(module), name) : undefined,
    },
    arguments: () =>
      functionArguments(system.kernelTypes(module), {
        module,
        name,
        edge,
        registers: parameterRegisters[system.architecture],
      }),
  };
}

/**
 * A function of the core kernel, for other providers: also where kprobes refuse it, or take its name
 * for another's. Or of a module, where kprobes know it.
 */
export function functionCarrier(
  system: ProviderSystem,
  { name, edge, module }: Partial<Pick<FunctionEdge, "module">> & Omit<FunctionEdge, "module">,
): Probe | undefined {
  const functions = system.kernelFunctions();
  const { firstIndex, names, leftOut, unsafe } = functions;
  const index = functionIndex(functions, name, module);
  if (index === undefined || unsafe.has(index)) return undefined;
  if (module !== undefined && leftOut.has(index)) return undefined;
  const id = firstProbeId.fbt + (firstIndex + index) * edges.length + edges.indexOf(edge);
  const symbol = names[index] ?? name;
  const probe = functionProbe(system, { id, module: module ?? coreModule, name: symbol, edge });
  if (!leftOut.has(index) || probe.context.kind !== "kernel-function") return probe;
  return { ...probe, context: { ...probe.context, noKprobe: true } };
}
