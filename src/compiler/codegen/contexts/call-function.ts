/**
 * System calls by the functions that they are: a trampoline in each. Where few are wanted no other
 * call of the machine pays for it, which one at the tracepoint makes all of them do.
 */

import type { CheckedProgram } from "../../check/checked-program.ts";
import type { Environment, Probe } from "../../environment.ts";
import type { BlockId } from "../../ir/ir.ts";
import { leaveUnless, whileActive } from "../firing/activity.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { ProbeIdentity, Program } from "../firing/firing.ts";
import { type Way, wayOf } from "../ways.ts";
import { abiOf, callOf, leaveForOther } from "./dispatch.ts";
import { type Edge, numberInRegisters } from "./system-call.ts";

/** The program with the calls of an edge in their functions, where that can be done with all. */
export function chooseCallFunctions(
  program: CheckedProgram,
  environment: Environment,
): CheckedProgram {
  const calls = fewCalls(program, environment.features.mostCallTrampolines);
  if (calls.size === 0 || looksAtCallFunctions(program)) return program;
  const chosen = new Map<Way, Probe>();
  for (const edge of ["entry", "return"] as const) {
    const ofEdge = [...calls.values()].filter(({ context }) => edgeOf(context) === edge);
    for (const [way, probe] of inFunctions(ofEdge, environment) ?? []) chosen.set(way, probe);
  }
  if (chosen.size === 0) return program;
  const clauses = program.clauses.map((clause) => ({
    ...clause,
    probes: clause.probes.map((probe) => chosen.get(wayOf(probe)) ?? probe),
  }));
  return { ...program, clauses };
}

const edgeOf = (context: Probe["context"]): Edge | undefined =>
  context.kind === "system-call" ? context.edge : undefined;

/** None where there are more. */
function fewCalls({ clauses }: CheckedProgram, most: number): ReadonlyMap<Way, Probe> {
  const found = new Map<Way, Probe>();
  for (const { probes } of clauses) {
    for (const probe of probes) {
      if (probe.context.kind === "system-call") found.set(wayOf(probe), probe);
      if (found.size > most) return new Map();
    }
  }
  return found;
}

const callFunction = /^__(x64|ia32|arm64|do)_(compat_)?sys_/;

/** A function's own probes fire within the call, as they do only where it is at the tracepoint. */
function looksAtCallFunctions({ clauses }: CheckedProgram): boolean {
  return clauses.some(({ probes }) =>
    probes.some(
      ({ context }) =>
        (context.kind === "kernel-function" || context.kind === "function-trampoline") &&
        callFunction.test(context.symbol),
    ),
  );
}

/** Undefined where the tracepoint is needed anyway, or several probes of one call are in order. */
function inFunctions(
  probes: readonly Probe[],
  { features }: Environment,
): ReadonlyMap<Way, Probe> | undefined {
  if (new Set(probes.map(callOf)).size < probes.length) return undefined;
  const found = new Map<Way, Probe>();
  for (const probe of probes) {
    const { context } = probe;
    if (context.kind !== "system-call") return undefined;
    const { edge, abi, number } = context;
    const typeId = context.functionTypeId?.();
    if (typeId === undefined || !features.takesTrampoline(typeId, edge)) return undefined;
    const inFunction = { kind: "system-call-function", edge, abi, number, typeId } as const;
    found.set(wayOf(probe), { ...probe, context: inFunction });
  }
  return found;
}

/** Functions of several calls or ABIs are at one address; and other ABIs call them, too. */
export function beginCallFunction(
  program: Program,
  emitter: Emitter,
  { probe, firstRow }: { readonly probe: Probe; readonly firstRow: number },
): ProbeIdentity {
  leaveUnless(emitter, whileActive);
  const other: BlockId = emitter.block();
  const own = emitter.block();
  const number = numberInRegisters(emitter, abiOf(probe));
  leaveForOther(program, emitter, { number, probe, other });
  emitter.jump(own);
  emitter.place(other);
  emitter.return(0n);
  emitter.place(own);
  return { probeId: BigInt(probe.id), member: 0n, firstRow, probe };
}
