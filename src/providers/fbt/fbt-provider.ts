/**
 * fbt: entry and return of every function of the kernel and its modules that the kernel lets one
 * trace. The core kernel is the module `vmlinux`, by Solaris' names also `genunix` and `unix`.
 */

import type { Probe, ProbeContext } from "../../compiler/environment.ts";
import type { KernelFunctions } from "../../kernel/functions/kernel-functions.ts";
import type { KernelSymbols } from "../../kernel/symbols/kernel-symbols.ts";
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
    const functions = system.kernelFunctions();
    const { firstIndex, names, modules, leftOut, namesakes } = functions;
    // Where they begin is what tells them apart.
    const isLost = (index: number): boolean =>
      namesakes.has(index) && system.kernelSymbols().isHidden;
    for (const [index, name] of names.entries()) {
      if (leftOut.has(index)) continue;
      const module = modules[index] ?? coreModule;
      let id = firstProbeId.fbt + (firstIndex + index) * edges.length;
      for (const edge of edges) {
        const found = { id, index, module, name, edge };
        if (matchesFunction(found, matches) && !isLost(index)) {
          yield functionProbe(system, functions, found);
        }
        id += 1;
      }
    }
  },
};

interface FunctionEdge {
  readonly id: number;
  readonly index: number;
  readonly module: string;
  readonly name: string;
  readonly edge: Edge;
}

type Names = Pick<FunctionEdge, "module" | "name" | "edge">;

function matchesFunction({ module, name, edge }: Names, matches: NameMatcher): boolean {
  if (matches(module, name, edge)) return true;
  return module === coreModule && coreNames.some((other) => matches(other, name, edge));
}

/** Types are looked at when the probe is enabled or described, not when it is listed. */
function functionProbe(
  system: ProviderSystem,
  functions: KernelFunctions,
  { id, index, module, name, edge }: FunctionEdge,
): Probe {
  const isNamed = module === coreModule && !functions.namesakes.has(index);
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
      ...placeOf(system, functions, index),
      architecture: system.architecture,
      // Of what shares a name the kernel would take the first.
      typeId: () => (isNamed ? functionTypeId(system.kernelTypes(module), name) : undefined),
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

type FunctionContext = Extract<ProbeContext, { readonly kind: "kernel-function" }>;

function placeOf(
  system: ProviderSystem,
  { addresses, namesakes }: KernelFunctions,
  index: number,
): Pick<FunctionContext, "address" | "sharesName"> {
  const digits = addresses?.[index];
  if (digits === undefined) return {};
  const address = (): bigint => startOf(system.kernelSymbols(), BigInt(`0x${digits}`));
  return { address, ...(namesakes.has(index) && { sharesName: true }) };
}

/** Where the function begins that the address is in. */
const startOf = (symbols: KernelSymbols, address: bigint): bigint =>
  address - (symbols.placeOf(address)?.offset ?? 0n);

/**
 * A function of the core kernel, for other providers: also where kprobes refuse it, or its name is
 * another's too. Or of a module, where kprobes know it.
 */
export function functionCarrier(
  system: ProviderSystem,
  { name, edge, module }: { readonly name: string; readonly edge: Edge; readonly module?: string },
): Probe | undefined {
  const functions = system.kernelFunctions();
  const { firstIndex, names, leftOut, unsafe, namesakes } = functions;
  const index = functionIndex(functions, name, module);
  if (index === undefined || unsafe.has(index)) return undefined;
  const isTaken = !leftOut.has(index) && !namesakes.has(index);
  if (module !== undefined && !isTaken) return undefined;
  const id = firstProbeId.fbt + (firstIndex + index) * edges.length + edges.indexOf(edge);
  const symbol = names[index] ?? name;
  const found = { id, index, module: module ?? coreModule, name: symbol, edge };
  const probe = functionProbe(system, functions, found);
  const { context } = probe;
  if (isTaken || context.kind !== "kernel-function") return probe;
  const typeId = (): number | undefined => functionTypeId(system.kernelTypes(coreModule), symbol);
  return { ...probe, context: { ...context, typeId, noKprobe: true } };
}
