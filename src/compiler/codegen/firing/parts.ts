/**
 * Many clauses on one probe are cut into parts, each a program of its own: jumps reach 32,767
 * instructions, the verifier follows a million, and the allocation of registers likes short
 * functions better.
 */

import type { ClauseBody } from "../../check/checked-program.ts";
import type { GroupClause, ProbeGroup } from "../probe-groups.ts";
import { expressionsOf } from "../walk.ts";

export interface Part {
  /** The group with the clauses of this part alone. */
  readonly group: ProbeGroup;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** The first clause is a further piece of a source clause that began in an earlier part. */
  readonly continues: boolean;
  /** The last clause's source clause has further pieces in the next part. */
  readonly isContinued: boolean;
}

/** Of a part: about 4,000 instructions. */
export const partWeight = 2_000;

/** One less than the kernel follows in a row (MAX_TAIL_CALL_CNT), for what calls the first part. */
const mostParts = 32;

/** About a third of the instructions that a clause becomes. */
export function weightOf(body: ClauseBody): number {
  let weight = 12 + 10 * body.statements.length;
  for (const { kind } of expressionsOf(body)) weight += kind === "call" ? 20 : 3;
  return weight;
}

export const weightOfGroup = ({ clauses }: ProbeGroup): number =>
  clauses.reduce((sum, { body }) => sum + weightOf(body), 0);

/** A chain of tail calls has an end: its parts are longer where there are very many clauses. */
export function chainParts(group: ProbeGroup): readonly Part[] {
  return partsOf(group, Math.max(partWeight, weightOfGroup(group) / (mostParts - 1)));
}

export function partsOf(group: ProbeGroup, weight: number): readonly Part[] {
  const parts: GroupClause[][] = [];
  let room = 0;
  for (const clause of group.clauses) {
    if (room <= 0) {
      parts.push([]);
      room = weight;
    }
    parts.at(-1)?.push(clause);
    room -= weightOf(clause.body);
  }
  return parts.map((clauses, index) => ({
    group: { ...group, clauses },
    isFirst: index === 0,
    isLast: index === parts.length - 1,
    continues: isCut(parts[index - 1], clauses),
    isContinued: isCut(clauses, parts[index + 1]),
  }));
}

function isCut(
  before: readonly GroupClause[] | undefined,
  after: readonly GroupClause[] | undefined,
): boolean {
  const piece = before?.at(-1)?.body.pieceOf;
  return piece !== undefined && after?.[0]?.body.pieceOf === piece;
}
