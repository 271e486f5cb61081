/**
 * What is done with the records of each clause: one step for every recorded action, made before
 * tracing starts. The session does the steps that change the trace, the observer those that show.
 */

import type { Ecb, Enabling, Field, RecordedAction } from "../compiler/enabling.ts";
import { type Options, setOption } from "../compiler/options/options.ts";
import type { Aggregations } from "./aggregations/aggregations.ts";
import type { Following, Observer } from "./events.ts";
import { decoderOf, probeNames, readInteger } from "./records/decode.ts";
import { RecordView } from "./records/record-view.ts";
import type { Speculations } from "./records/speculations.ts";
import type { SessionState } from "./session-state.ts";

export interface RunnerParts {
  readonly enabling: Enabling;
  readonly options: Options;
  readonly observer: Observer;
  readonly aggregations: Aggregations;
  readonly speculations: Speculations;
  readonly state: SessionState;
  /** A record of exit() was reached. */
  readonly onExit: (status: number) => void;
}

const nothingFollows: Following = { followingEpid: () => 0 };

type Step = (record: RecordView) => void;

interface Clause {
  readonly ecb: Ecb;
  readonly steps: readonly Step[];
  /** Commits and discards alone leave no line. */
  readonly isShown: boolean;
}

export class ClauseRunner {
  readonly #parts: RunnerParts;
  readonly #clauses: Clause[] = [];

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.prepare();
  }

  /** Also called when the enabling has more clauses than before. */
  prepare(): void {
    for (const ecb of this.#parts.enabling.ecbs.slice(this.#clauses.length)) {
      this.#clauses.push({
        ecb,
        steps: ecb.record.actions.map((action) => this.#stepFor(ecb, action)),
        isShown: isShown(ecb.record.actions),
      });
    }
  }

  /** A record of the principal buffer, or of a speculation that is committed. */
  run(record: RecordView, following: Following): void {
    const clause = this.#clauses[record.epid - 1];
    if (clause === undefined) throw new Error(`record of unknown clause ${record.epid}`);
    const { observer } = this.#parts;
    if (clause.isShown) observer.recordBegins(clause.ecb, record, following);
    for (const step of clause.steps) step(record);
    if (clause.isShown) observer.recordEnds(clause.ecb, record);
  }

  #stepFor(ecb: Ecb, action: RecordedAction): Step {
    const { observer, aggregations, onExit } = this.#parts;
    switch (action.name) {
      case "exit":
        return (record) => onExit(Number(readInteger(record, action.status)));
      case "commit":
        return (record) => this.#commit(Number(readInteger(record, action.speculation)));
      case "discard":
        return (record) => this.#discard(Number(readInteger(record, action.speculation)));
      case "printa":
        return () => observer.printa(action, aggregations.show(action.aggregations));
      case "clear":
        return () => aggregations.clear(action.aggregation);
      case "denormalize":
        return () => aggregations.normalize(action.aggregation, 1n);
      case "trunc":
        return (record) =>
          aggregations.truncate(
            action.aggregation,
            action.count && Number(readInteger(record, action.count)),
          );
      case "normalize":
        return (record) =>
          aggregations.normalize(action.aggregation, readInteger(record, action.factor));
      case "setopt":
        return this.#optionStep(ecb, action.option, action.value);
      case "ftruncate":
        return () => observer.truncateOutput();
      default:
        return observer.prepare(ecb, action);
    }
  }

  #commit(use: number): void {
    const { speculations } = this.#parts;
    if (use === 0) return;
    const view = new RecordView();
    for (const { cpu, memory } of speculations.release(use)) {
      view.cpu = cpu;
      view.moveTo(memory, 0, memory.bytes.length);
      this.run(view, nothingFollows);
    }
  }

  #discard(use: number): void {
    if (use !== 0) this.#parts.speculations.release(use);
  }

  #optionStep(ecb: Ecb, name: string, value: string | Field | undefined): Step {
    if (typeof value !== "object") return () => this.#setOption(ecb, name, value);
    const decode = decoderOf(value, probeNames(this.#parts.enabling));
    return (record) => this.#setOption(ecb, name, String(decode(record)));
  }

  #setOption(ecb: Ecb, name: string, value: string | undefined): void {
    const { options, observer } = this.#parts;
    const error = setOption(options, "action", { name, value });
    if (error === undefined) {
      observer.optionChanged();
      return;
    }
    const message = `couldn't set option "${name}" to "${value ?? "1"}": ${error}`;
    observer.report({ kind: "action-failed", ecb, message });
  }
}

function isShown(actions: readonly RecordedAction[]): boolean {
  return (
    actions.length === 0 || actions.some(({ name }) => name !== "commit" && name !== "discard")
  );
}
