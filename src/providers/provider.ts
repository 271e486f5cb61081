/**
 * A provider: which probes exist. How a program reaches them is the business of `attach/`, where
 * every kind of attachment has a row.
 */

import type { Btf } from "../btf/btf.ts";
import type {
  Probe,
  ProbePattern,
  ProbeStability,
  StabilityAttributes,
} from "../compiler/environment.ts";
import type { KernelFunctions } from "../kernel/functions/kernel-functions.ts";
import type { KernelSymbols } from "../kernel/symbols/kernel-symbols.ts";
import type { KernelText } from "../kernel/symbols/kernel-text.ts";
import type { PublishedProbe } from "../kernel/symbols/published-probes.ts";
import type { Decoder } from "./instr/decoder.ts";

export interface Provider {
  readonly name: string;
  /** Where its probes are those of several providers, whose names the system tells. */
  providerNames?(system: ProviderSystem): readonly string[];
  /** Could a probe of this provider have this name? Cheap: keeps providers from being listed. */
  mayHaveName(name: string): boolean;
  /**
   * The probes known before tracing starts that `matches` wants, in ascending id. Ids are fixed by
   * the provider's own range (`probe-ids.ts`), so that one provider can be asked without the others.
   */
  listProbes(system: ProviderSystem, matches: NameMatcher): Iterable<Probe>;
  /**
   * Its probes are other names of probes that there are: a pattern with wildcards finds them only
   * where it finds nothing else, so that nothing is counted twice.
   */
  readonly givesOtherNames?: true;
  /**
   * Makes probes that exist on demand, such as `profile-123hz`: called with every pattern whose
   * provider field may mean this one. `nextId` gives the ids.
   */
  createProbe?(pattern: ProbePattern, nextId: () => number): Probe | undefined;
  /**
   * Makes the probes of a provider that has too many to list: called with every pattern whose
   * provider field is its name. They get their ids when they are first found.
   */
  makeProbes?(system: ProviderSystem, pattern: ProbePattern): Iterable<Omit<Probe, "id">>;
}

/** Asked before a probe is made: most are not wanted. */
export type NameMatcher = (module: string, functionName: string, name: string) => boolean;

/** What providers ask of the running kernel; read when it is first needed. */
export interface ProviderSystem {
  readonly architecture: "x64" | "arm64";
  /** `system:event` of every trace event, as tracefs lists them; [] where it cannot be read. */
  traceEvents(): readonly string[];
  /** What the first one's index is counted from; undefined for 0. */
  readonly firstTraceEvent?: number;
  /** What can be traced of the kernel's functions; none where it has no kprobes. */
  kernelFunctions(): KernelFunctions;
  /** What modules publish; `firstIndex` as for functions. */
  publishedProbes(): { readonly firstIndex: number; readonly probes: readonly PublishedProbe[] };
  /** `-x compat`: whose names the script uses besides Linux's. */
  compatibility(): string | undefined;
  /** BTF of `vmlinux` or of a module. */
  kernelTypes(module: string): Btf | undefined;
  kernelSymbols(): KernelSymbols;
  /** Undefined where it cannot be read. */
  kernelText(): KernelText | undefined;
  /** Where the text is not what the kernel was built with. */
  replacedCode(): readonly bigint[];
  /** Of this machine's code. */
  decoder(): Decoder;
  /** Why there may be more probes than were found. */
  tellUnread(why: string): void;
}

const attributes = (
  name: StabilityAttributes["name"],
  dependency: StabilityAttributes["class"],
): StabilityAttributes => ({ name, data: name, class: dependency });

/** The five attribute triples of a provider. */
export function stabilityOf(triples: {
  readonly provider: readonly [StabilityAttributes["name"], StabilityAttributes["class"]];
  readonly module?: readonly [StabilityAttributes["name"], StabilityAttributes["class"]];
  readonly function?: readonly [StabilityAttributes["name"], StabilityAttributes["class"]];
  readonly name: readonly [StabilityAttributes["name"], StabilityAttributes["class"]];
  readonly arguments: readonly [StabilityAttributes["name"], StabilityAttributes["class"]];
}): ProbeStability {
  const unknown = ["Private", "Unknown"] as const;
  return {
    provider: attributes(...triples.provider),
    module: attributes(...(triples.module ?? unknown)),
    function: attributes(...(triples.function ?? unknown)),
    name: attributes(...triples.name),
    arguments: attributes(...triples.arguments),
  };
}
