/** All providers as one: finds the probes a description means, makes those that exist on demand. */

import type { Probe, ProbePattern } from "../compiler/environment.ts";
import { dtraceProvider } from "./dtrace-provider.ts";
import { isGlob, matcherOf } from "./glob.ts";
import { firstProbeId } from "./probe-ids.ts";
import { profileProvider } from "./profile-provider.ts";
import type { Provider, ProviderSystem } from "./provider.ts";
import { syscallProvider } from "./syscall-provider.ts";
import { rawtpProvider, sdtProvider } from "./tracepoint-providers.ts";

/** In ascending order of their probe ids. */
export const allProviders: readonly Provider[] = [
  dtraceProvider,
  profileProvider,
  syscallProvider,
  sdtProvider,
  rawtpProvider,
];

export interface ProbeRegistry {
  /** In ascending id; on-demand probes are made and remembered. */
  findProbes(pattern: ProbePattern): readonly Probe[];
  findProbeById(id: number): Probe | undefined;
  listProbes(): Iterable<Probe>;
}

export function createProbeRegistry(
  system: ProviderSystem,
  providers: readonly Provider[] = allProviders,
): ProbeRegistry {
  const created = new Map<string, Probe>();
  const listed = new Map<Provider, readonly Probe[]>();
  // A probe made later is found by no earlier pattern but its own: patterns with globs make none.
  const found = new Map<string, readonly Probe[]>();

  const probesOf = (provider: Provider): readonly Probe[] => {
    const known = listed.get(provider) ?? [...provider.listProbes(system)];
    listed.set(provider, known);
    return known;
  };

  const nextId = (): number => firstProbeId.onDemand + created.size;

  const createProbe = (provider: Provider, pattern: ProbePattern): void => {
    const key = `${provider.name}:${pattern.module}:${pattern.function}:${pattern.name}`;
    if (created.has(key)) return;
    const probe = provider.createProbe?.(pattern, nextId);
    if (probe) created.set(key, probe);
  };

  const search = (pattern: ProbePattern): readonly Probe[] => {
    const matchesProvider = matcherOf(pattern.provider);
    const wanted = providers.filter(({ name }) => matchesProvider(name));
    if (!isGlob(pattern.name)) for (const provider of wanted) createProbe(provider, pattern);

    const matches = probeMatcher(pattern);
    return [...wanted.flatMap(probesOf), ...created.values()]
      .filter(matches)
      .sort((left, right) => left.id - right.id);
  };

  return {
    findProbes(pattern) {
      const key = `${pattern.provider}:${pattern.module}:${pattern.function}:${pattern.name}`;
      const known = found.get(key) ?? search(pattern);
      found.set(key, known);
      return known;
    },

    findProbeById(id) {
      return [...created.values(), ...providers.flatMap(probesOf)].find((probe) => probe.id === id);
    },

    *listProbes() {
      for (const provider of providers) yield* probesOf(provider);
    },
  };
}

/** Four empty fields match only probes with a function: what `:::` has always meant. */
function probeMatcher(pattern: ProbePattern): (probe: Probe) => boolean {
  const fields = [pattern.provider, pattern.module, pattern.function, pattern.name];
  if (fields.every((field) => field === "")) return (probe) => probe.function !== "";

  const [provider, module, functionName, name] = fields.map(matcherOf);
  return (probe) =>
    (name?.(probe.name) ?? true) &&
    (functionName?.(probe.function) ?? true) &&
    (module?.(probe.module) ?? true) &&
    (provider?.(probe.provider) ?? true);
}
