/** Where the program of a group is attached: one place for each member, with its cookie. */

import type { Attachment } from "../enabling.ts";
import type { Probe, ProbeContext } from "../environment.ts";
import { cookieOf } from "./contexts/raw-tracepoint.ts";
import type { Edge } from "./contexts/system-call.ts";
import type { ProbeGroup } from "./probe-groups.ts";

type ContextOf<Kind extends ProbeContext["kind"]> = Extract<ProbeContext, { kind: Kind }>;

/** What is made of each member's context and cookie. All members of a group are of one kind. */
function eachOf<Kind extends ProbeContext["kind"], Place>(
  { members }: ProbeGroup,
  kind: Kind,
  placeOf: (context: ContextOf<Kind>, cookie: bigint) => Place,
): readonly Place[] {
  const isOfKind = (context: ProbeContext): context is ContextOf<Kind> => context.kind === kind;
  return members.flatMap(({ id, context }, member) =>
    isOfKind(context) ? [placeOf(context, cookieOf(id, member))] : [],
  );
}

export function tracepointsOf(group: ProbeGroup): Attachment {
  // A probe alone does not ask for its cookie, and kernels that have none refuse it.
  const alone = group.members.length === 1;
  const events = eachOf(group, "raw-tracepoint", ({ event }, cookie) => ({
    event,
    cookie: alone ? 0n : cookie,
  }));
  return { kind: "raw-tracepoint", events };
}

const sharesName = ({ context }: Probe): boolean =>
  context.kind === "kernel-function" && context.sharesName === true;

export function kprobesOf(
  group: ProbeGroup,
  how: { readonly edge: Edge; readonly together: boolean },
): Attachment {
  // A link is to names or to addresses.
  const someShare = how.together && group.members.some(sharesName);
  const functions = eachOf(group, "kernel-function", (context, cookie) => ({
    symbol: context.symbol,
    module: context.module,
    address: someShare || context.sharesName ? context.address?.() : undefined,
    switch: context.switch,
    cookie,
  }));
  return { kind: "kprobes", ...how, functions };
}

export function instructionsOf(group: ProbeGroup): Attachment {
  const instructions = eachOf(group, "instruction", ({ address, place, module }, cookie) => ({
    address,
    place,
    module,
    cookie,
  }));
  return { kind: "instructions", instructions };
}

export function timersOf(group: ProbeGroup): Attachment {
  const timers = eachOf(group, "timer", ({ cpus, periodNs }, cookie) => ({
    cpus,
    periodNs,
    cookie,
  }));
  return { kind: "timer", timers };
}

export function countersOf(group: ProbeGroup): Attachment {
  const counters = eachOf(group, "counter", ({ counter, period }, cookie) => ({
    counter,
    period,
    cookie,
  }));
  return { kind: "counter", counters };
}
