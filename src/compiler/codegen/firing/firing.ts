/**
 * What code generation has at hand while it makes the code of one firing: the clauses that one
 * event runs, in one function. Pieces of it change as generation goes on: the clause, its action.
 */

import type { Aggregation } from "../../check/checked-program.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { AggregationLayout } from "../../enabling.ts";
import type { Environment, Probe } from "../../environment.ts";
import type { BlockId, IrFunction, Value, Virtual } from "../../ir/ir.ts";
import type { CodegenOptions } from "../options.ts";
import type { ProbeGroup } from "../probe-groups.ts";
import type { VariablePlan } from "../variables/variable-plan.ts";
import type { Emitter, Hole } from "./emitter.ts";
import type { MapRegistry } from "./map-registry.ts";

/** Shared by all programs of an enabling. */
export interface Enabling {
  readonly environment: Environment;
  readonly options: CodegenOptions;
  readonly maps: MapRegistry;
  readonly variables: VariablePlan;
  readonly aggregations: Map<Aggregation, AggregationLayout>;
  /** The probes of all groups, group after group: the rows of the table of probe names. */
  readonly rows: readonly Probe[];
  /** The clauses of the ERROR probe, where it has any. */
  readonly errorGroup: { readonly group: ProbeGroup; readonly firstRow: number } | undefined;
  readonly diagnostics: Diagnostic[];
  /** Offset of a member of `struct task_struct`, as `se.sum_exec_runtime`. */
  taskOffset(path: string): number | undefined;
}

/** One eBPF program in the making. */
export interface Program {
  readonly enabling: Enabling;
  readonly name: string;
  /** In the order they were asked for; the entry function is made last and stands first. */
  readonly functions: Map<string, IrFunction | undefined>;
  /** Those that fire in it; ERROR is fired by any of them. */
  readonly probes: Probe[];
}

/** How the clauses of a firing learn what happened. */
export interface EventSource {
  /** `arg0` … `arg9`, 64 bits as they are. */
  argument(index: number): Value;
  /** `errno` */
  errno(): Value;
}

/** Which probe fired. A constant where the code serves one probe only. */
export interface ProbeIdentity {
  readonly probeId: Value;
  /** Position of the probe among the members of its group: what is added to an EPID. */
  readonly member: Value;
  /** Where the group's first member stands in the table of probe names. */
  readonly firstRow: number;
  readonly probe: Probe | undefined;
}

export interface Firing {
  readonly program: Program;
  readonly enabling: Enabling;
  readonly emitter: Emitter;
  readonly source: EventSource;
  readonly identity: ProbeIdentity;
  readonly kind: Probe["context"]["kind"];
  /** All that this code serves; for ERROR, those that may have faulted. */
  readonly probes: readonly Probe[];
  /** Where the firing is over. */
  readonly end: BlockId;
  /** `bpf_ktime_get_ns` of the firing, where several clauses look at it. */
  timestamp: Virtual | undefined;
  readonly clauseVariables: Map<number, Virtual>;
  /** The action that faulted times 256 plus the code; one for all clauses, as only one is left. */
  readonly faultWhat: Virtual;
  readonly faultValue: Virtual;
  /** The reserved record of the clause that has one just now. */
  readonly record: Virtual;
  readonly scratch: ScratchUse;
  readonly thread: ThreadVariablesUse;
  clause: ClauseState;
}

/** The clause that code is made for just now. */
export interface ClauseState {
  readonly epid: Value;
  /** The number of the action for fault reports; 0 in the predicate. */
  action: number;
  /** Gives the record up, reports the fault, goes on with another clause. */
  faultExit: BlockId;
  /** Gives the record up without a report. */
  abandonExit: BlockId;
  /** Where `abandonExit` ends up: no record is open any more. */
  readonly abandonEnd: BlockId;
  readonly done: BlockId;
  readonly faulted: BlockId;
  /** The predicate did not hold. */
  readonly skipped: BlockId;
  /** The next clause, or the end. */
  readonly next: BlockId;
  /** Where scratch can be released: on ways behind its claim, or behind the predicate's only. */
  readonly releases: { readonly hole: Hole; readonly after: "claim" | "predicate" }[];
  /** The reserved record, once there is one. */
  record: Virtual | undefined;
  readonly recordSize: number;
}

/** Where and how much a firing uses of its scratch slot. */
export interface ScratchUse {
  /** The slot; 0 while there is none, where several clauses use scratch. */
  readonly base: Virtual;
  /** The slot's address as a plain number. */
  readonly address: Virtual;
  /** The bit of the slot in the CPU's mask. */
  readonly bit: Virtual;
  /** Bytes of the dynamic region in use. */
  readonly used: Virtual;
  /** Two for each clause: at its start and behind its predicate. */
  readonly claims: { readonly hole: Hole; readonly clause: ClauseState; used: boolean }[];
  /** What a claim clears: clause variables that are no numbers. */
  readonly cleared: readonly { readonly offset: number; readonly size: number }[];
  /** The firing has several programs, and the slot from its first to its last. */
  readonly isHanded: boolean;
  readonly dynamicStart: number;
  readonly dynamicSize: number;
  readonly temporaryStart: number;
  /** Bytes behind the dynamic region that the verifier thinks could be reached. */
  readonly slack: number;
  /** Bytes of temporaries in use now, and the most there ever were. */
  temporary: number;
  mostTemporary: number;
}

/** Where a firing looks its thread's variables up. */
export interface ThreadVariablesUse {
  /** The thread's structure; 0 while it has none. */
  readonly base: Virtual;
  readonly prologue: Hole;
  /** The clause's predicate has seen that it is there. */
  present: boolean;
  readonly lookups: { readonly hole: Hole; readonly clause: number; used: boolean }[];
}
