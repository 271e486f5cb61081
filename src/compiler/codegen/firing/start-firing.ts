/** A firing before its first clause: registers for what it keeps, places for what comes later. */

import type { ClauseBody, Variable } from "../../check/checked-program.ts";
import type { BlockId } from "../../ir/ir.ts";
import { generateClause } from "../clause.ts";
import { loadVariables, type SessionMemory, storeVariables } from "../contexts/session.ts";
import type { ProbeGroup } from "../probe-groups.ts";
import type { RecordPlan } from "../record-layout.ts";
import { scalarOf } from "../values/scalar.ts";
import { finishThreadLookups } from "../variables/locate.ts";
import { expressionsOf } from "../walk.ts";
import type { Emitter } from "./emitter.ts";
import type { ClauseState, Enabling, Firing, ScratchUse } from "./firing.ts";
import { finishScratch } from "./scratch.ts";

export interface FiringStart
  extends Omit<
    Firing,
    | "probes"
    | "end"
    | "timestamp"
    | "faultWhat"
    | "faultValue"
    | "record"
    | "clauseVariables"
    | "scratch"
    | "thread"
    | "clause"
    | "enabling"
  > {
  readonly group: ProbeGroup;
  /** Where clause variables come from and go to, when the firing has several programs. */
  readonly memory?: SessionMemory;
}

/** Makes the code of all clauses of a group, up to the return of the function. */
export function generateFiring({ group, memory, ...start }: FiringStart): readonly RecordPlan[] {
  const { emitter, program } = start;
  const { enabling } = program;
  if (start.kind !== "error") program.probes.push(...group.members);
  const bodies = group.clauses.map(({ body }) => body);
  const prologue = emitter.hole();
  const threadPrologue = emitter.hole();
  const firing: Firing = {
    ...start,
    enabling,
    probes: start.kind === "error" ? program.probes : group.members,
    end: emitter.block(),
    timestamp: sharedTimestamp(emitter, bodies),
    clauseVariables: clauseRegisters(emitter, bodies),
    faultWhat: emitter.fresh(),
    faultValue: emitter.fresh(),
    record: emitter.fresh(),
    scratch: newScratch(emitter, enabling),
    thread: { base: emitter.fresh(), prologue: threadPrologue, present: false, lookups: [] },
    clause: outsideClauses,
  };

  if (memory) loadVariables(emitter, firing.clauseVariables, memory);
  const plans = generateClauses(firing, group);
  emitter.place(firing.end);
  if (memory) storeVariables(emitter, firing.clauseVariables, memory);
  const epilogue = emitter.hole();
  emitter.return(0n);
  finishScratch(firing, { prologue, epilogue });
  finishThreadLookups(firing);
  return plans;
}

function generateClauses(firing: Firing, { clauses }: ProbeGroup): readonly RecordPlan[] {
  const { emitter, identity } = firing;
  const starts = clauses.map(() => emitter.block());
  const startOf = (position: number): BlockId => starts[position] ?? firing.end;
  return clauses.map(({ body, firstEpid }, position) => {
    emitter.place(startOf(position));
    const epid =
      typeof identity.member === "bigint"
        ? BigInt(firstEpid) + identity.member
        : emitter.add(identity.member, BigInt(firstEpid));
    return generateClause(firing, {
      body,
      position,
      epid,
      next: startOf(position + 1),
      afterFault: startOf(
        behindPieces(
          clauses.map((clause) => clause.body),
          position,
        ),
      ),
    });
  });
}

/** Behind the later pieces of the same source clause. */
function behindPieces(bodies: readonly ClauseBody[], position: number): number {
  const piece = bodies[position]?.pieceOf;
  let behind = position + 1;
  while (piece !== undefined && bodies[behind]?.pieceOf === piece) behind += 1;
  return behind;
}

/** All clauses of a firing see one time, as DTrace has it; chill() sets it anew. */
function sharedTimestamp(emitter: Emitter, bodies: readonly ClauseBody[]): Firing["timestamp"] {
  const lookers = bodies.filter((body) =>
    [...expressionsOf(body)].some(
      (expression) => expression.kind === "builtin" && expression.name === "timestamp",
    ),
  );
  const waits = bodies.some(({ statements }) =>
    statements.some(
      (statement) => statement.kind === "action" && statement.action.name === "chill",
    ),
  );
  return lookers.length > (waits ? 0 : 1) ? emitter.call("bpf_ktime_get_ns") : undefined;
}

/** Numbers among the clause variables live in registers, from one clause to the next. */
function clauseRegisters(
  emitter: Emitter,
  bodies: readonly ClauseBody[],
): Firing["clauseVariables"] {
  const registers: Firing["clauseVariables"] = new Map();
  for (const variable of bodies.flatMap(clauseVariablesOf)) {
    if (registers.has(variable.id) || !scalarOf(variable.type)) continue;
    registers.set(variable.id, emitter.set(0n));
  }
  return registers;
}

function clauseVariablesOf(body: ClauseBody): readonly Variable[] {
  return [...expressionsOf(body)].flatMap((expression) =>
    expression.kind === "variable" && expression.variable.scope === "clause"
      ? [expression.variable]
      : [],
  );
}

function newScratch(emitter: Emitter, { variables }: Enabling): ScratchUse {
  const { scratchEnd, dynamicSize } = variables;
  return {
    base: emitter.fresh(),
    address: emitter.fresh(),
    bit: emitter.fresh(),
    used: emitter.fresh(),
    claims: [],
    cleared: [...variables.clauses.values(), ...tokenState(variables)],
    dynamicStart: scratchEnd,
    dynamicSize,
    temporaryStart: scratchEnd + dynamicSize,
    slack: dynamicSize,
    temporary: 0,
    mostTemporary: 0,
  };
}

/** strtok() begins anew in every firing. */
const tokenState = ({ tokens }: Enabling["variables"]) =>
  tokens === undefined ? [] : [{ offset: tokens, size: 8 }];

/** Stands in before the first clause; nothing is generated with it. */
const outsideClauses: ClauseState = {
  epid: 0n,
  action: 0,
  faultExit: 0 as BlockId,
  abandonExit: 0 as BlockId,
  abandonEnd: 0 as BlockId,
  done: 0 as BlockId,
  faulted: 0 as BlockId,
  skipped: 0 as BlockId,
  next: 0 as BlockId,
  releases: [],
  record: undefined,
  recordSize: 0,
};
