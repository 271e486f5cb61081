/** Programs of an enabling: which groups share one, how each begins, where it attaches. */

import { assertNever } from "../../base/assert-never.ts";
import type { ProgramType } from "../../bpf/program-spec.ts";
import { diagnose } from "../diagnostics/diagnostic.ts";
import type { Attachment, EnabledProgram } from "../enabling.ts";
import type { IrFunction } from "../ir/ir.ts";
import { generateCode } from "../ir/lower.ts";
import { activities, mapNames, stateWords } from "../runtime-layout.ts";
import { calledFunctions } from "./called-functions.ts";
import { callOf, generateSystemCalls } from "./contexts/dispatch.ts";
import { errorSource } from "./contexts/error.ts";
import { functionSource } from "./contexts/kernel-function.ts";
import { cookieOf, identifyByCookie, rawTracepointSource } from "./contexts/raw-tracepoint.ts";
import { generateRunClock } from "./contexts/run-clock.ts";
import { leaveAfterExit, sessionMemory, sessionSource, splitSession } from "./contexts/session.ts";
import type { Edge } from "./contexts/system-call.ts";
import { timerSource } from "./contexts/timer.ts";
import { trampolineSource } from "./contexts/trampoline.ts";
import { Emitter } from "./firing/emitter.ts";
import { errorFunction } from "./firing/faults.ts";
import type { Enabling, EventSource, Program } from "./firing/firing.ts";
import { generateFiring } from "./firing/start-firing.ts";
import type { ProbeGroup } from "./probe-groups.ts";

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
      programs.push(generateSystemCallProgram(enabling, { edge, layer, variants: own }));
    }
  }
  // The last at its tracepoint: others there still ask about the thread that leaves.
  if (enabling.maps.has(mapNames.turns)) programs.push(generateRunClockProgram(enabling));
  return programs;
}

function generateRunClockProgram(enabling: Enabling): EnabledProgram {
  const program = newProgram(enabling, "run_clock");
  program.functions.set(program.name, generateRunClock(enabling, program.name));
  const events = [{ event: "sched_switch", cookie: 0n }];
  return enable(program, "raw-tracepoint", { kind: "raw-tracepoint", events });
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
  switch (context.kind) {
    case "session":
      return generateSession(enabling, placed, number);
    case "raw-tracepoint": {
      const program = newProgram(enabling, `tracepoint_${number}`);
      const emitter = new Emitter(program.name, "entry", 0);
      leaveUnlessActive(emitter);
      generateBody(program, emitter, placed, rawTracepointSource(emitter, group.argumentCount));
      return [enable(program, "raw-tracepoint", tracepointsOf(group))];
    }
    case "kernel-function":
      return [generateKprobes(enabling, placed, number)];
    case "function-trampoline":
      return [generateTrampoline(enabling, placed, number)];
    case "timer":
    case "counter": {
      const program = newProgram(enabling, `${context.kind}_${number}`);
      const emitter = new Emitter(program.name, "entry", 0);
      leaveUnlessActive(emitter);
      generateBody(program, emitter, placed, timerSource(emitter));
      const places = context.kind === "timer" ? timersOf(group) : countersOf(group);
      return [enable(program, "perf-event", places)];
    }
    case "system-call":
    case "error":
      return [];
    default:
      return assertNever(context);
  }
}

function generateKprobes(enabling: Enabling, placed: PlacedGroup, number: number): EnabledProgram {
  const program = newProgram(enabling, `function_${number}`);
  const emitter = new Emitter(program.name, "entry", 0);
  leaveUnlessActive(emitter);
  const [probe] = placed.group.members;
  if (probe?.context.kind !== "kernel-function") throw new Error("no kernel function");
  generateBody(program, emitter, placed, functionSource(emitter, probe.context));
  const together = enabling.environment.features.manyKprobes && !placed.group.isApart;
  const place = kprobesOf(placed.group, { edge: probe.context.edge, together });
  const enabled = enable(program, "kprobe", place);
  if (!together) return enabled;
  return { ...enabled, spec: { ...enabled.spec, attachType: "kprobe-multi" } };
}

function generateTrampoline(
  enabling: Enabling,
  placed: PlacedGroup,
  number: number,
): EnabledProgram {
  const [probe] = placed.group.members;
  if (probe?.context.kind !== "function-trampoline") throw new Error("no trampoline");
  const { edge, typeId } = probe.context;
  const program = newProgram(enabling, `function_${number}`);
  const emitter = new Emitter(program.name, "entry", 0);
  leaveUnlessActive(emitter);
  generateBody(program, emitter, placed, trampolineSource(emitter, edge));
  const enabled = enable(program, "tracing", { kind: "function-trampoline", edge });
  const attachType = edge === "entry" ? "trace-fentry" : "trace-fexit";
  return { ...enabled, spec: { ...enabled.spec, attachType, attachBtfId: typeId } };
}

function generateSession(
  enabling: Enabling,
  { group, firstRow }: PlacedGroup,
  number: number,
): readonly EnabledProgram[] {
  const [probe] = group.members;
  if (!probe) return [];
  const parts = splitSession(group);
  const memory = parts.length > 1 ? sessionMemory(enabling, group) : undefined;
  return parts.map((part, index) => {
    const program = newProgram(enabling, `${probe.name.toLowerCase()}_${number + index}`);
    const emitter = new Emitter(program.name, "entry", 0);
    if (!part.isFirst) leaveAfterExit(emitter, probe.name);
    const identity = { probeId: BigInt(probe.id), member: 0n, firstRow, probe };
    generateFiring({
      program,
      emitter,
      source: sessionSource,
      identity,
      kind: "session",
      group: part.group,
      ...(memory && { memory }),
    });
    program.functions.set(program.name, emitter.finish());
    return enable(program, "raw-tracepoint", { kind: "session", probe });
  });
}

