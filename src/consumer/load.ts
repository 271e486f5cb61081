/** An enabling made real: its maps, its loaded programs, the memory shared with them, its links. */

import type { EnabledProgram, Enabling } from "../compiler/enabling.ts";
import { mapNames } from "../compiler/runtime-layout.ts";
import { lookupElement } from "../kernel/bpf-syscall.ts";
import { Disposables, type FileDescriptor } from "../kernel/descriptor.ts";
import { LoadedMaps, type LoadedProgram, loadProgram } from "../kernel/load.ts";
import { mapArray } from "../kernel/memory.ts";
import { primeMaps } from "../kernel/prime-maps.ts";
import { openRings } from "./records/open-rings.ts";
import type { RingCursor } from "./records/ring-cursor.ts";
import { SessionState } from "./session-state.ts";

export interface PlacedProgram {
  readonly program: FileDescriptor;
  readonly place: EnabledProgram["attachment"];
}

/** Disposing of it detaches. */
export interface Attached extends Disposable {
  /** The module is gone: so is what was attached to its functions. */
  forget(module: string): void;
}

export type Attach = (programs: readonly PlacedProgram[]) => Attached;

/** Runs a loaded program once in our own context. */
export type RunProgram = (program: FileDescriptor) => void;

export interface KernelAccess {
  readonly attach: Attach;
  readonly run: RunProgram;
  /** The BTF id of a kernel function that programs may call. */
  readonly kernelFunction: (name: string) => number;
  readonly possibleCpus: number;
}

interface Loaded {
  readonly enabled: EnabledProgram;
  readonly program: LoadedProgram;
}

/** Each set of programs has its own: only its code knows how much of them it needs. */
const ownMaps: ReadonlySet<string> = new Set([
  mapNames.scratch,
  mapNames.scratchUse,
  mapNames.zeros,
  mapNames.probeNames,
]);

export class LoadedEnabling implements Disposable {
  readonly maps: LoadedMaps;
  readonly state: SessionState;
  readonly rings: readonly RingCursor[];
  readonly #access: KernelAccess;
  readonly #programs: readonly Loaded[];
  readonly #owned = new Disposables();
  readonly #attached: Attached[] = [];

  constructor(enabling: Enabling, access: KernelAccess) {
    this.#access = access;
    try {
      this.maps = this.#owned.use(LoadedMaps.create(enabling.maps));
      this.state = new SessionState(this.#stateMemory());
      this.rings = openRings(this.maps, access.possibleCpus, this.#owned);
      this.#programs = enabling.programs.map((enabled) => this.#load(enabled, this.maps));
    } catch (error) {
      this.#owned[Symbol.dispose]();
      throw error;
    }
  }

  attach(): void {
    primeMaps(this.maps.all());
    this.#attach(this.#programs);
  }

  /** Adds programs to the others, for probes that were not there before. */
  extend({ maps, programs }: Enabling): void {
    const own = maps.filter(({ name }) => ownMaps.has(name) || !this.maps.find(name));
    const extended = this.#owned.use(LoadedMaps.create(own, this.maps));
    const hasRunClock = this.maps.find(mapNames.turns) !== undefined;
    const wanted = programs.filter(
      ({ attachment }) => attachment.kind !== "raw-tracepoint" || !hasRunClock,
    );
    primeMaps(extended.all());
    this.#attach(wanted.map((enabled) => this.#load(enabled, extended)));
  }

  forget(module: string): void {
    for (const attached of this.#attached) attached.forget(module);
  }

  #load(enabled: EnabledProgram, maps: LoadedMaps): Loaded {
    const { kernelFunction } = this.#access;
    return { enabled, program: this.#owned.use(loadProgram(enabled.spec, maps, kernelFunction)) };
  }

  #attach(programs: readonly Loaded[]): void {
    const placed = programs
      .map(({ enabled, program }) => ({ program: program.descriptor, place: enabled.attachment }))
      .filter(({ place }) => place.kind !== "session");
    this.#attached.push(this.#access.attach(placed));
  }

  /** Runs the programs of BEGIN or END. */
  run(probeName: "BEGIN" | "END"): void {
    for (const { enabled, program } of this.#programs) {
      const { attachment } = enabled;
      if (attachment.kind !== "session" || attachment.probe.name !== probeName) continue;
      this.#access.run(program.descriptor);
    }
  }

  detach(): void {
    for (const attached of this.#attached.splice(0).reverse()) attached[Symbol.dispose]();
  }

  /** The drop counters of all possible CPUs. */
  readDrops(): ArrayBuffer {
    const { spec, descriptor } = this.maps.get(mapNames.drops);
    const counters = new ArrayBuffer(spec.valueSize * this.#access.possibleCpus);
    lookupElement(descriptor, new ArrayBuffer(4), counters);
    return counters;
  }

  get possibleCpus(): number {
    return this.#access.possibleCpus;
  }

  [Symbol.dispose](): void {
    this.detach();
    this.#owned[Symbol.dispose]();
  }

  #stateMemory(): ArrayBuffer {
    const { spec, descriptor } = this.maps.get(mapNames.state);
    return this.#owned.use(mapArray(descriptor, spec.valueSize, 1)).view;
  }
}
