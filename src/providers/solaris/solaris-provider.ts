/** syscall by Solaris' names: probes drawn from Linux's calls, where `-x compat=solaris` asks. */

import type { ProbePattern } from "../../compiler/environment.ts";
import { type DrawnProbe, drawnProvider, type Way } from "../drawn/drawn-provider.ts";
import { firstProbeId } from "../probe-ids.ts";
import type { Provider } from "../provider.ts";
import { stability } from "../syscall-provider.ts";
import { type SolarisCall, solarisCalls } from "./solaris-calls.ts";

const argumentCount = 6;
const argumentNames = Array.from({ length: argumentCount }, (_, index) => `arg${index}`);

/** AT_FDCWD of uapi/linux/fcntl.h */
const atCurrentFolder = "(int)arg0 == -100";

const entryArguments = argumentNames.map(() => ({ type: "int64_t" }));
const returnArguments = [{ type: "int64_t" }, { type: "int64_t" }];

function entryWays({ calls = [], relative = [] }: SolarisCall): readonly Way[] {
  const shifted = [...argumentNames.slice(1), "0"];
  return [
    { calls, edge: "entry", values: argumentNames },
    { calls: relative, edge: "entry", when: atCurrentFolder, values: shifted },
  ];
}

/** The return of a call is one exactly where its entry was. */
function returnWays({ calls = [], relative = [] }: SolarisCall): readonly Way[] {
  const values = ["arg0", "arg1"];
  const note = `self->__at_current_folder = (${atCurrentFolder})`;
  return [
    { calls, edge: "return", values },
    {
      calls: relative,
      edge: "return",
      when: "self->__at_current_folder",
      values,
      notes: [{ calls: relative, edge: "entry", assignment: note }],
    },
  ];
}

const drawn = drawnProvider({
  name: "syscall",
  firstId: firstProbeId.solaris,
  stability,
  probes: solarisCalls.flatMap((call): readonly DrawnProbe[] => [
    { function: call.name, name: "entry", arguments: entryArguments, ways: entryWays(call) },
    { function: call.name, name: "return", arguments: returnArguments, ways: returnWays(call) },
  ]),
});

export const solarisProvider: Provider = {
  ...drawn,
  givesOtherNames: true,
  *listProbes(system, matches) {
    if (system.compatibility() === "solaris") yield* drawn.listProbes(system, matches);
  },
};

/** For a description that matches nothing but would under Solaris' names. */
export function solarisHint({ provider, function: call }: ProbePattern): string | undefined {
  const isKnown = solarisCalls.some(({ name }) => name === call);
  if (!isKnown || (provider !== "syscall" && provider !== "")) return undefined;
  return `${call} is a system call of Solaris: -x compat=solaris knows its name`;
}
