/**
 * cpc: perf's counters, of the processor and of the kernel. `cpc:::EVENT-MODE-COUNT` fires at every
 * COUNT events on each CPU; MODE is `user`, `kernel` or `all`.
 */

import type { PerfCounter, Probe, ProbeContext } from "../compiler/environment.ts";
import { firstProbeId } from "./probe-ids.ts";
import { type Provider, stabilityOf } from "./provider.ts";

type CounterContext = Extract<ProbeContext, { kind: "counter" }>;

const stability = stabilityOf({
  provider: ["Evolving", "Common"],
  name: ["Evolving", "CPU"],
  arguments: ["Evolving", "Common"],
});

const software = (config: number) => ({ type: "software", config }) as const;
const hardware = (config: number) => ({ type: "hardware", config }) as const;

/** By name, with the PAPI names of events that have one (uapi/linux/perf_event.h). */
const events: Readonly<Record<string, Omit<PerfCounter, "mode">>> = {
  cpu_clock: software(0),
  task_clock: software(1),
  page_faults: software(2),
  context_switches: software(3),
  cpu_migrations: software(4),
  page_faults_min: software(5),
  page_faults_maj: software(6),
  alignment_faults: software(7),
  emulation_faults: software(8),
  cpu_cycles: hardware(0),
  PAPI_tot_cyc: hardware(0),
  instructions: hardware(1),
  PAPI_tot_ins: hardware(1),
  cache_references: hardware(2),
  PAPI_l3_tca: hardware(2),
  cache_misses: hardware(3),
  PAPI_l3_tcm: hardware(3),
  branch_instructions: hardware(4),
  PAPI_br_ins: hardware(4),
  branch_misses: hardware(5),
  PAPI_br_msp: hardware(5),
  bus_cycles: hardware(6),
  stalled_cycles_frontend: hardware(7),
  PAPI_res_stl: hardware(8),
  stalled_cycles_backend: hardware(8),
  ref_cycles: hardware(9),
};

const listedNames = Object.entries(events).map(
  ([name, { type }]) => `${name}-all-${type === "hardware" ? 1_000_000 : 1_000}`,
);

export const cpcProvider: Provider = {
  name: "cpc",
  mayHaveName: (name) => counterOf(name) !== undefined,

  *listProbes(_, matches) {
    for (const [index, name] of listedNames.entries()) {
      const context = matches("", "", name) ? counterOf(name) : undefined;
      if (context) yield probeOf(firstProbeId.cpc + index, name, context);
    }
  },

  createProbe(pattern, nextId) {
    if (pattern.module !== "" || pattern.function !== "") return undefined;
    if (listedNames.includes(pattern.name)) return undefined;
    const context = counterOf(pattern.name);
    return context && probeOf(nextId(), pattern.name, context);
  },
};

/** What carries a probe that fires at every event of a counter. */
export const counterProbe = (counter: PerfCounter): Probe =>
  probeOf(0, "", { kind: "counter", counter, period: 1n });

function counterOf(name: string): CounterContext | undefined {
  const match = /^(\w+)-(all|user|kernel)-([0-9]+)$/.exec(name);
  const [, event = "", mode, digits = "0"] = match ?? [];
  const counter = Object.hasOwn(events, event) ? events[event] : undefined;
  const period = BigInt(digits);
  if (!counter || period === 0n) return undefined;
  if (mode !== "all" && mode !== "user" && mode !== "kernel") return undefined;
  return { kind: "counter", counter: { ...counter, mode }, period };
}

function probeOf(id: number, name: string, context: CounterContext): Probe {
  return {
    id,
    provider: "cpc",
    module: "",
    function: "",
    name,
    stability,
    context,
    arguments: () => [],
  };
}
