/**
 * What a session tells the one who started it. Records are the hot path: what to do with a
 * recorded value is prepared once for every action of every clause, and then called with a view.
 */

import type { Ecb, RecordedAction } from "../compiler/enabling.ts";
import type { DropKind } from "../compiler/runtime-layout.ts";
import type { AggregationSnapshot } from "./aggregations/aggregations.ts";
import type { RecordView } from "./records/record-view.ts";

/** Actions that show something; the session itself does the others. */
export type ShownAction = Extract<
  RecordedAction,
  {
    readonly name:
      | "trace"
      | "tracemem"
      | "pcap"
      | "print"
      | "printf"
      | "stack"
      | "system"
      | "freopen";
  }
>;

export type PrintaAction = Extract<RecordedAction, { readonly name: "printa" }>;

export type ShowValue = (record: RecordView) => void;

/** What comes after a record on its CPU, for who needs to look ahead. */
export interface Following {
  /** 0 where there is none yet. */
  followingEpid(): number;
}

export interface Observer {
  /** Called once for each recorded value of each clause, before tracing starts. */
  prepare(ecb: Ecb, action: ShownAction): ShowValue;
  recordBegins(ecb: Ecb, record: RecordView, following: Following): void;
  recordEnds(ecb: Ecb, record: RecordView): void;
  /** Without temporal order: the records of another CPU follow. */
  cpuBegins(): void;
  /** The aggregations of the action, in its order, as they are now. */
  printa(action: PrintaAction, aggregations: readonly AggregationSnapshot[]): void;
  /** ftruncate() */
  truncateOutput(): void;
  /** An option that output depends on was set by setopt(). */
  optionChanged(): void;
  /** The user asked to stop: shown once, when tracing still goes on. */
  interrupted(): void;
  report(report: Report): void;
  /** Everything handed over so far should reach its reader now. */
  flush(): void;
}

export type Report =
  | {
      readonly kind: "drop";
      readonly drop: DropKind;
      /** Undefined for kinds that are counted for all CPUs together. */
      readonly cpu: number | undefined;
      readonly count: bigint;
    }
  | {
      readonly kind: "fault";
      readonly ecb: Ecb;
      readonly cpu: number;
      readonly action: number;
      readonly code: number;
      readonly value: bigint;
    }
  /** The consumer could not do what an action asked for. */
  | { readonly kind: "action-failed"; readonly ecb: Ecb; readonly message: string }
  | {
      readonly kind: "target-ended";
      readonly pid: number;
      /** Undefined where another process than ours started it. */
      readonly status: number | undefined;
      readonly signal: string | undefined;
    };
