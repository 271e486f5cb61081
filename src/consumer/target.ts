/** The processes of -c and -p as a session sees them: let go, watched, and told about at their end. */

import type { Report } from "./events.ts";

export type TargetEnded = Extract<Report, { readonly kind: "target-ended" }>;

/** One process, started by us and held before its first instruction, or taken while it runs. */
export interface Target {
  readonly pid: number;
  /** Lets a held process run, and calls `onEnd` once when it has ended. */
  release(onEnd: (end: TargetEnded) => void): void;
}

export class Targets {
  readonly #targets: readonly Target[];
  #live: number;
  #reports: TargetEnded[] = [];

  constructor(targets: readonly Target[]) {
    this.#targets = targets;
    this.#live = targets.length;
  }

  /** There were targets, and none is left. */
  get allEnded(): boolean {
    return this.#targets.length > 0 && this.#live === 0;
  }

  /** Tracing is active: lets the processes go; `onEnd` is called after each end. */
  release(onEnd: () => void): void {
    for (const target of this.#targets) {
      target.release((end) => {
        this.#live -= 1;
        this.#reports.push(end);
        onEnd();
      });
    }
  }

  /** The ends not told yet. */
  takeReports(): readonly TargetEnded[] {
    return this.#reports.splice(0);
  }
}
