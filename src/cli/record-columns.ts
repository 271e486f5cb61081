/** The columns before and after a record's values: the default form, quiet, and -F's indentation. */

import type { Ecb } from "../compiler/enabling.ts";
import type { Probe } from "../compiler/environment.ts";

export interface ColumnOptions {
  readonly quiet: boolean;
  readonly flowindent: boolean;
}

type Flow = "entry" | "return" | "none";

/** dtrace(1) has one life of these for a session: header printed, indentation, last clause. */
export class RecordColumns {
  readonly #probesByEpid: readonly Probe[];
  readonly #defaultNames: readonly string[];
  #hasHeader = false;
  #indent = 0;
  #lastEpid = 0;

  constructor(ecbs: readonly Ecb[]) {
    this.#probesByEpid = ecbs.map(({ probe }) => probe);
    this.#defaultNames = this.#probesByEpid.map(
      (probe) => `${String(probe.id).padStart(6)} ${nameOf(probe).padStart(32)} `,
    );
  }

  /** Without temporal order, indentation starts anew with each CPU. */
  restart(): void {
    this.#indent = 0;
  }

  /** `followingEpid` is that of the CPU's next record, 0 where there is none. */
  before(ecb: Ecb, cpu: number, followingEpid: number, options: ColumnOptions): string {
    const heading = this.#hasHeader ? "" : headingFor(options);
    this.#hasHeader = true;
    const columns = options.flowindent
      ? this.#flowColumns(ecb, cpu, followingEpid)
      : options.quiet
        ? ""
        : `${String(cpu).padStart(3)} ${this.#defaultNames[ecb.epid - 1] ?? ""}`;
    this.#lastEpid = ecb.epid;
    return heading + columns;
  }

  #flowColumns({ probe, epid }: Ecb, cpu: number, followingEpid: number): string {
    const flow = this.#flowOf(probe, epid, followingEpid);
    if (flow === "return" && this.#indent > 0) this.#indent -= 2;
    const name = flow === "none" ? `| ${nameOf(probe)}` : arrowOf(probe, flow) + probe.function;
    const text = " ".repeat(this.#indent) + name;
    if (flow === "entry") this.#indent += 2;
    return `${String(cpu).padStart(3)} ${text.padEnd(41)} `;
  }

  /** Further clauses of a probe that was just entered, or is about to return, are not arrows. */
  #flowOf(probe: Probe, epid: number, followingEpid: number): Flow {
    const isSameProbe = (other: number): boolean =>
      other !== 0 && other !== epid && this.#probesByEpid[other - 1]?.id === probe.id;
    if (/(^|-)entry$/.test(probe.name)) return isSameProbe(this.#lastEpid) ? "none" : "entry";
    if (/(^|-)return$/.test(probe.name)) return isSameProbe(followingEpid) ? "none" : "return";
    return "none";
  }
}

function headingFor({ quiet, flowindent }: ColumnOptions): string {
  if (flowindent) return `${"CPU".padStart(3)} ${"FUNCTION".padEnd(41)}\n`;
  return quiet ? "" : `${"CPU".padStart(3)} ${"ID".padStart(6)} ${"FUNCTION:NAME".padStart(32)}\n`;
}

function nameOf(probe: Probe): string {
  return `${probe.function}:${probe.name}`;
}

function arrowOf({ provider }: Probe, flow: "entry" | "return"): string {
  if (flow === "entry") return provider === "syscall" ? " => " : " -> ";
  return provider === "syscall" ? " <= " : " <- ";
}
