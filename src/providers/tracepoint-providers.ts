/**
 * sdt and rawtp: every tracepoint of the kernel, as `sdt:<system>::<event>`. Their arguments are
 * those of the tracepoint's own prototype, from the BTF of the kernel or of the module that has it;
 * `rawtp` has them untyped.
 */

import { tracepointParameters } from "../btf/btf.ts";
import type { ArgumentDescription, Probe } from "../compiler/environment.ts";
import { coreKernel } from "../kernel/symbols/kernel-symbols.ts";
import { sessionProbeNames } from "./dtrace-provider.ts";
import { firstProbeId } from "./probe-ids.ts";
import { type Provider, type ProviderSystem, stabilityOf } from "./provider.ts";

const stability = stabilityOf({
  provider: ["Evolving", "ISA"],
  name: ["Private", "ISA"],
  arguments: ["Private", "ISA"],
});

export const sdtProvider: Provider = tracepointProvider({
  name: "sdt",
  firstId: firstProbeId.sdt,
  argumentsOf: sdtArguments,
});

function sdtArguments(
  parameters: readonly number[],
  module: string,
): readonly ArgumentDescription[] {
  return parameters.map((id, source) => ({ type: { kind: "btf", module, id }, source }));
}

export const rawtpProvider: Provider = tracepointProvider({
  name: "rawtp",
  firstId: firstProbeId.rawtp,
  argumentsOf: (parameters) =>
    parameters.map((_, source) => ({ type: { kind: "text", text: "uint64_t" }, source })),
});

/**
 * The tracepoint `system:event` as what carries a probe of another provider; undefined where the
 * kernel has none. Without a system it is one that tracefs does not list, and BTF is asked.
 */
export function tracepointCarrier(system: ProviderSystem, name: string): Probe | undefined {
  const [group = "", event] = name.includes(":") ? name.split(":") : ["", name];
  if (event === undefined) return undefined;
  const types = group === "" ? system.kernelTypes("vmlinux") : undefined;
  const exists =
    group === ""
      ? types !== undefined && tracepointParameters(types, event) !== undefined
      : system.traceEvents().includes(name);
  if (!exists) return undefined;
  const argumentsOf = sdtArguments;
  return tracepointProbe({ id: 0, provider: "sdt", group, event, system, argumentsOf });
}

interface TracepointProvider {
  readonly name: string;
  readonly firstId: number;
  /** From the ids of their types in the BTF of a module. */
  argumentsOf(parameters: readonly number[], module: string): readonly ArgumentDescription[];
}

function tracepointProvider({ name, firstId, argumentsOf }: TracepointProvider): Provider {
  return {
    name,
    // Events are C identifiers.
    mayHaveName: (event) => /^\w+$/.test(event) && !reservedNames.includes(event),
    *listProbes(system, matches) {
      for (const [index, [group, event]] of tracepointsOf(system).entries()) {
        if (!matches(group, "", event)) continue;
        yield tracepointProbe({
          id: firstId + (system.firstTraceEvent ?? 0) + index,
          provider: name,
          group,
          event,
          system,
          argumentsOf,
        });
      }
    },
  };
}

const reservedNames: readonly string[] = [...sessionProbeNames, "entry", "return"];

interface TracepointProbe {
  readonly id: number;
  readonly provider: string;
  readonly group: string;
  readonly event: string;
  readonly system: ProviderSystem;
  readonly argumentsOf: TracepointProvider["argumentsOf"];
}

/** Types are looked at when the probe is enabled or described, not when it is listed. */
function tracepointProbe(tracepoint: TracepointProbe): Probe {
  const { system, event } = tracepoint;
  let context: Probe["context"] | undefined;
  return {
    id: tracepoint.id,
    provider: tracepoint.provider,
    module: tracepoint.group,
    function: "",
    name: event,
    stability,
    get context() {
      context ??= {
        kind: "raw-tracepoint",
        event,
        argumentCount: typedTracepoint(system, event).parameters.length,
      };
      return context;
    },
    arguments: () => {
      const { parameters, module } = typedTracepoint(system, event);
      return tracepoint.argumentsOf(parameters, module);
    },
  };
}

/** The function that calls what is attached to a tracepoint. */
export const callerOfTracepoint = (event: string): string => `__traceiter_${event}`;

/** The module that has the tracepoint, and what its BTF says of the parameters. */
function typedTracepoint(
  system: ProviderSystem,
  event: string,
): { readonly module: string; readonly parameters: readonly number[] } {
  const parametersIn = (module: string): readonly number[] | undefined => {
    const types = system.kernelTypes(module);
    return types && tracepointParameters(types, event);
  };
  const inCore = parametersIn(coreKernel);
  if (inCore) return { module: coreKernel, parameters: inCore };
  const found = system.kernelSymbols().addressOf(callerOfTracepoint(event), undefined);
  const module = found?.module ?? coreKernel;
  return { module, parameters: parametersIn(module) ?? [] };
}

/**
 * Groups and events in a stable order. The events of `syscalls` have no tracepoint of their own:
 * they are drawn from sys_enter and sys_exit, and are the `syscall` provider's.
 */
function tracepointsOf(system: ProviderSystem): readonly (readonly [string, string])[] {
  return [...system.traceEvents()].sort().flatMap((line) => {
    const [group = "", event = ""] = line.split(":");
    return group === "syscalls" || event === "" ? [] : [[group, event] as const];
  });
}
