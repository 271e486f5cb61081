/** The programs of one group: one, or as many as its clauses need, one run after the other. */

import type { Attachment, EnabledProgram } from "../enabling.ts";
import { enable, type LoadedAs, newProgram } from "./finish-program.ts";
import { Emitter } from "./firing/emitter.ts";
import type { Enabling, EventSource, ProbeIdentity, Program } from "./firing/firing.ts";
import { type Handover, handedIdentity } from "./firing/handover.ts";
import { chainParts, type Part, partsOf, partWeight } from "./firing/parts.ts";
import { generateFiring, sharesTimestamp } from "./firing/start-firing.ts";
import type { ProbeGroup } from "./probe-groups.ts";

export interface GroupCode {
  /** Of the first program; the others have a number behind it. */
  readonly name: string;
  readonly group: ProbeGroup;
  readonly loadedAs: LoadedAs;
  /** What stands before the clauses of the first program. */
  readonly begin: (program: Program, emitter: Emitter) => ProbeIdentity;
  readonly source: (emitter: Emitter) => EventSource;
}

/** The first is attached, each of the others called by the one before. */
export function generateChain(
  enabling: Enabling,
  code: GroupCode,
  attachment: Attachment,
): readonly EnabledProgram[] {
  const parts = chainParts(code.group);
  const map = `parts_${code.name}`;
  if (parts.length > 1) addProgramArray(enabling, map, parts.length - 1);
  return generateParts(enabling, code, {
    parts,
    how: "chain",
    nextOf: (index) => ({ map, index }),
    attachmentOf: (index) =>
      index === 0 ? attachment : { kind: "tail-call", map, indexes: [index - 1] },
  });
}

/** The consumer runs each of them. */
export function generateSequence(
  enabling: Enabling,
  code: GroupCode,
  attachment: Attachment,
): readonly EnabledProgram[] {
  return generateParts(enabling, code, {
    parts: partsOf(code.group, partWeight),
    how: "session",
    nextOf: () => undefined,
    attachmentOf: () => attachment,
  });
}

interface Parts {
  readonly parts: readonly Part[];
  readonly how: Handover["how"];
  readonly nextOf: (index: number) => Handover["next"];
  readonly attachmentOf: (index: number) => Attachment;
}

function generateParts(
  enabling: Enabling,
  { name, group, loadedAs, begin, source }: GroupCode,
  { parts, how, nextOf, attachmentOf }: Parts,
): readonly EnabledProgram[] {
  const [member] = group.members;
  if (!member) return [];
  const oneTime = sharesTimestamp(group.clauses.map(({ body }) => body));
  let identity: ProbeIdentity | undefined;
  return parts.map((part, index) => {
    const program = newProgram(enabling, index === 0 ? name : `${name}_${index + 1}`);
    const emitter = new Emitter(program.name, "entry", 0);
    identity = identity ? handedIdentity(emitter, identity) : begin(program, emitter);
    const next = part.isLast ? undefined : nextOf(index);
    generateFiring({
      program,
      emitter,
      source: source(emitter),
      identity,
      kind: member.context.kind,
      group: part.group,
      handover:
        parts.length > 1
          ? { part, how, sharesTimestamp: oneTime, ...(next && { next }) }
          : undefined,
    });
    program.functions.set(program.name, emitter.finish());
    return enable(program, loadedAs, attachmentOf(index));
  });
}

export function addProgramArray({ maps }: Enabling, name: string, count: number): void {
  maps.add({
    name,
    type: "program-array",
    keySize: 4,
    valueSize: 4,
    maxEntries: count,
    flags: [],
  });
}
