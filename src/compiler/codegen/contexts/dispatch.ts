/** From the number of a system call to the clauses that are wanted there. */

import type { MapSpec } from "../../../bpf/map-spec.ts";
import type { Probe } from "../../environment.ts";
import type { BlockId, Value, Virtual } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { EventSource, ProbeIdentity, Program } from "../firing/firing.ts";
import { generateFiring } from "../firing/start-firing.ts";
import type { ProbeGroup } from "../probe-groups.ts";
import {
  type Abi,
  type Edge,
  entrySource,
  isCompatibilityCall,
  returnSource,
  systemCallNumber,
} from "./system-call.ts";

interface Variant {
  readonly group: ProbeGroup;
  readonly firstRow: number;
}

interface SystemCalls {
  readonly edge: Edge;
  readonly variants: readonly Variant[];
}

/** Up to this many calls are found by comparing; more by looking into a table. */
const comparedCalls = 4;

export function generateSystemCalls(
  program: Program,
  emitter: Emitter,
  { edge, variants }: SystemCalls,
): void {
  const calls = variants.reduce((count, { group }) => count + group.members.length, 0);
  const number = systemCallNumber(emitter, edge);
  if (calls <= comparedCalls) compareNumbers(program, emitter, { edge, variants, number });
  else lookUpNumber(program, emitter, { edge, variants, number });
}

interface Dispatch extends SystemCalls {
  readonly number: Value;
}

function compareNumbers(
  program: Program,
  emitter: Emitter,
  { edge, variants, number }: Dispatch,
): void {
  for (const { group, firstRow } of variants) {
    // Each call on its own knows its probe: its name and its EPIDs are constants.
    for (const [member, probe] of group.members.entries()) {
      const other = emitter.block();
      emitter.leaveWhen({ comparison: "!=", left: number, right: numberOf(probe) }, other);
      const compatibility = isCompatibilityCall(program, emitter);
      const comparison = abiOf(probe) === "x32" ? "==" : "!=";
      emitter.leaveWhen({ comparison, left: compatibility, right: 0n }, other);
      const identity = { probeId: BigInt(probe.id), member: BigInt(member), firstRow, probe };
      generateVariant(program, emitter, { edge, group, identity });
      emitter.place(other);
    }
  }
  emitter.return(0n);
}

function lookUpNumber(
  program: Program,
  emitter: Emitter,
  { edge, variants, number }: Dispatch,
): void {
  const unwanted = emitter.block();
  const table = addTable(program, variants);
  const row = emitter.set(number);
  emitter.leaveWhen({ comparison: ">", left: row, right: BigInt(numbersPerAbi - 1) }, unwanted);
  const compatibility = isCompatibilityCall(program, emitter);
  emitter.when({ comparison: "!=", left: compatibility, right: 0n }, () =>
    emitter.copy(row, emitter.add(row, BigInt(numbersPerAbi))),
  );
  const entry = emitter.add(emitter.mapValue(table, 0), emitter.alu("<<", row, 3n));
  const word = emitter.load(entry, 0, 8);
  emitter.leaveWhen({ comparison: "==", left: word, right: 0n }, unwanted);
  const variantNumber = emitter.alu(">>", word, 48n);
  for (const [position, { group, firstRow }] of variants.entries()) {
    const other = nextVariant(emitter, { variantNumber, position, count: variants.length });
    generateVariant(program, emitter, {
      edge,
      group,
      identity: identityFrom(emitter, word, { group, firstRow }),
    });
    if (other !== undefined) emitter.place(other);
  }
  emitter.place(unwanted);
  emitter.return(0n);
}

function nextVariant(
  emitter: Emitter,
  { variantNumber, position, count }: { variantNumber: Virtual; position: number; count: number },
): BlockId | undefined {
  if (position === count - 1) return undefined;
  const own = emitter.block();
  const other = emitter.block();
  emitter.branch(
    { comparison: "==", left: variantNumber, right: BigInt(position) },
    { whenTrue: own, whenFalse: other },
  );
  emitter.place(own);
  return other;
}

function identityFrom(
  emitter: Emitter,
  word: Virtual,
  { group, firstRow }: Variant,
): ProbeIdentity {
  const [probe] = group.members;
  if (probe && group.members.length === 1) {
    return { probeId: BigInt(probe.id), member: 0n, firstRow, probe };
  }
  return {
    probeId: emitter.extend(word, 4, false),
    member: emitter.extend(emitter.alu(">>", word, 32n), 2, false),
    firstRow,
    probe: undefined,
  };
}

interface GeneratedVariant {
  readonly edge: Edge;
  readonly group: ProbeGroup;
  readonly identity: ProbeIdentity;
}

function generateVariant(
  program: Program,
  emitter: Emitter,
  { edge, group, identity }: GeneratedVariant,
): void {
  const source: EventSource =
    edge === "entry" ? entrySource(emitter, abiOf(group.members[0])) : returnSource(emitter);
  generateFiring({ program, emitter, source, identity, kind: "system-call", group });
}

function abiOf(probe: Probe | undefined): Abi {
  return probe?.context.kind === "system-call" ? probe.context.abi : "x64";
}

/** Names a call among those of its edge. */
export const callOf = (probe: Probe): string => `${abiOf(probe)} ${numberOf(probe)}`;

function numberOf({ context }: Probe): bigint {
  return context.kind === "system-call" ? BigInt(context.number) : -1n;
}

/** Greater than any number of either ABI, and a power of two. */
const numbersPerAbi = 1024;

/**
 * A word for each call: variant in the upper 16 bits, member number in the next, probe id in the
 * low half; 0 where nothing is wanted. The 32-bit ABI comes second.
 */
function addTable(program: Program, variants: readonly Variant[]): string {
  const { enabling } = program;
  const name = program.name.replace("syscall", "dispatch");
  const words = new BigUint64Array(2 * numbersPerAbi);
  for (const [position, { group }] of variants.entries()) {
    for (const [member, probe] of group.members.entries()) {
      const row = Number(numberOf(probe)) + (abiOf(probe) === "x32" ? numbersPerAbi : 0);
      words[row] = (BigInt(position) << 48n) | (BigInt(member) << 32n) | BigInt(probe.id);
    }
  }
  const table: MapSpec = {
    name,
    type: "array",
    keySize: 4,
    valueSize: words.byteLength,
    maxEntries: 1,
    flags: ["read-only-program"],
    contents: new Uint8Array(words.buffer),
  };
  enabling.maps.add(table);
  return name;
}
