/** From the number of a system call to the clauses that are wanted there. */

import type { MapSpec } from "../../../bpf/map-spec.ts";
import type { Probe, ProbeContext } from "../../environment.ts";
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

export interface Variant {
  readonly group: ProbeGroup;
  readonly firstRow: number;
}

interface SystemCalls {
  readonly edge: Edge;
  readonly variants: readonly Variant[];
}

/** Up to this many calls are found by comparing; more by looking into a table. */
const comparedCalls = 4;

/** All variants in one program; each call that is found by comparing has code of its own. */
export function generateSystemCalls(
  program: Program,
  emitter: Emitter,
  { edge, variants }: SystemCalls,
): void {
  if (isCompared(variants)) {
    compareNumbers(program, emitter, { edge, variants });
  } else {
    const word = lookUpWord(program, emitter, { edge, name: program.name, variants });
    const numbered = variants.map((variant, number) => ({ variant, number }));
    generateVariants(program, emitter, { edge, numbered, word });
  }
}

export const isCompared = (variants: readonly Variant[]): boolean =>
  variants.reduce((count, { group }) => count + group.members.length, 0) <= comparedCalls;

function compareNumbers(program: Program, emitter: Emitter, { edge, variants }: SystemCalls): void {
  const number = systemCallNumber(emitter, edge, machineAbi(variants));
  for (const { group, firstRow } of variants) {
    // Each call on its own knows its probe: its name and its EPIDs are constants.
    for (const [member, probe] of group.members.entries()) {
      const other = emitter.block();
      leaveForOther(program, emitter, { number, probe, other });
      const identity = { probeId: BigInt(probe.id), member: BigInt(member), firstRow, probe };
      generateVariant(program, emitter, { edge, group, identity });
      emitter.place(other);
    }
  }
  emitter.return(0n);
}

export function leaveForOther(
  program: Program,
  emitter: Emitter,
  { number, probe, other }: { number: Value; probe: Probe; other: BlockId },
): void {
  emitter.leaveWhen({ comparison: "!=", left: number, right: numberOf(probe) }, other);
  const compatibility = isCompatibilityCall(program, emitter);
  const comparison = abiOf(probe) === "x32" ? "==" : "!=";
  emitter.leaveWhen({ comparison, left: compatibility, right: 0n }, other);
}

/** Leaves where the call is not the only one of the variant. */
export function identifyCall(
  program: Program,
  emitter: Emitter,
  { edge, variant }: { readonly edge: Edge; readonly variant: Variant },
): ProbeIdentity | undefined {
  const [probe] = variant.group.members;
  if (!probe || variant.group.members.length > 1) return undefined;
  const other = emitter.block();
  const own = emitter.block();
  leaveForOther(program, emitter, {
    number: systemCallNumber(emitter, edge, abiOf(probe)),
    probe,
    other,
  });
  emitter.jump(own);
  emitter.place(other);
  emitter.return(0n);
  emitter.place(own);
  return { probeId: BigInt(probe.id), member: 0n, firstRow: variant.firstRow, probe };
}

/** What the table of that name has for the call; leaves where nothing is wanted. */
export function lookUpWord(
  program: Program,
  emitter: Emitter,
  { edge, name, variants }: SystemCalls & { readonly name: string },
): Virtual {
  const unwanted = emitter.block();
  const wanted = emitter.block();
  const table = addTable(program, name, variants);
  const row = emitter.set(systemCallNumber(emitter, edge, machineAbi(variants)));
  emitter.leaveWhen({ comparison: ">", left: row, right: BigInt(numbersPerAbi - 1) }, unwanted);
  const compatibility = isCompatibilityCall(program, emitter);
  emitter.when({ comparison: "!=", left: compatibility, right: 0n }, () =>
    emitter.copy(row, emitter.add(row, BigInt(numbersPerAbi))),
  );
  const entry = emitter.add(emitter.mapValue(table, 0), emitter.alu("<<", row, 3n));
  const word = emitter.load(entry, 0, 8);
  emitter.leaveWhen({ comparison: "==", left: word, right: 0n }, unwanted);
  emitter.jump(wanted);
  emitter.place(unwanted);
  emitter.return(0n);
  emitter.place(wanted);
  return word;
}

export const variantOf = (emitter: Emitter, word: Virtual): Virtual => emitter.alu(">>", word, 48n);

export interface NumberedVariant {
  readonly variant: Variant;
  /** In the table. */
  readonly number: number;
}

export function generateVariants(
  program: Program,
  emitter: Emitter,
  {
    edge,
    numbered,
    word,
  }: {
    readonly edge: Edge;
    readonly numbered: readonly NumberedVariant[];
    readonly word: Virtual;
  },
): void {
  const found = variantOf(emitter, word);
  for (const [position, { variant, number }] of numbered.entries()) {
    const isLast = position === numbered.length - 1;
    const other = isLast ? undefined : otherVariant(emitter, found, number);
    const identity = identityFrom(emitter, word, variant);
    generateVariant(program, emitter, { edge, group: variant.group, identity });
    if (other !== undefined) emitter.place(other);
  }
}

function otherVariant(emitter: Emitter, found: Virtual, number: number): BlockId {
  const own = emitter.block();
  const other = emitter.block();
  emitter.branch(
    { comparison: "==", left: found, right: BigInt(number) },
    { whenTrue: own, whenFalse: other },
  );
  emitter.place(own);
  return other;
}

export function identityFrom(
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
  const source = systemCallSource(emitter, edge, group);
  generateFiring({ program, emitter, source, identity, kind: "system-call", group });
}

export function systemCallSource(emitter: Emitter, edge: Edge, group: ProbeGroup): EventSource {
  return edge === "entry" ? entrySource(emitter, abiOf(group.members[0])) : returnSource(emitter);
}

export function abiOf(probe: Probe | undefined): Abi {
  return probe && isCall(probe.context) ? probe.context.abi : "x64";
}

/** Of any of the machine's own calls, or of its 32-bit ones: their numbers are in the same place. */
const machineAbi = (variants: readonly Variant[]): Abi => abiOf(variants[0]?.group.members[0]);

/** Names a call among those of its edge. */
export const callOf = (probe: Probe): string => `${abiOf(probe)} ${numberOf(probe)}`;

function numberOf({ context }: Probe): bigint {
  return isCall(context) ? BigInt(context.number) : -1n;
}

function isCall(context: ProbeContext): context is CallContext {
  return context.kind === "system-call" || context.kind === "system-call-function";
}

type CallContext = Extract<ProbeContext, { readonly kind: "system-call" | "system-call-function" }>;

/** Greater than any number of either ABI, and a power of two. */
const numbersPerAbi = 1024;

/**
 * A word for each call: variant in the upper 16 bits, member number in the next, probe id in the
 * low half; 0 where nothing is wanted. The 32-bit ABI comes second.
 */
function addTable(
  { enabling }: Program,
  programName: string,
  variants: readonly Variant[],
): string {
  const name = programName.replace("syscall", "dispatch");
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
