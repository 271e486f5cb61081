/** One clause of a firing: predicate, record, statements, and the ways out. */

import type { ClauseBody } from "../check/checked-program.ts";
import type { BlockId, Value } from "../ir/ir.ts";
import { activities, mapNames, stateWords } from "../runtime-layout.ts";
import { generateAction } from "./actions/actions.ts";
import { generateAggregation } from "./aggregations/update.ts";
import { countDrop, reportFault } from "./firing/faults.ts";
import type { ClauseState, Firing } from "./firing/firing.ts";
import { discardRecord, reserveRecord, submitRecord } from "./firing/records.ts";
import { claimPoint, freeScratchTemporaries } from "./firing/scratch.ts";
import { planRecord, type RecordPlan } from "./record-layout.ts";
import { generateCondition, impliesThreadVariables } from "./values/condition.ts";
import { generateEffect } from "./values/expression.ts";
import { threadLookupPoint } from "./variables/locate.ts";

export interface ClausePlace {
  readonly body: ClauseBody;
  /** Position among the clauses of the firing. */
  readonly position: number;
  readonly epid: Value;
  /** Where a fault goes on: the next clause, or behind the pieces of the same source clause. */
  readonly afterFault: BlockId;
  readonly next: BlockId;
}

export function generateClause(firing: Firing, place: ClausePlace): RecordPlan {
  const { emitter, enabling } = firing;
  const { body, position } = place;
  const plan = planRecord(body, enabling.options);
  const clause = openClause(firing, place, plan);
  firing.clause = clause;

  const faultReport = clause.faultExit;
  claimPoint(firing, clause);
  threadLookupPoint(firing, position);
  firing.thread.present = false;
  generatePredicate(firing, body);
  firing.thread.present = body.predicate !== undefined && impliesThreadVariables(body.predicate);
  claimPoint(firing, clause);
  threadLookupPoint(firing, position);

  const reserved = plan.recorded ? openRecord(firing, plan) : undefined;
  if (reserved === "never") countDrop(emitter, "principal");
  else generateStatements(firing, body, plan);
  if (clause.record !== undefined) submitRecord(emitter, clause.record);
  emitter.jump(clause.done);

  if (reserved && reserved !== "never") closeRecord(firing, reserved);
  emitter.place(clause.abandonEnd);
  emitter.jump(clause.done);
  emitter.place(faultReport);
  reportFault(firing);
  emitter.jump(clause.faulted);
  placeWaysOut(firing, place);
  emitter.freeTemporaries();
  return plan;
}

function generateStatements(firing: Firing, body: ClauseBody, plan: RecordPlan): void {
  const { emitter, clause } = firing;
  for (const statement of body.statements) {
    clause.action = plan.indexes.get(statement) ?? 0;
    emitter.withSpan(statement.span, () => {
      switch (statement.kind) {
        case "evaluate":
          generateEffect(firing, statement.expression);
          return;
        case "aggregate":
          generateAggregation(firing, statement);
          return;
        case "action":
          generateAction(firing, statement.action, plan.actions.get(statement.action));
          return;
      }
    });
    emitter.freeTemporaries();
    freeScratchTemporaries(firing);
  }
}

function openClause(firing: Firing, place: ClausePlace, plan: RecordPlan): ClauseState {
  const { emitter } = firing;
  const abandonEnd = emitter.block();
  return {
    epid: place.epid,
    action: 0,
    faultExit: emitter.block(),
    abandonExit: abandonEnd,
    abandonEnd,
    done: emitter.block(),
    faulted: emitter.block(),
    skipped: emitter.block(),
    next: place.next,
    releases: [],
    record: undefined,
    recordSize: plan.layout.size,
  };
}

function generatePredicate(firing: Firing, { predicate }: ClauseBody): void {
  const { emitter, clause } = firing;
  if (!predicate) return;
  const holds = emitter.block();
  emitter.withSpan(predicate.span, () =>
    generateCondition(firing, predicate, { whenTrue: holds, whenFalse: clause.skipped }),
  );
  emitter.place(holds);
  emitter.freeTemporaries();
  freeScratchTemporaries(firing);
}

interface Reserved {
  readonly outerFault: BlockId;
  readonly outerAbandon: BlockId;
  readonly full: BlockId;
}

/** `never`: the buffer is too small for this record, every one is a drop. */
function openRecord(firing: Firing, { layout }: RecordPlan): Reserved | "never" {
  const { emitter, clause, enabling } = firing;
  if (layout.charge > enabling.options.bufsize) return "never";
  const reserved = {
    outerFault: clause.faultExit,
    outerAbandon: clause.abandonExit,
    full: emitter.block(),
  };
  const { record } = firing;
  emitter.copy(
    record,
    reserveRecord(emitter, {
      size: layout.size,
      full: reserved.full,
      possibleCpus: enabling.environment.possibleCpus,
    }),
  );
  clause.record = record;
  clause.faultExit = emitter.block();
  clause.abandonExit = emitter.block();
  // The EPID and, in the upper half, no speculation.
  emitter.store(record, 0, 8, clause.epid);
  emitter.store(record, 8, 8, firing.timestamp ?? emitter.callOnce("bpf_ktime_get_ns"));
  return reserved;
}

/** Behind the clause: what happens to the record where it cannot be submitted. */
function closeRecord(firing: Firing, { outerFault, outerAbandon, full }: Reserved): void {
  const { emitter, clause } = firing;
  if (clause.record === undefined) return;
  emitter.place(clause.faultExit);
  discardRecord(emitter, clause.record);
  emitter.jump(outerFault);
  emitter.place(clause.abandonExit);
  discardRecord(emitter, clause.record);
  emitter.jump(outerAbandon);
  emitter.place(full);
  countDrop(emitter, "principal");
  emitter.jump(clause.done);
}

function placeWaysOut(firing: Firing, { body, afterFault, next }: ClausePlace): void {
  const { emitter, clause } = firing;
  emitter.place(clause.faulted);
  clause.releases.push({ hole: emitter.hole(), after: "claim" });
  emitter.jump(afterFault);
  emitter.place(clause.skipped);
  clause.releases.push({ hole: emitter.hole(), after: "predicate" });
  emitter.jump(next);
  emitter.place(clause.done);
  clause.releases.push({ hole: emitter.hole(), after: "claim" });
  if (exits(body) && firing.kind !== "error") leaveWhenDraining(firing);
  emitter.jump(next);
}

function exits({ statements }: ClauseBody): boolean {
  return statements.some(
    (statement) => statement.kind === "action" && statement.action.name === "exit",
  );
}

/** After an exit() no further clause runs; those of END do, which runs while tracing drains. */
function leaveWhenDraining(firing: Firing): void {
  const { emitter, end } = firing;
  if (firing.identity.probe?.name === "END" && firing.kind === "session") return;
  const activity = emitter.load(emitter.mapValue(mapNames.state, stateWords.activity), 0, 4);
  const draining = BigInt(activities.draining);
  emitter.leaveWhen({ comparison: "==", left: activity, right: draining }, end);
}
