/** An enabling made real: its maps, its loaded programs, the memory shared with them, its links. */

import type { MapSpec } from "../bpf/map-spec.ts";
import type { EnabledProgram, Enabling } from "../compiler/enabling.ts";
import { mapNames, runClockName } from "../compiler/runtime-layout.ts";
import { lookupElement, missedRuns } from "../kernel/bpf-syscall.ts";
import { Disposables, type FileDescriptor } from "../kernel/descriptor.ts";
import { LoadedMaps, type LoadedProgram, loadProgram, setTailCalls } from "../kernel/load.ts";
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
  mapNames.scratchOwners,
  mapNames.zeros,
  mapNames.probeNames,
]);

const isOwn = ({ name, type }: MapSpec): boolean => ownMaps.has(name) || type === "program-array";

export class LoadedEnabling implements Disposable {
  readonly maps: LoadedMaps;
  readonly state: SessionState;
  readonly rings: readonly RingCursor[];
  readonly #access: KernelAccess;
  readonly #programs: readonly Loaded[];
  readonly #owned = new Disposables();
  #attached: Attached | undefined;
  /** Of modules that were loaded later. */
  readonly #late = new Map<string, Disposables>();

  constructor(enabling: Enabling, access: KernelAccess) {
    this.#access = access;
    try {
      this.maps = this.#owned.use(LoadedMaps.create(enabling.maps));
      this.state = new SessionState(this.#stateMemory());
      this.rings = openRings(this.maps, access.possibleCpus, this.#owned);
      this.#programs = enabling.programs.map((enabled) =>
        this.#load(enabled, this.maps, this.#owned),
      );
    } catch (error) {
      this.#owned[Symbol.dispose]();
      throw error;
    }
  }

  attach(): void {
    primeMaps(this.maps.all());
    this.#attached = this.#attach(this.#programs);
  }

  /**
   * Adds programs to the others, for functions of a module that was not there before. False where
   * their variables would not be those of the others.
   */
  extend(module: string, { maps, programs }: Enabling): boolean {
    if (!maps.every((spec) => isOwn(spec) || this.#fits(spec))) return false;
    this.forget(module);
    const late = new Disposables();
    this.#late.set(module, late);
    const own = maps.filter((spec) => isOwn(spec) || !this.maps.find(spec.name));
    const extended = late.use(LoadedMaps.create(own, this.maps));
    const hasRunClock = this.maps.find(mapNames.turns) !== undefined;
    const wanted = programs.filter(({ spec }) => spec.name !== runClockName || !hasRunClock);
    primeMaps(extended.all());
    late.use(this.#attach(wanted.map((enabled) => this.#load(enabled, extended, late))));
    return true;
  }

  /** The module is gone. */
  forget(module: string): void {
    this.#attached?.forget(module);
    this.#late.get(module)?.[Symbol.dispose]();
    this.#late.delete(module);
  }

  /** What only some of the programs need of the state lies behind the variables. */
  #fits({ name, keySize, valueSize }: MapSpec): boolean {
    const known = this.maps.find(name)?.spec;
    if (known === undefined) return true;
    const fits = name === mapNames.state ? valueSize <= known.valueSize : false;
    return keySize === known.keySize && (fits || valueSize === known.valueSize);
  }

  #load(enabled: EnabledProgram, maps: LoadedMaps, owner: Disposables): Loaded {
    const { kernelFunction } = this.#access;
    const program = owner.use(loadProgram(enabled.spec, maps, kernelFunction));
    const { attachment } = enabled;
    if (attachment.kind === "tail-call") {
      setTailCalls(maps.get(attachment.map), attachment.indexes, program.descriptor);
    }
    return { enabled, program };
  }

  #attach(programs: readonly Loaded[]): Attached {
    const placed = programs
      .map(({ enabled, program }) => ({ program: program.descriptor, place: enabled.attachment }))
      .filter(({ place }) => place.kind !== "session" && place.kind !== "tail-call");
    return this.#access.attach(placed);
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
    for (const module of [...this.#late.keys()]) this.forget(module);
    this.#attached?.[Symbol.dispose]();
    this.#attached = undefined;
  }

  /** The drop counters of all possible CPUs. */
  readDrops(): ArrayBuffer {
    const { spec, descriptor } = this.maps.get(mapNames.drops);
    const counters = new ArrayBuffer(spec.valueSize * this.#access.possibleCpus);
    lookupElement(descriptor, new ArrayBuffer(4), counters);
    return counters;
  }

  /** Firings for which the kernel did not run a program of ours, as another was in the middle of it. */
  readMisses(): bigint {
    let misses = 0n;
    for (const { enabled, program } of this.#programs) {
      const { attachment } = enabled;
      if (attachment.kind !== "function-trampoline" || !attachment.missesOthers) continue;
      misses += missedRuns(program.descriptor);
    }
    return misses;
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
