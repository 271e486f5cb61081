/** Where the program of a group is attached: one place for each member, with its cookie. */

import type { Attachment } from "../enabling.ts";
import { cookieOf } from "./contexts/raw-tracepoint.ts";
import type { Edge } from "./contexts/system-call.ts";
import type { ProbeGroup } from "./probe-groups.ts";

export function tracepointsOf({ members }: ProbeGroup): Attachment {
  // A probe alone does not ask for its cookie, and kernels that have none refuse it.
  const alone = members.length === 1;
  const events = members.flatMap(({ id, context }, member) =>
    context.kind === "raw-tracepoint"
      ? [{ event: context.event, cookie: alone ? 0n : cookieOf(id, member) }]
      : [],
  );
  return { kind: "raw-tracepoint", events };
}

export function kprobesOf(
  { members }: ProbeGroup,
  how: { readonly edge: Edge; readonly together: boolean },
): Attachment {
  const functions = members.flatMap(({ id, context }, member) =>
    context.kind === "kernel-function"
      ? [
          {
            symbol: context.symbol,
            module: context.module,
            switch: context.switch,
            cookie: cookieOf(id, member),
          },
        ]
      : [],
  );
  return { kind: "kprobes", ...how, functions };
}

export function instructionsOf({ members }: ProbeGroup): Attachment {
  const instructions = members.flatMap(({ id, context }, member) =>
    context.kind === "instruction"
      ? [
          {
            address: context.address,
            place: context.place,
            module: context.module,
            cookie: cookieOf(id, member),
          },
        ]
      : [],
  );
  return { kind: "instructions", instructions };
}

export function timersOf({ members }: ProbeGroup): Attachment {
  const timers = members.flatMap(({ id, context }, member) =>
    context.kind === "timer"
      ? [{ cpus: context.cpus, periodNs: context.periodNs, cookie: cookieOf(id, member) }]
      : [],
  );
  return { kind: "timer", timers };
}

export function countersOf({ members }: ProbeGroup): Attachment {
  const counters = members.flatMap(({ id, context }, member) =>
    context.kind === "counter"
      ? [{ counter: context.counter, period: context.period, cookie: cookieOf(id, member) }]
      : [],
  );
  return { kind: "counter", counters };
}
