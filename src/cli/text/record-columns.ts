/** The columns before and after a record's values: the default form, quiet, and -F's indentation. */

import type { Ecb } from "../../compiler/enabling.ts";
import type { Probe } from "../../compiler/environment.ts";
import type { Following } from "../../consumer/events.ts";

export interface ColumnOptions {
  readonly quiet: boolean;
  readonly flowindent: boolean;
}

type Flow = "entry" | "return" | "none";

/** dtrace(1) has one life of these for a session: header printed, indentation, last clause. */
export class RecordColumns {
  readonly #ecbs: readonly Ecb[];
  /** By CPU, then by EPID: whole columns, made when they are first needed. */
  readonly #defaultColumns: string[][] = [];
  #hasHeader = false;
  #indent = 0;
  #lastEpid = 0;

  constructor(ecbs: readonly Ecb[]) {
    this.#ecbs = ecbs;
  }

  /** Without temporal order, indentation starts anew with each CPU. */
  restart(): void {
    this.#indent = 0;
  }

  before(ecb: Ecb, cpu: number, following: Following, options: ColumnOptions): string {
    const columns = options.flowindent
      ? this.#flowColumns(ecb, cpu, following)
      : options.quiet
        ? ""
        : (this.#defaultColumns[cpu]?.[ecb.epid] ?? this.#makeColumns(cpu, ecb.epid));
    this.#lastEpid = ecb.epid;
    if (this.#hasHeader) return columns;
    this.#hasHeader = true;
    return headingFor(options) + columns;
  }

  #makeColumns(cpu: number, epid: number): string {
    const probe = this.#ecbs[epid - 1]?.probe;
    const name = probe && `${String(probe.id).padStart(6)} ${nameOf(probe).padStart(32)} `;
    const columns = `${String(cpu).padStart(3)} ${name ?? ""}`;
    const ofCpu = this.#defaultColumns[cpu] ?? [];
    ofCpu[epid] = columns;
    this.#defaultColumns[cpu] = ofCpu;
    return columns;
  }

  #flowColumns({ probe, epid }: Ecb, cpu: number, following: Following): string {
    const flow = this.#flowOf(probe, epid, following);
    if (flow === "return" && this.#indent > 0) this.#indent -= 2;
    const name = flow === "none" ? `| ${nameOf(probe)}` : arrowOf(probe, flow) + probe.function;
    const text = " ".repeat(this.#indent) + name;
    if (flow === "entry") this.#indent += 2;
    return `${String(cpu).padStart(3)} ${text.padEnd(41)} `;
  }

  /** Further clauses of a probe that was just entered, or is about to return, are not arrows. */
  #flowOf(probe: Probe, epid: number, following: Following): Flow {
    const isSameProbe = (other: number): boolean =>
      other !== 0 && other !== epid && this.#ecbs[other - 1]?.probe.id === probe.id;
    if (/(^|-)entry$/.test(probe.name)) return isSameProbe(this.#lastEpid) ? "none" : "entry";
    if (/(^|-)return$/.test(probe.name))
      return isSameProbe(following.followingEpid()) ? "none" : "return";
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
