/**
 * Which probes share one piece of code, and the numbers of the ECBs that come of it. Probes whose
 * context is entered alike and which fire the same clause bodies in the same order are one group.
 */

import { assertNever } from "../../base/assert-never.ts";
import type { CheckedProgram, ClauseBody } from "../check/checked-program.ts";
import type { Environment, Probe } from "../environment.ts";
import { apartModules } from "./contexts/kernel-function.ts";
import { argumentsUsed } from "./walk.ts";
import { type Way, wayOf } from "./ways.ts";

export interface ProbeGroup {
  /** In ascending id; the position is the member number that cookies and tables carry. */
  readonly members: readonly Probe[];
  readonly clauses: readonly GroupClause[];
  /** How many raw arguments there are to look at, of those that the clauses use. */
  readonly argumentCount: number;
  /** Functions of modules, each of which is attached on its own. */
  readonly isApart: boolean;
}

export interface GroupClause {
  readonly body: ClauseBody;
  /** EPID of the first member; the others' follow. */
  readonly firstEpid: number;
}

interface Listing {
  readonly clauseIndex: number;
  readonly body: ClauseBody;
}

interface DraftGroup {
  readonly members: Probe[];
  readonly listings: readonly Listing[];
  readonly argumentCount: number;
  readonly isApart: boolean;
}

export function groupProbes(
  program: CheckedProgram,
  environment: Environment,
  firstEpid: number,
): readonly ProbeGroup[] {
  const listed = listClauses(program);
  const bodyNumbers = new Map<ClauseBody, number>();
  const used = new Map<ClauseBody, number>();
  for (const { body } of program.clauses) {
    if (bodyNumbers.has(body)) continue;
    bodyNumbers.set(body, bodyNumbers.size);
    used.set(body, argumentsUsed(body));
  }

  const isApart = apartModules([...listed.values()].map(({ probe }) => probe));
  const drafts = new Map<string, DraftGroup>();
  const summaries = new Map<LongerList, ListSummary>();
  const summaryOf = (list: LongerList): ListSummary => {
    const listings = fromStart(list);
    const wanted = listings.reduce((most, { body }) => Math.max(most, used.get(body) ?? 0), 0);
    const bodies = listings.map(({ body }) => bodyNumbers.get(body)).join(" ");
    const summary = { listings, wanted, bodies };
    summaries.set(list, summary);
    return summary;
  };
  for (const { probe, list } of listed.values()) {
    const { listings, wanted, bodies } = summaries.get(list) ?? summaryOf(list);
    const argumentCount = Math.min(wanted, argumentLimit(probe));
    const key = `${contextKey(probe, argumentCount, { environment, isApart })} ${bodies}`;
    const draft = drafts.get(key);
    if (draft) draft.members.push(probe);
    else drafts.set(key, { members: [probe], listings, argumentCount, isApart: isApart(probe) });
  }
  return numberEcbs([...drafts.values()], firstEpid);
}

/** What all probes of a list have in common. */
interface ListSummary {
  readonly listings: readonly Listing[];
  /** How many raw arguments the clauses use. */
  readonly wanted: number;
  readonly bodies: string;
}

/** A list from its end, so that a longer one costs no copy. */
interface LongerList {
  readonly before: LongerList | undefined;
  readonly last: Listing;
}

/** A probe with what its clauses are. */
interface ListedProbe {
  readonly probe: Probe;
  list: LongerList;
}

/** Probes that the same clauses list have one list: there may be tens of thousands. */
function listClauses({ clauses }: CheckedProgram): ReadonlyMap<Way, ListedProbe> {
  const listed = new Map<Way, ListedProbe>();
  for (const [clauseIndex, { probes, body }] of clauses.entries()) {
    const first: LongerList = { before: undefined, last: { clauseIndex, body } };
    const longer = new Map<LongerList, LongerList>();
    for (const probe of probes) {
      const way = wayOf(probe);
      const known = listed.get(way);
      if (known === undefined) {
        listed.set(way, { probe, list: first });
        continue;
      }
      const more = longer.get(known.list) ?? { before: known.list, last: first.last };
      longer.set(known.list, more);
      known.list = more;
    }
  }
  return listed;
}

function fromStart(list: LongerList): readonly Listing[] {
  const listings: Listing[] = [];
  for (let at: LongerList | undefined = list; at; at = at.before) listings.push(at.last);
  return listings.reverse();
}

/** EPIDs go up with the clauses, as DTrace gives them; those of one group's clause are in a row. */
function numberEcbs(drafts: readonly DraftGroup[], firstEpid: number): readonly ProbeGroup[] {
  const places = drafts.flatMap((draft, group) =>
    draft.listings.map(({ clauseIndex }, position) => ({ group, position, clauseIndex })),
  );
  places.sort((one, other) => one.clauseIndex - other.clauseIndex || one.group - other.group);

  const firstEpids = new Map<string, number>();
  let next = firstEpid;
  for (const { group, position } of places) {
    firstEpids.set(`${group} ${position}`, next);
    next += drafts[group]?.members.length ?? 0;
  }
  return drafts.map(({ members, listings, argumentCount, isApart }, group) => ({
    members,
    argumentCount,
    isApart,
    clauses: listings.map(({ body }, position) => ({
      body,
      firstEpid: firstEpids.get(`${group} ${position}`) ?? 0,
    })),
  }));
}

function argumentLimit({ context }: Probe): number {
  return context.kind === "raw-tracepoint" ? context.argumentCount : 10;
}

/** What probes must have in common for one code to serve them. */
function contextKey(
  probe: Probe,
  argumentCount: number,
  { environment, isApart }: { environment: Environment; isApart: (probe: Probe) => boolean },
): string {
  const { context } = probe;
  const { features } = environment;
  switch (context.kind) {
    case "session":
    case "error":
      return `${context.kind} ${probe.id}`;
    case "system-call":
      // Where arguments lie depends on the ABI; without them the code is the same.
      return `${context.kind} ${context.edge} ${argumentCount > 0 && context.edge === "entry" ? context.abi : ""}`;
    case "raw-tracepoint":
      return `${context.kind} ${argumentCount} ${features.rawTracepointCookie ? "" : probe.id}`;
    case "kernel-function":
      return `${context.kind} ${context.edge} ${isApart(probe) ? "apart" : ""}`;
    case "instruction":
      return `${context.kind} ${argumentCount > 0 ? JSON.stringify(context.jump) : ""}`;
    case "function-trampoline":
      return `${context.kind} ${probe.id}`;
    case "system-call-function":
      return `${context.kind} ${context.edge} ${wayOf(probe)}`;
    case "timer":
    case "counter":
      return context.kind;
    default:
      return assertNever(context);
  }
}
