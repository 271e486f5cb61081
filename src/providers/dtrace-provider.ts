/** dtrace: BEGIN, END and ERROR, which the session itself fires. */

import type { ArgumentDescription, Probe } from "../compiler/environment.ts";
import { firstProbeId } from "./probe-ids.ts";
import { type Provider, stabilityOf } from "./provider.ts";

const stability = stabilityOf({
  provider: ["Stable", "Common"],
  name: ["Stable", "Common"],
  arguments: ["Stable", "Common"],
});

const noArguments = (): readonly ArgumentDescription[] => [];

/** No other provider has probes of these names. */
export const sessionProbeNames = ["BEGIN", "END", "ERROR"] as const;

const probes: readonly Probe[] = sessionProbeNames.map((name, index) => ({
  id: firstProbeId.dtrace + index,
  provider: "dtrace",
  module: "",
  function: "",
  name,
  stability,
  context: name === "ERROR" ? { kind: "error" } : { kind: "session" },
  arguments: noArguments,
}));

export const dtraceProvider: Provider = {
  name: "dtrace",
  mayHaveName: (name) => sessionProbeNames.some((own) => own === name),
  listProbes: (_, matches) => probes.filter(({ name }) => matches("", "", name)),
};
