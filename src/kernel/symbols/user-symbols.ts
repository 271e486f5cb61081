/**
 * Addresses of processes to names. What a process has mapped is read again now and then while it
 * lives, and kept when it has ended.
 */

import { basename } from "node:path";
import { isKernelError } from "../kernel-error.ts";
import { hasAddress, loadBias, MappedFiles } from "./mapped-files.ts";
import { type MappingEvent, MappingEvents } from "./mapping-events.ts";
import { PerfMap } from "./perf-map.ts";
import {
  type Mapping,
  mappingAt,
  mappingBelow,
  mergeMappings,
  readMappings,
} from "./process-maps.ts";

export interface UserPlace {
  /** The base name of a file, or a name in brackets. */
  readonly module: string;
  readonly symbol: string | undefined;
  /** From the symbol's start. */
  readonly offset: bigint;
}

/** What the kernel calls code that is in no file. */
const compiledModule = "[jit]";

/** How long a look at a live process is good for. */
const freshMs = 1_000;
/** An unknown address is a reason to look again, but not for each of a burst of them. */
const burstMs = 20;

/** How often the kernel's buffers are emptied. */
const eventsMs = 100;
/** Of those that ended, the ones seen first are forgotten. */
const mostProcesses = 8_192;
/** Each costs a descriptor until the end; files first mapped after that many must outlive it. */
const mostOpenedEarly = 512;

interface KnownProcess {
  mappings: readonly Mapping[];
  lookedAt: number;
  readonly places: Map<bigint, UserPlace | undefined>;
  perfMap: PerfMap | undefined;
}

export class UserSymbols implements Disposable {
  readonly #files = new MappedFiles();
  readonly #processes = new Map<number, KnownProcess>();
  #events: MappingEvents | undefined;
  #timer: NodeJS.Timeout | undefined;

  /**
   * From now on, what these processes and their children map, or all processes, is known after
   * their end. Where that is not allowed, only what is seen while they live is known.
   */
  watch(scope: readonly number[] | "all"): void {
    try {
      this.#events = MappingEvents.watch(scope);
    } catch (error) {
      if (!isKernelError(error)) throw error;
    }
    if (scope !== "all") for (const pid of scope) this.remember(pid);
    this.#timer = setInterval(() => this.#takeEvents(), eventsMs).unref();
  }

  /** Looks at a process before it ends; its files stay open, so that they may be deleted. */
  remember(pid: number): void {
    const process = this.#known(pid);
    this.#look(pid, process);
    for (const mapping of process.mappings) {
      if (mapping.executable) this.#files.fileOf(mapping, pid);
    }
  }

  placeOf(pid: number, address: bigint): UserPlace | undefined {
    this.#takeEvents();
    const process = this.#known(pid);
    const age = performance.now() - process.lookedAt;
    if (age > freshMs) this.#look(pid, process);
    const isKnown = process.places.has(address);
    const known = process.places.get(address);
    if (known !== undefined || (isKnown && age < burstMs)) return known;
    if (age > burstMs && mappingAt(process.mappings, address) < 0) this.#look(pid, process);
    const place = this.#find(pid, process, address);
    process.places.set(address, place);
    return place;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#events?.[Symbol.dispose]();
    this.#files[Symbol.dispose]();
    this.#processes.clear();
  }

  #known(pid: number): KnownProcess {
    let process = this.#processes.get(pid);
    if (process === undefined) {
      process = this.#add(pid, []);
    }
    return process;
  }

  #add(pid: number, mappings: readonly Mapping[]): KnownProcess {
    const process: KnownProcess = {
      mappings,
      lookedAt: Number.NEGATIVE_INFINITY,
      places: new Map(),
      perfMap: undefined,
    };
    this.#processes.delete(pid);
    this.#processes.set(pid, process);
    for (const oldest of this.#processes.keys()) {
      if (this.#processes.size <= mostProcesses) break;
      this.#processes.delete(oldest);
    }
    return process;
  }

  #takeEvents(): void {
    for (const event of this.#events?.read() ?? []) this.#take(event);
  }

  #take(event: MappingEvent): void {
    if (event.kind === "fork") {
      const parent = this.#known(event.parent);
      if (parent.mappings.length === 0) this.#look(event.parent, parent);
      this.#add(event.pid, parent.mappings);
      return;
    }
    const { pid, mapping } = event;
    const process = this.#known(pid);
    process.mappings = mergeMappings([mapping], process.mappings);
    process.places.clear();
    // It may be deleted before the record is printed.
    if (this.#files.count < mostOpenedEarly) this.#files.fileOf(mapping, pid);
  }

  #look(pid: number, process: KnownProcess): void {
    process.lookedAt = performance.now();
    const current = readMappings(pid);
    if (current.length === 0) return;
    process.mappings = mergeMappings(current, process.mappings);
    process.places.clear();
  }

  #find(pid: number, process: KnownProcess, address: bigint): UserPlace | undefined {
    const below = mappingBelow(process.mappings, address);
    const mapping = process.mappings[mappingAt(process.mappings, address)];
    if (mapping !== undefined && this.#files.fileOf(mapping, pid) !== undefined) {
      return this.#placeIn(mapping, process, { pid, address }) ?? nameless(mapping.path);
    }
    const isFree = mapping === undefined || mapping.path === "";
    const owner = isFree ? process.mappings.slice(0, below + 1).findLast(isOfFile) : undefined;
    const place = owner && this.#placeIn(owner, process, { pid, address });
    if (place !== undefined) return place;
    const compiled = this.#compiledCode(pid, process, address);
    if (compiled !== undefined || mapping === undefined) return compiled;
    const isNamed = mapping.file !== undefined || isKernelMapping(mapping.path);
    return isNamed ? nameless(mapping.path) : undefined;
  }

  /**
   * In the file of a mapping, which may end before the address: data that starts as zeros is
   * anonymous memory behind it, and of processes that have ended only code is known.
   */
  #placeIn(
    mapping: Mapping,
    { mappings }: KnownProcess,
    { pid, address }: { readonly pid: number; readonly address: bigint },
  ): UserPlace | undefined {
    const opened = this.#files.fileOf(mapping, pid);
    const bias = opened && loadBias(opened.elf, mapping, mappings);
    if (opened === undefined || bias === undefined) return undefined;
    const inFile = Number(address - bias);
    if (!hasAddress(opened.elf, inFile)) return undefined;
    const symbol = opened.symbols?.around(inFile);
    if (symbol === undefined) return nameless(mapping.path);
    return {
      module: basename(mapping.path),
      symbol: symbol.name,
      offset: BigInt(inFile - symbol.address),
    };
  }

  #compiledCode(pid: number, process: KnownProcess, address: bigint): UserPlace | undefined {
    process.perfMap ??= new PerfMap(pid);
    const code = process.perfMap.around(Number(address));
    if (code === undefined) return undefined;
    return {
      module: compiledModule,
      symbol: code.name,
      offset: address - BigInt(code.start),
    };
  }
}

const nameless = (path: string): UserPlace => ({
  module: basename(path),
  symbol: undefined,
  offset: 0n,
});

/** Code that the kernel puts into each process; heaps and stacks are only memory. */
const isKernelMapping = (path: string): boolean => /^\[v(dso|syscall)/.test(path);

const isOfFile = ({ file }: Mapping): boolean => file !== undefined;
