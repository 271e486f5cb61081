/** What a trace is written with: text for people, or JSON for programs. */

import type { AggregationSnapshot } from "../consumer/aggregations/aggregations.ts";
import type { Observer } from "../consumer/events.ts";

export interface TraceOutput extends Observer {
  /** Before tracing: what is traced. */
  started(programs: readonly StartedProgram[]): void;
  /** -v: what the programs depend on. */
  stability(text: string): void;
  /** What is good to know and goes with -q. */
  notice(message: string): void;
  /** The last to be called: tracing is over. */
  ended(end: TraceEnd): void;
}

export interface StartedProgram {
  /** `script 'x.d'` or `description 'BEGIN '` */
  readonly title: string;
  readonly matched: number;
}

export interface TraceEnd {
  readonly status: number;
  /** Aggregations that no printa() has shown; none where the user gave up waiting. */
  readonly remaining: readonly AggregationSnapshot[];
  readonly interrupted: boolean;
}
