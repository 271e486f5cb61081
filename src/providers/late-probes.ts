/**
 * The probes of modules that are loaded while a session runs. Their ids follow those of the probes
 * that were there before.
 */

import { lazily } from "../base/lazily.ts";
import type { Probe, ProbePattern } from "../compiler/environment.ts";
import { type KernelFunctions, readModuleFunctions } from "../kernel/functions/kernel-functions.ts";
import type { KernelSymbols } from "../kernel/symbols/kernel-symbols.ts";
import { readPublishedProbes } from "../kernel/symbols/published-probes.ts";
import { fbtProvider } from "./fbt/fbt-provider.ts";
import { isGlob, matcherOf } from "./glob.ts";
import type { ProviderSystem } from "./provider.ts";
import { publishedProvider } from "./published-provider.ts";
import { createProbeRegistry } from "./registry.ts";
import { callerOfTracepoint, rawtpProvider, sdtProvider } from "./tracepoint-providers.ts";

/** What a description means of a module. */
export type FindProbes = (pattern: ProbePattern) => readonly Probe[];

/** Asked whenever a module was loaded. */
export function lateProbes(system: ProviderSystem): (module: string) => FindProbes {
  const counts = { functions: 0, published: 0, events: 0 };
  return (module) => {
    const probes = readPublishedProbes(module);
    const firstPublished = system.publishedProbes().probes.length + counts.published;
    counts.published += probes.length;
    const functions = lazily((): KernelFunctions => {
      const firstIndex = system.kernelFunctions().names.length + counts.functions;
      const read = readModuleFunctions(module, firstIndex);
      counts.functions += read.names.length;
      return read;
    });
    const late: ProviderSystem = {
      ...system,
      kernelFunctions: functions,
      publishedProbes: () => ({ firstIndex: firstPublished, probes }),
    };
    const found = createProbeRegistry(late, [publishedProvider, fbtProvider]);

    const findTracepoints = (pattern: ProbePattern): readonly Probe[] => {
      const events = system
        .traceEvents()
        .filter((line) => line.startsWith(`${pattern.module}:`))
        .filter((line) => isOfModule(system.kernelSymbols(), module, line));
      const firstTraceEvent = system.traceEvents().length + counts.events;
      counts.events += events.length;
      const own = { ...late, traceEvents: () => events, firstTraceEvent };
      return createProbeRegistry(own, [sdtProvider, rawtpProvider]).findProbes(pattern);
    };
    const all = new Map<string, readonly Probe[]>();
    return (pattern) => {
      const key = `${pattern.provider}:${pattern.module}:${pattern.function}:${pattern.name}`;
      const tracepoints = (): readonly Probe[] =>
        namesSystem(pattern) ? findTracepoints(pattern) : [];
      const known = all.get(key) ?? [...tracepoints(), ...found.findProbes(pattern)];
      all.set(key, known);
      return known;
    };
  };
}

const tracepointProviders = [sdtProvider, rawtpProvider];

/**
 * May it mean tracepoints of later modules? Tracing those holds their module: no glob over systems
 * does that.
 */
export const namesSystem = ({ provider, module }: ProbePattern): boolean =>
  module !== "" &&
  !isGlob(module) &&
  tracepointProviders.some(({ name }) => matcherOf(provider)(name));

function isOfModule(symbols: KernelSymbols, module: string, line: string): boolean {
  const [, event = ""] = line.split(":");
  return symbols.addressOf(callerOfTracepoint(event), module) !== undefined;
}
