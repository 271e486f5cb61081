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

/** Attaches loaded programs; disposing of the result detaches them. */
export type Attach = (programs: readonly PlacedProgram[]) => Disposable;

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

export class LoadedEnabling implements Disposable {
  readonly maps: LoadedMaps;
  readonly state: SessionState;
  readonly rings: readonly RingCursor[];
  readonly #access: KernelAccess;
  readonly #programs: readonly Loaded[];
  readonly #owned = new Disposables();
  readonly #links = new Disposables();

  constructor(enabling: Enabling, access: KernelAccess) {
    this.#access = access;
    try {
      this.maps = this.#owned.use(LoadedMaps.create(enabling.maps));
      this.state = new SessionState(this.#stateMemory());
      this.rings = openRings(this.maps, access.possibleCpus, this.#owned);
      this.#programs = enabling.programs.map((enabled) => ({
        enabled,
        program: this.#owned.use(loadProgram(enabled.spec, this.maps, access.kernelFunction)),
      }));
    } catch (error) {
      this.#owned[Symbol.dispose]();
      throw error;
    }
  }

  attach(): void {
    primeMaps(this.maps.all());
    const placed = this.#programs
      .map(({ enabled, program }) => ({ program: program.descriptor, place: enabled.attachment }))
      .filter(({ place }) => place.kind !== "session");
    this.#links.use(this.#access.attach(placed));
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
    this.#links[Symbol.dispose]();
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
