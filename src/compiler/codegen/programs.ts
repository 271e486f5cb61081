/** Programs of an enabling: which groups share one, how each begins, where it attaches. */

import { assertNever } from "../../base/assert-never.ts";
import type { EnabledProgram } from "../enabling.ts";
import type { Probe } from "../environment.ts";
import { mapNames, runClockName } from "../runtime-layout.ts";
import { countersOf, instructionsOf, kprobesOf, timersOf, tracepointsOf } from "./attachments.ts";
import { beginCallFunction } from "./contexts/call-function.ts";
import { callOf, systemCallSource } from "./contexts/dispatch.ts";
import { instructionSource } from "./contexts/instruction.ts";
import { functionSource } from "./contexts/kernel-function.ts";
import { identifyByCookie, rawTracepointSource } from "./contexts/raw-tracepoint.ts";
import { generateRunClock } from "./contexts/run-clock.ts";
import { sessionSource } from "./contexts/session.ts";
import type { Edge } from "./contexts/system-call.ts";
import { timerSource } from "./contexts/timer.ts";
import { trampolineSource } from "./contexts/trampoline.ts";
import { enable, newProgram } from "./finish-program.ts";
import { leaveUnless, whileActive } from "./firing/activity.ts";
import type { Emitter } from "./firing/emitter.ts";
import type { Enabling, ProbeIdentity, Program } from "./firing/firing.ts";
import { generateChain, generateSequence } from "./group-programs.ts";
import type { ProbeGroup } from "./probe-groups.ts";
import { generateSystemCallPrograms } from "./system-call-programs.ts";

/** A group and where its first member stands in the table of probe names. */
export interface PlacedGroup {
  readonly group: ProbeGroup;
  readonly firstRow: number;
}

export function generatePrograms(
  enabling: Enabling,
  groups: readonly PlacedGroup[],
): readonly EnabledProgram[] {
  const programs: EnabledProgram[] = [];
  for (const placed of groups) {
    programs.push(...generateOwnPrograms(enabling, placed, programs.length + 1));
  }
  for (const edge of ["entry", "return"] as const) {
    const variants = groups.filter(({ group }) => isSystemCall(group, edge));
    for (const [layer, own] of layersOf(variants).entries()) {
      programs.push(...generateSystemCallPrograms(enabling, { edge, layer, variants: own }));
    }
  }
  // The last at its tracepoint: others there still ask about the thread that leaves.
  if (enabling.maps.has(mapNames.turns)) programs.push(generateRunClockProgram(enabling));
  return programs;
}

function generateRunClockProgram(enabling: Enabling): EnabledProgram {
  const program = newProgram(enabling, runClockName);
  program.functions.set(program.name, generateRunClock(enabling, program.name));
  const events = [{ event: "sched_switch", cookie: 0n }];
  return enable(program, { type: "raw-tracepoint" }, { kind: "raw-tracepoint", events });
}

function isSystemCall({ members }: ProbeGroup, edge: Edge): boolean {
  const context = members[0]?.context;
  return context?.kind === "system-call" && context.edge === edge;
}

/** A program has one place for each call: probes drawn from the same call need several. */
function layersOf(variants: readonly PlacedGroup[]): readonly (readonly PlacedGroup[])[] {
  const layers: { readonly calls: Set<string>; readonly variants: PlacedGroup[] }[] = [];
  for (const variant of variants) {
    const calls = variant.group.members.map(callOf);
    let layer = layers.find((each) => calls.every((call) => !each.calls.has(call)));
    if (!layer) {
      layer = { calls: new Set(), variants: [] };
      layers.push(layer);
    }
    for (const call of calls) layer.calls.add(call);
    layer.variants.push(variant);
  }
  return layers.map((layer) => layer.variants);
}