interface SystemCallLayer {
  readonly edge: Edge;
  readonly layer: number;
  readonly variants: readonly PlacedGroup[];
}

function generateSystemCallProgram(
  enabling: Enabling,
  { edge, layer, variants }: SystemCallLayer,
): EnabledProgram {
  const program = newProgram(enabling, `syscall_${edge}${layer === 0 ? "" : `_${layer + 1}`}`);
  const emitter = new Emitter(program.name, "entry", 0);
  leaveUnlessActive(emitter);
  generateSystemCalls(program, emitter, { edge, variants });
  program.functions.set(program.name, emitter.finish());
  return enable(program, "raw-tracepoint", { kind: "system-call", edge });
}

const newProgram = (enabling: Enabling, name: string): Program => ({
  enabling,
  name,
  functions: new Map(),
  probes: [],
});

function generateBody(
  program: Program,
  emitter: Emitter,
  { group, firstRow }: PlacedGroup,
  source: EventSource,
): void {
  const [probe] = group.members;
  if (!probe) return;
  const identity = identifyByCookie(emitter, group, firstRow);
  generateFiring({ program, emitter, source, identity, kind: probe.context.kind, group });
  program.functions.set(program.name, emitter.finish());
}

/** Before tracing starts and after exit() nothing fires. */
function leaveUnlessActive(emitter: Emitter): void {
  const idle = emitter.block();
  const active = emitter.block();
  const activity = emitter.load(emitter.mapValue(mapNames.state, stateWords.activity), 0, 4);
  emitter.branch(
    { comparison: "!=", left: activity, right: BigInt(activities.active) },
    { whenTrue: idle, whenFalse: active, unlikely: "true" },
  );
  emitter.place(idle);
  emitter.return(0n);
  emitter.place(active);
}

const whatIsTooMuch = {
  "frame-overflow": "values that are needed at once",
  "function-too-large": "instructions",
} as const;

function enable(program: Program, type: ProgramType, attachment: Attachment): EnabledProgram {
  const { enabling, name } = program;
  if (program.functions.has(errorFunction)) generateErrorClauses(program);
  const functions = calledFunctions(finishedFunctions(program), name);
  const { instructionSetV4 } = enabling.environment.features;
  const { listing } = enabling.options;
  const generated = generateCode(functions, { instructionSetV4, listing });
  if (generated.kind !== "code") {
    enabling.diagnostics.push(
      diagnose(
        "D_CG_PROGRAM_SIZE",
        { start: 0, end: 0, line: 1 },
        name,
        whatIsTooMuch[generated.kind],
      ),
    );
    return { spec: { name, type, functions: [] }, attachment };
  }
  const enabled = { spec: { name, type, functions: generated.functions }, attachment };
  return listing ? { ...enabled, listing: generated.listing } : enabled;
}

function finishedFunctions({ functions }: Program): ReadonlyMap<string, IrFunction> {
  const finished = new Map<string, IrFunction>();
  for (const [name, made] of functions) {
    if (!made) throw new Error(`function ${name} was never finished`);
    finished.set(name, made);
  }
  return finished;
}

/** ERROR's clauses, called from the fault paths of this program. */
function generateErrorClauses(program: Program): void {
  const placed = program.enabling.errorGroup;
  const [probe] = placed?.group.members ?? [];
  if (!placed || !probe) return;
  const { group, firstRow } = placed;
  const emitter = new Emitter(errorFunction, "subprogram", 5);
  const identity = { probeId: BigInt(probe.id), member: 0n, firstRow, probe };
  generateFiring({
    program,
    emitter,
    source: errorSource(emitter),
    identity,
    kind: "error",
    group,
  });
  program.functions.set(errorFunction, emitter.finish());
}

function tracepointsOf({ members }: ProbeGroup): Attachment {
  // A probe alone does not ask for its cookie, and kernels that have none refuse it.
  const alone = members.length === 1;
  const events = members.flatMap(({ id, context }, member) =>
    context.kind === "raw-tracepoint"
      ? [{ event: context.event, cookie: alone ? 0n : cookieOf(id, member) }]
      : [],
  );
  return { kind: "raw-tracepoint", events };
}

function kprobesOf(
  { members }: ProbeGroup,
  how: { readonly edge: Edge; readonly together: boolean },
): Attachment {
  const functions = members.flatMap(({ id, context }, member) =>
    context.kind === "kernel-function"
      ? [{ symbol: context.symbol, module: context.module, cookie: cookieOf(id, member) }]
      : [],
  );
  return { kind: "kprobes", ...how, functions };
}

function timersOf({ members }: ProbeGroup): Attachment {
  const timers = members.flatMap(({ id, context }, member) =>
    context.kind === "timer"
      ? [{ cpus: context.cpus, periodNs: context.periodNs, cookie: cookieOf(id, member) }]
      : [],
  );
  return { kind: "timer", timers };
}

function countersOf({ members }: ProbeGroup): Attachment {
  const counters = members.flatMap(({ id, context }, member) =>
    context.kind === "counter"
      ? [{ counter: context.counter, period: context.period, cookie: cookieOf(id, member) }]
      : [],
  );
  return { kind: "counter", counters };
}
