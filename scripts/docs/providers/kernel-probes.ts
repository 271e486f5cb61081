/**
 * The probes of the stable providers that a kernel has, each with what carries it: what
 * docs/providers/<kernel>.json records of the lab's kernels.
 */

import type { Probe } from "../../../src/compiler/environment.ts";
import { sourceName } from "../../../src/providers/fbt/core-functions.ts";
import { isFixedProvider, type ProbeRegistry } from "../../../src/providers/registry.ts";

/** By `provider:module:function:name`. */
export type KernelProbes = Readonly<Record<string, readonly string[]>>;

/** Kernels have the probes of some providers only while these are loaded. */
export const optionalModules: readonly string[] = ["nfsd", "nfsv3", "nfsv4"];

/** Providers whose probes are those of the kernel's own source: only whether there are any. */
const countless: ReadonlySet<string> = new Set(["syscall", "sdt", "rawtp", "fbt"]);

export function kernelProbes(registry: ProbeRegistry): KernelProbes {
  const found = new Map<string, Set<string>>();
  for (const probe of registry.listProbes()) {
    // What modules publish is not the kernel's.
    if (!isFixedProvider(probe.provider)) continue;
    const carriers = found.get(keyOf(probe)) ?? new Set();
    found.set(keyOf(probe), carriers);
    for (const name of carrierNames(probe)) carriers.add(name);
  }
  return Object.fromEntries([...found].map(([key, carriers]) => [key, [...carriers]]));
}

const keyOf = ({ provider, module, function: functionName, name }: Probe): string =>
  countless.has(provider) ? `${provider}:::` : `${provider}:${module}:${functionName}:${name}`;

function carrierNames(probe: Probe): readonly string[] {
  if (countless.has(probe.provider)) return [];
  const { derivation } = probe;
  if (!derivation) return [contextName(probe)];
  return [derivation.carrier, ...(derivation.notes ?? []).map(({ carrier }) => carrier)].map(
    contextName,
  );
}

function contextName({ context, module, function: functionName, name }: Probe): string {
  switch (context.kind) {
    case "raw-tracepoint":
      return module === "" ? name : `${module}:${name}`;
    case "system-call":
      return `${context.edge} of ${functionName}`;
    case "counter":
      return `perf ${context.counter.type} event ${context.counter.config}`;
    case "timer":
      return context.cpus === "all" ? "perf timer of each CPU" : "perf timer of one CPU";
    case "kernel-function":
      // As the source has it.
      return `function ${sourceName(context.symbol)}`;
    case "session":
    case "error":
      return "the consumer";
    default:
      return context.kind;
  }
}
