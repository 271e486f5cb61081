/** profile: fires at a fixed rate, on every CPU (`profile-N`) or on one (`tick-N`). */

import type { ArgumentDescription, Probe, ProbeContext } from "../compiler/environment.ts";
import { timeUnits } from "../compiler/options/options.ts";
import { firstProbeId } from "./probe-ids.ts";
import { type Provider, stabilityOf } from "./provider.ts";

type TimerContext = Extract<ProbeContext, { kind: "timer" }>;

const stability = stabilityOf({
  provider: ["Evolving", "Common"],
  module: ["Unstable", "Unknown"],
  name: ["Evolving", "Common"],
  arguments: ["Evolving", "Common"],
});

/** What `dtrace -l` shows: the rates scripts use, off the beat of the clock. */
const listedNames = [
  ...[97, 199, 499, 997, 1999, 4001, 4999].map((rate) => `profile-${rate}`),
  ...[1, 10, 100, 500, 1000, 5000].map((rate) => `tick-${rate}`),
];

const secondNs = 1_000_000_000n;

/** 5000 a second is the fastest that DTrace allows. */
const shortestPeriodNs = secondNs / 5_000n;

export const profileProvider: Provider = {
  name: "profile",
  mayHaveName: (name) => name.startsWith("profile-") || name.startsWith("tick-"),

  *listProbes(_, matches) {
    for (const [index, name] of listedNames.entries()) {
      const context = matches("", "", name) ? timerOf(name) : undefined;
      if (context) yield probeOf(firstProbeId.profile + index, name, context);
    }
  },

  createProbe(pattern, nextId) {
    if (pattern.module !== "" || pattern.function !== "") return undefined;
    if (listedNames.includes(pattern.name)) return undefined;
    const context = timerOf(pattern.name);
    return context && probeOf(nextId(), pattern.name, context);
  },
};

/**
 * `profile-97`, `tick-1sec`: a bare number is a rate in hertz, a unit makes it a period; units in
 * either case. Undefined for what is no timer.
 */
export function timerOf(name: string): TimerContext | undefined {
  const match = /^(profile|tick)-([0-9]+)([a-z]*)$/i.exec(name);
  const [, kind, digits = "", suffix = ""] = match ?? [];
  if (kind !== "profile" && kind !== "tick") return undefined;

  const number = BigInt(digits);
  const periodNs = number === 0n ? undefined : periodOf(number, suffix.toLowerCase());
  if (periodNs === undefined || periodNs < shortestPeriodNs) return undefined;
  return { kind: "timer", cpus: kind === "profile" ? "all" : "one", periodNs };
}

function periodOf(number: bigint, unit: string): bigint | undefined {
  if (unit === "" || unit === "hz") return secondNs / number;
  const nanoseconds = timeUnits.get(unit);
  return nanoseconds === undefined ? undefined : number * BigInt(nanoseconds);
}

function probeOf(id: number, name: string, context: TimerContext): Probe {
  return {
    id,
    provider: "profile",
    module: "",
    function: "",
    name,
    stability,
    context,
    arguments: (): readonly ArgumentDescription[] => [],
  };
}