/** System calls share one program and ERROR is part of others: those have none of their own. */
function generateOwnPrograms(
  enabling: Enabling,
  placed: PlacedGroup,
  number: number,
): readonly EnabledProgram[] {
  const { group } = placed;
  const [probe] = group.members;
  if (!probe) return [];
  const { context } = probe;
  const code = { group, begin: beginAttached(placed) };
  switch (context.kind) {
    case "session":
      return generateSession(enabling, placed, number);
    case "raw-tracepoint":
      return generateChain(
        enabling,
        {
          ...code,
          name: `tracepoint_${number}`,
          loadedAs: { type: "raw-tracepoint" },
          source: (emitter) => rawTracepointSource(emitter, group.argumentCount),
        },
        tracepointsOf(group),
      );
    case "kernel-function":
      return generateKprobes(enabling, placed, { number, context });
    case "instruction":
      return generateChain(
        enabling,
        {
          ...code,
          name: `instruction_${number}`,
          loadedAs: { type: "kprobe" },
          source: (emitter) => instructionSource(emitter, context.jump),
        },
        instructionsOf(group),
      );
    case "function-trampoline":
      return generateTrampoline(enabling, placed, { number, context });
    case "system-call-function":
      return generateCallFunction(enabling, placed, { number, probe, context });
    case "timer":
    case "counter":
      return generateChain(
        enabling,
        {
          ...code,
          name: `${context.kind}_${number}`,
          loadedAs: { type: "perf-event" },
          source: (emitter) => timerSource(emitter, enabling.environment.architecture),
        },
        context.kind === "timer" ? timersOf(group) : countersOf(group),
      );
    case "system-call":
    case "error":
      return [];
    default:
      return assertNever(context);
  }
}

type Context<Kind> = Extract<Probe["context"], { readonly kind: Kind }>;

function generateKprobes(
  enabling: Enabling,
  placed: PlacedGroup,
  { number, context }: { readonly number: number; readonly context: Context<"kernel-function"> },
): readonly EnabledProgram[] {
  const together = enabling.environment.features.manyKprobes && !placed.group.isApart;
  return generateChain(
    enabling,
    {
      name: `function_${number}`,
      group: placed.group,
      begin: beginAttached(placed),
      loadedAs: { type: "kprobe", ...(together && { attachType: "kprobe-multi" }) },
      source: (emitter) => functionSource(emitter, context),
    },
    kprobesOf(placed.group, { edge: context.edge, together }),
  );
}

function generateTrampoline(
  enabling: Enabling,
  placed: PlacedGroup,
  {
    number,
    context,
  }: { readonly number: number; readonly context: Context<"function-trampoline"> },
): readonly EnabledProgram[] {
  const { edge, typeId } = context;
  const attachType = edge === "entry" ? "trace-fentry" : "trace-fexit";
  return generateChain(
    enabling,
    {
      name: `function_${number}`,
      group: placed.group,
      begin: beginAttached(placed),
      loadedAs: { type: "tracing", attachType, attachBtfId: typeId },
      source: (emitter) => trampolineSource(emitter, edge),
    },
    { kind: "function-trampoline", edge },
  );
}

function generateCallFunction(
  enabling: Enabling,
  { group, firstRow }: PlacedGroup,
  {
    number,
    probe,
    context,
  }: {
    readonly number: number;
    readonly probe: Probe;
    readonly context: Context<"system-call-function">;
  },
): readonly EnabledProgram[] {
  const { edge, typeId } = context;
  const attachType = edge === "entry" ? "trace-fentry" : "trace-fexit";
  return generateChain(
    enabling,
    {
      name: `call_${number}`,
      group,
      begin: (program, emitter) => beginCallFunction(program, emitter, { probe, firstRow }),
      loadedAs: { type: "tracing", attachType, attachBtfId: typeId },
      source: (emitter) => systemCallSource(emitter, edge, group),
    },
    { kind: "function-trampoline", edge, missesOthers: true },
  );
}

function generateSession(
  enabling: Enabling,
  { group, firstRow }: PlacedGroup,
  number: number,
): readonly EnabledProgram[] {
  const [probe] = group.members;
  if (!probe) return [];
  return generateSequence(
    enabling,
    {
      name: `${probe.name.toLowerCase()}_${number}`,
      group,
      begin: () => ({ probeId: BigInt(probe.id), member: 0n, firstRow, probe }),
      loadedAs: { type: "raw-tracepoint" },
      source: () => sessionSource,
    },
    { kind: "session", probe },
  );
}

/** Programs that are attached know by a cookie which probe fired. */
const beginAttached =
  ({ group, firstRow }: PlacedGroup) =>
  (_program: Program, emitter: Emitter): ProbeIdentity => {
    leaveUnless(emitter, whileActive);
    return identifyByCookie(emitter, group, firstRow);
  };
