/** /tmp/perf-PID.map: what a just-in-time compiler says of the code it made. */

import { readFileSync, statSync } from "node:fs";
import { lastAtOrBelow } from "./sorted-addresses.ts";

export interface CompiledCode {
  readonly name: string;
  readonly start: number;
}

export class PerfMap {
  readonly #paths: readonly string[];
  #size = -1;
  #starts = new Float64Array();
  #entries: readonly Entry[] = [];

  constructor(pid: number) {
    this.#paths = perfMapPaths(pid);
  }

  /** Addresses of user code are below 2⁵³. */
  around(address: number): CompiledCode | undefined {
    return this.#find(address) ?? (this.refresh() ? this.#find(address) : undefined);
  }

  /** Whether there is more than at the last look. */
  refresh(): boolean {
    const found = this.#paths
      .map((path) => ({ path, size: statSync(path, { throwIfNoEntry: false })?.size ?? 0 }))
      .find(({ size }) => size > 0);
    if (found === undefined || found.size === this.#size) return false;
    this.#entries = parsePerfMap(readFileSync(found.path, "utf8"));
    this.#starts = Float64Array.from(this.#entries, ({ start }) => start);
    this.#size = found.size;
    return true;
  }

  #find(address: number): CompiledCode | undefined {
    const entry = this.#entries[lastAtOrBelow(this.#starts, address)];
    return entry !== undefined && address < entry.start + entry.size ? entry : undefined;
  }
}

interface Entry extends CompiledCode {
  readonly size: number;
}

/** Sorted by address; of code that was made over older code, the newer. */
export function parsePerfMap(text: string): readonly Entry[] {
  const entries = new Map<number, Entry>();
  for (const [, start = "", size = "", name = ""] of text.matchAll(
    /^([0-9a-fA-F]+) ([0-9a-fA-F]+) (.*)$/gm,
  )) {
    const address = Number.parseInt(start, 16);
    entries.set(address, { name, start: address, size: Number.parseInt(size, 16) });
  }
  return [...entries.values()].sort((left, right) => left.start - right.start);
}

/** In the process's own file system under its own number, which differ from ours in containers. */
function perfMapPaths(pid: number): readonly string[] {
  let innerPid = String(pid);
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    innerPid = /^NSpid:.*\t(\d+)$/m.exec(status)?.[1] ?? innerPid;
  } catch {
    // It has ended: what it left behind is where we see it.
  }
  return [`/proc/${pid}/root/tmp/perf-${innerPid}.map`, `/tmp/perf-${pid}.map`];
}
