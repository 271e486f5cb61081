/** A firing before its first clause: registers for what it keeps, places for what comes later. */

import type { ClauseBody, Variable } from "../../check/checked-program.ts";
import type { BlockId } from "../../ir/ir.ts";
import { generateClause } from "../clause.ts";
import type { ProbeGroup } from "../probe-groups.ts";
import type { RecordPlan } from "../record-layout.ts";
import { scalarOf } from "../values/scalar.ts";
import { finishThreadLookups } from "../variables/locate.ts";
import { expressionsOf } from "../walk.ts";
import type { Emitter } from "./emitter.ts";
import type { ClauseState, Enabling, Firing, ScratchUse } from "./firing.ts";
import { closePart, type Handover, loadFault, noteFault, openPart } from "./handover.ts";
import type { Part } from "./parts.ts";
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
  /** Of a firing that has several programs; the group's clauses are those of this part. */
  readonly handover?: Handover | undefined;
}

/** Makes the code of all clauses of a group, up to the return of the function. */
export function generateFiring({ group, handover, ...start }: FiringStart): readonly RecordPlan[] {
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
    timestamp: sharedTimestamp(emitter, bodies, handover),
    clauseVariables: clauseRegisters(emitter, bodies),
    faultWhat: emitter.fresh(),
    faultValue: emitter.fresh(),
    record: emitter.fresh(),
    scratch: newScratch(emitter, enabling, handover !== undefined),
    thread: { base: emitter.fresh(), prologue: threadPrologue, present: false, lookups: [] },
    clause: outsideClauses,
  };

  if (handover) openPart(firing, handover);
  const plans = generateClauses(firing, group, handover?.part);
  emitter.place(firing.end);
  if (handover) closePart(firing, handover);
  const epilogue = emitter.hole();
  emitter.return(0n);
  finishScratch(firing, { prologue, epilogue });
  finishThreadLookups(firing);
  return plans;
}

function generateClauses(
  firing: Firing,
  { clauses }: ProbeGroup,
  part: Part | undefined,
): readonly RecordPlan[] {
  const { emitter, identity } = firing;
  const bodies = clauses.map(({ body }) => body);
  const starts = clauses.map(() => emitter.block());
  const faulted = part?.isContinued ? emitter.block() : firing.end;
  const startOf = (position: number): BlockId => starts[position] ?? firing.end;
  const behind = (position: number): BlockId => starts[behindPieces(bodies, position)] ?? faulted;
  if (part?.continues) leaveFaulted(firing, behind(0));
  const plans = clauses.map(({ body, firstEpid }, position) => {
    emitter.place(startOf(position));
    const epid =
      typeof identity.member === "bigint"
        ? BigInt(firstEpid) + identity.member
        : emitter.add(identity.member, BigInt(firstEpid));
    const next = startOf(position + 1);
    return generateClause(firing, { body, position, epid, next, afterFault: behind(position) });
  });
  if (faulted !== firing.end) {
    emitter.jump(firing.end);
    emitter.place(faulted);
    noteFault(firing, true);
    emitter.jump(firing.end);
  }
  return plans;
}

/** The part begins within a source clause, and that has faulted. */
function leaveFaulted(firing: Firing, behind: BlockId): void {
  const { emitter } = firing;
  emitter.whenRarely({ comparison: "!=", left: loadFault(firing), right: 0n }, () => {
    noteFault(firing, false);
    emitter.jump(behind);
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
export function sharesTimestamp(bodies: readonly ClauseBody[]): boolean {
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
  return lookers.length > (waits ? 0 : 1);
}

function sharedTimestamp(
  emitter: Emitter,
  bodies: readonly ClauseBody[],
  handover: Handover | undefined,
): Firing["timestamp"] {
  if (!(handover?.sharesTimestamp ?? sharesTimestamp(bodies))) return undefined;
  return handover && !handover.part.isFirst ? emitter.fresh() : emitter.call("bpf_ktime_get_ns");
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

function newScratch(emitter: Emitter, { variables }: Enabling, isHanded: boolean): ScratchUse {
  const { scratchEnd, dynamicSize } = variables;
  return {
    base: emitter.fresh(),
    address: emitter.fresh(),
    bit: emitter.fresh(),
    used: emitter.fresh(),
    claims: [],
    isHanded,
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
