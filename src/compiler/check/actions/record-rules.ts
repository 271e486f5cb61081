/** Which actions may follow which in a clause, once speculate() or commit() has been seen. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { CheckedStatement } from "../checked-program.ts";
import { fail } from "../checker.ts";

/** How a statement counts: only some record data, and those must know where to. */
export type RecordKind =
  | "none"
  | "record"
  | "aggregate"
  | "destructive"
  | "speculate"
  | "commit"
  | "discard"
  | "exit";

export interface ClauseRecord {
  speculates: boolean;
  commits: boolean;
  records: boolean;
}

export const newClauseRecord = (): ClauseRecord => ({
  speculates: false,
  commits: false,
  records: false,
});

const destructiveActions: ReadonlySet<string> = new Set([
  "system",
  "freopen",
  "stop",
  "panic",
  "breakpoint",
  "raise",
  "chill",
]);

export function recordKindOf(statement: CheckedStatement, isDestructive: boolean): RecordKind {
  if (statement.kind === "aggregate") return "aggregate";
  if (statement.kind === "evaluate") return isDestructive ? "destructive" : "none";
  const { name } = statement.action;
  if (name === "speculate" || name === "commit" || name === "discard" || name === "exit") {
    return name;
  }
  return isDestructive || destructiveActions.has(name) ? "destructive" : "record";
}

/** Refuses the statement where what stands before it forbids it, and remembers it. */
export function followClause(record: ClauseRecord, kind: RecordKind, span: TextSpan): void {
  const { speculates, commits, records } = record;
  for (const { when, tag } of refusals[kind]) {
    const holds = { speculates, commits, records }[when];
    if (holds) fail(tag, span);
  }
  record.commits ||= kind === "commit";
  record.speculates ||= kind === "speculate";
  record.records ||=
    kind === "aggregate" || ((kind === "record" || kind === "exit") && !speculates);
}

interface Refusal {
  readonly when: keyof ClauseRecord;
  readonly tag: RecordTag;
}

type RecordTag =
  | "D_COMM_COMM"
  | "D_COMM_DREC"
  | "D_SPEC_SPEC"
  | "D_SPEC_COMM"
  | "D_SPEC_DREC"
  | "D_AGG_COMM"
  | "D_AGG_SPEC"
  | "D_ACT_SPEC"
  | "D_EXIT_SPEC"
  | "D_DREC_COMM";

const refusals: Readonly<Record<RecordKind, readonly Refusal[]>> = {
  none: [],
  discard: [],
  commit: [
    { when: "commits", tag: "D_COMM_COMM" },
    { when: "records", tag: "D_COMM_DREC" },
  ],
  speculate: [
    { when: "speculates", tag: "D_SPEC_SPEC" },
    { when: "commits", tag: "D_SPEC_COMM" },
    { when: "records", tag: "D_SPEC_DREC" },
  ],
  aggregate: [
    { when: "commits", tag: "D_AGG_COMM" },
    { when: "speculates", tag: "D_AGG_SPEC" },
  ],
  destructive: [{ when: "speculates", tag: "D_ACT_SPEC" }],
  exit: [
    { when: "speculates", tag: "D_EXIT_SPEC" },
    { when: "commits", tag: "D_DREC_COMM" },
  ],
  record: [{ when: "commits", tag: "D_DREC_COMM" }],
};
