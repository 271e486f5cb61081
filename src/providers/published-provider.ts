/**
 * Probes that loaded modules publish with include/dtrace/probes.h, under the names of providers
 * that the modules choose. Their arguments are those of the function that is called where such a
 * probe fires, from the module's BTF.
 */

import type { Probe } from "../compiler/environment.ts";
import type { PublishedProbe } from "../kernel/symbols/published-probes.ts";
import { sessionProbeNames } from "./dtrace-provider.ts";
import { functionArguments, parameterRegisters } from "./fbt/function-types.ts";
import { firstProbeId } from "./probe-ids.ts";
import { type Provider, type ProviderSystem, stabilityOf } from "./provider.ts";

const stability = stabilityOf({
  provider: ["Evolving", "ISA"],
  name: ["Private", "ISA"],
  arguments: ["Private", "ISA"],
});

export const publishedProvider: Provider = {
  name: "",
  providerNames: (system) => [
    ...new Set(system.publishedProbes().probes.map(({ provider }) => provider)),
  ],
  // Most programs have such probes, and need not look for modules.
  mayHaveName: (name) => !sessionProbeNames.some((own) => own === name) && !isTimer(name),

  *listProbes(system, matches) {
    const { firstIndex, probes } = system.publishedProbes();
    for (const [index, published] of probes.entries()) {
      if (!matches(published.module, published.function, published.name)) continue;
      yield publishedProbe(system, firstProbeId.published + firstIndex + index, published);
    }
  },
};

const isTimer = (name: string): boolean => /^(profile|tick)-\d/.test(name);

/** Types are looked at when the probe is enabled or described, not when it is listed. */
function publishedProbe(
  system: ProviderSystem,
  id: number,
  { provider, module, function: functionName, name, symbol, switch: path }: PublishedProbe,
): Probe {
  const { architecture } = system;
  return {
    id,
    provider,
    module,
    function: functionName,
    name,
    stability,
    context: {
      kind: "kernel-function",
      edge: "entry",
      symbol,
      module,
      switch: path,
      architecture,
      typeId: () => undefined,
    },
    arguments: () =>
      functionArguments(system.kernelTypes(module), {
        module,
        name: symbol,
        edge: "entry",
        registers: parameterRegisters[architecture],
      }),
  };
}
