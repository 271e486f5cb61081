/** All providers as one: finds the probes a description means, makes those that exist on demand. */

import type { Probe, ProbePattern } from "../compiler/environment.ts";
import { cpcProvider } from "./cpc-provider.ts";
import { fsinfoProvider } from "./drawn/fsinfo.ts";
import { ioProvider } from "./drawn/io.ts";
import { lockstatProvider } from "./drawn/lockstat.ts";
import { mibProvider } from "./drawn/mib.ts";
import { ipProvider, tcpProvider, udpProvider } from "./drawn/net.ts";
import { nfsv3Provider } from "./drawn/nfs/nfsv3.ts";
import { nfsv4Provider } from "./drawn/nfs/nfsv4.ts";
import { procProvider } from "./drawn/proc.ts";
import { schedProvider } from "./drawn/sched.ts";
import { sysinfoProvider } from "./drawn/sysinfo.ts";
import { vminfoProvider } from "./drawn/vminfo.ts";
import { dtraceProvider } from "./dtrace-provider.ts";
import { fbtProvider } from "./fbt/fbt-provider.ts";
import { isGlob, matcherOf } from "./glob.ts";
import { instrProvider } from "./instr/instr-provider.ts";
import { notifierProvider } from "./notifier-provider.ts";
import { firstProbeId } from "./probe-ids.ts";
import { profileProvider } from "./profile-provider.ts";
import type { NameMatcher, Provider, ProviderSystem } from "./provider.ts";
import { publishedProvider } from "./published-provider.ts";
import { solarisProvider } from "./solaris/solaris-provider.ts";
import { syscallProvider } from "./syscall-provider.ts";
import { rawtpProvider, sdtProvider } from "./tracepoint-providers.ts";

/** In ascending order of their probe ids. */
export const allProviders: readonly Provider[] = [
  dtraceProvider,
  profileProvider,
  procProvider,
  schedProvider,
  cpcProvider,
  ioProvider,
  sysinfoProvider,
  vminfoProvider,
  lockstatProvider,
  ipProvider,
  tcpProvider,
  udpProvider,
  syscallProvider,
  solarisProvider,
  fsinfoProvider,
  mibProvider,
  notifierProvider,
  sdtProvider,
  rawtpProvider,
  nfsv3Provider,
  nfsv4Provider,
  publishedProvider,
  fbtProvider,
  instrProvider,
];

export interface ProbeRegistry {
  /** In ascending id, each way of a probe; on-demand probes are made and remembered. */
  findProbes(pattern: ProbePattern): readonly Probe[];
  findProbesById(id: number): readonly Probe[];
  listProbes(): Iterable<Probe>;
}

export function createProbeRegistry(
  system: ProviderSystem,
  providers: readonly Provider[] = allProviders,
): ProbeRegistry {
  const created = new Map<string, Probe>();
  const made = new Map<string, Probe>();
  // A probe made later is found by no earlier pattern but its own: patterns with globs make none.
  const found = new Map<string, readonly Probe[]>();

  const nextId = (): number => firstProbeId.onDemand + created.size;

  const createProbe = (provider: Provider, pattern: ProbePattern): void => {
    const key = `${provider.name}:${pattern.module}:${pattern.function}:${pattern.name}`;
    if (created.has(key)) return;
    const probe = provider.createProbe?.(pattern, nextId);
    if (probe) created.set(key, probe);
  };

  const makeProbes = (provider: Provider, pattern: ProbePattern): readonly Probe[] =>
    [...(provider.makeProbes?.(system, pattern) ?? [])].map((probe) => {
      const key = `${probe.provider}:${probe.module}:${probe.function}:${probe.name}`;
      const known = made.get(key) ?? { ...probe, id: firstProbeId.instr + made.size };
      made.set(key, known);
      return known;
    });

  const search = (pattern: ProbePattern): readonly Probe[] => {
    const matchesProvider = matcherOf(pattern.provider);
    const mayBeMeant = (provider: Provider): boolean =>
      provider.providerNames === undefined
        ? matchesProvider(provider.name)
        : !isFixedProvider(pattern.provider) &&
          provider.providerNames(system).some((name) => matchesProvider(name));
    const wanted = providers.filter(
      (provider) => mayMatch(provider, pattern.name) && mayBeMeant(provider),
    );
    if (!isGlob(pattern.name)) for (const provider of wanted) createProbe(provider, pattern);

    const matches = nameMatcher(pattern);
    const list = (of: readonly Provider[]): readonly Probe[] =>
      of.flatMap((provider) => {
        const listed = [...provider.listProbes(system, matches)];
        return provider.providerNames === undefined
          ? listed
          : listed.filter((probe) => isFree(probe) && matchesProvider(probe.provider));
      });
    const own = list(wanted.filter(({ givesOtherNames }) => !givesOtherNames));
    const isExact = pattern.function !== "" && !isGlob(pattern.function);
    const others =
      isExact || own.length === 0
        ? list(wanted.filter((provider) => provider.givesOtherNames))
        : [];
    const listed = [...own, ...others];
    const onDemand = [...created.values()].filter(
      (probe) =>
        matchesProvider(probe.provider) && matches(probe.module, probe.function, probe.name),
    );
    const named = wanted
      .filter(({ name }) => name === pattern.provider)
      .flatMap((provider) => makeProbes(provider, pattern));
    return [...listed, ...onDemand, ...named].sort((left, right) => left.id - right.id);
  };

  return {
    findProbes(pattern) {
      const key = `${pattern.provider}:${pattern.module}:${pattern.function}:${pattern.name}`;
      const known = found.get(key) ?? search(pattern);
      found.set(key, known);
      return known;
    },

    findProbesById(id) {
      const isMeant = (probe: Probe): boolean => probe.id === id;
      const onDemand = [...created.values(), ...made.values()].filter(isMeant);
      if (onDemand.length > 0) return onDemand;
      for (const provider of providers) {
        const ways = [...provider.listProbes(system, () => true)].filter(isMeant);
        if (ways.length > 0) return ways;
      }
      return [];
    },

    *listProbes() {
      for (const provider of providers) yield* provider.listProbes(system, () => true);
    },
  };
}

const fixedNames: ReadonlySet<string> = new Set(allProviders.map(({ name }) => name));

/** One of our own providers? Modules cannot publish probes under these names. */
export const isFixedProvider = (name: string): boolean => name !== "" && fixedNames.has(name);

const isFree = ({ provider }: Probe): boolean => !isFixedProvider(provider);

const mayMatch = (provider: Provider, name: string): boolean =>
  name === "" || isGlob(name) || provider.mayHaveName(name);

/** Four empty fields match only probes with a function: what `:::` has always meant. */
function nameMatcher(pattern: ProbePattern): NameMatcher {
  const fields = [pattern.provider, pattern.module, pattern.function, pattern.name];
  if (fields.every((field) => field === "")) return (_, functionName) => functionName !== "";

  const module = matcherOf(pattern.module);
  const functionName = matcherOf(pattern.function);
  const name = matcherOf(pattern.name);
  return (inModule, inFunction, named) =>
    name(named) && functionName(inFunction) && module(inModule);
}
