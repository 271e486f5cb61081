/**
 * Providers whose probes are drawn from tracepoints and system calls. Such a provider is a table:
 * its probes, the ways in which each fires, its arguments; conditions and values are D.
 */

import type {
  ArgumentDescription,
  Derivation,
  Note,
  PerfCounter,
  Probe,
  ProbeStability,
} from "../../compiler/environment.ts";
import { counterProbe } from "../cpc-provider.ts";
import { functionCarrier } from "../fbt/fbt-provider.ts";
import type { Provider, ProviderSystem } from "../provider.ts";
import { syscallProvider } from "../syscall-provider.ts";
import { tracepointCarrier } from "../tracepoint-providers.ts";

export interface DrawnProvider {
  readonly name: string;
  readonly firstId: number;
  readonly stability: ProbeStability;
  /** Their places give their ids: new ones go to the end. */
  readonly probes: readonly DrawnProbe[];
}

export interface DrawnProbe {
  /** Empty for most. */
  readonly function?: string;
  readonly name: string;
  readonly arguments?: readonly DrawnArgument[];
  /** All that the running kernel has; a probe without any does not exist. */
  readonly ways: readonly Way[];
}

export interface DrawnArgument {
  /** C text: the type of `argN`'s value. */
  readonly type: string;
  /** The D type that a translator of the library makes of it, where there is one. */
  readonly translated?: string;
}

/** `when` and `values` are D, in terms of the `args[]` of what carries the probe. */
export type Way = Carrier & {
  readonly when?: string;
  /** One for each argument of the probe. */
  readonly values?: readonly string[];
  /** Only there. */
  readonly architecture?: ProviderSystem["architecture"];
  /** Only for kernels that have this event: alone the way would tell half of it. */
  readonly besides?: string;
  /** Only for kernels that lack this event, by which it is better told. */
  readonly without?: string;
  /** D assignments whose results `when` and `values` use. */
  readonly notes?: readonly DrawnNote[];
};

export type DrawnNote = Carrier & {
  readonly assignment: string;
  /** Made once all clauses had the event, as where they still need what it takes away. */
  readonly afterwards?: true;
};

export type Carrier =
  | {
      /** `system:event`; without a system it is a tracepoint that tracefs does not list. */
      readonly event: string;
      /** Only for kernels whose tracepoint has so many parameters. */
      readonly parameters?: number;
      /** Only where this module is loaded, whose types conditions and values use. */
      readonly inModule?: string;
    }
  | { readonly calls: readonly string[]; readonly edge: "entry" | "return" }
  /** Functions of the core kernel or of one of its modules, where it has kprobes. */
  | {
      readonly functions: readonly string[];
      readonly module?: string;
      readonly edge: "entry" | "return";
    }
  /** Every single event that one of perf's counters counts. */
  | { readonly counts: PerfCounter };

/** With its table, for those who describe it. */
export function drawnProvider(table: DrawnProvider): Provider & { readonly table: DrawnProvider } {
  const names = new Set(table.probes.map(({ name }) => name));
  return {
    name: table.name,
    table,
    mayHaveName: (name) => names.has(name),
    *listProbes(system, matches) {
      for (const [index, drawn] of table.probes.entries()) {
        if (matches("", drawn.function ?? "", drawn.name))
          yield* waysOf(table, system, { index, drawn });
      }
    },
  };
}

/** One probe for each way, all with the same id. */
function* waysOf(
  { name: provider, firstId, stability }: DrawnProvider,
  system: ProviderSystem,
  { index, drawn }: { readonly index: number; readonly drawn: DrawnProbe },
): Iterable<Probe> {
  const described = describeArguments(drawn);
  const has = (event: string): boolean => tracepointCarrier(system, event) !== undefined;
  const possible = drawn.ways.filter(
    ({ architecture = system.architecture, besides, without }) =>
      architecture === system.architecture &&
      (besides === undefined || has(besides)) &&
      (without === undefined || !has(without)),
  );
  const derivations = possible.flatMap((way) =>
    carriersOf(system, way).map((carrier) => ({ carrier, way })),
  );
  for (const [number, { carrier, way }] of derivations.entries()) {
    const derivation: Derivation = {
      way: number,
      carrier,
      condition: way.when,
      values: way.values ?? [],
      notes: notesOf(system, way),
    };
    yield {
      id: firstId + index,
      provider,
      module: "",
      function: drawn.function ?? "",
      name: drawn.name,
      stability,
      get context() {
        return carrier.context;
      },
      arguments: () => described,
      derivation,
    };
  }
}

/** Their ways are told apart from those of the probe, which are numbered from 0. */
const firstNoteWay = 1_000;

function notesOf(system: ProviderSystem, { notes = [] }: Way): readonly Note[] {
  const carried = notes.flatMap((note) =>
    carriersOf(system, note).map((carrier) => ({
      carrier,
      assignment: note.assignment,
      afterwards: note.afterwards ?? false,
    })),
  );
  return carried.map((note, index) => ({ ...note, way: firstNoteWay + index }));
}

const describeArguments = (drawn: DrawnProbe): readonly ArgumentDescription[] =>
  (drawn.arguments ?? []).map(({ type, translated }, source) => ({
    type: { kind: "text", text: type },
    source,
    ...(translated !== undefined && { translatedType: translated }),
  }));

function carriersOf(system: ProviderSystem, way: Carrier): readonly Probe[] {
  if ("counts" in way) return [counterProbe(way.counts)];
  if ("calls" in way) {
    const { calls, edge } = way;
    const wanted = (_: string, call: string, name: string): boolean =>
      name === edge && calls.includes(call);
    return [...syscallProvider.listProbes(system, wanted)];
  }
  if ("functions" in way) {
    const { functions, ...place } = way;
    const found = functions.map((name) => functionCarrier(system, { name, ...place }));
    return found.filter((carrier) => carrier !== undefined);
  }
  const carrier = tracepointCarrier(system, way.event);
  const { parameters, inModule } = way;
  if (!carrier || (inModule !== undefined && !system.kernelTypes(inModule))) return [];
  return parameters === undefined || carrier.arguments().length === parameters ? [carrier] : [];
}
