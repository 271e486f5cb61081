/** The maps of an enabling, collected while its programs are made. */

import type { MapSpec } from "../../../bpf/map-spec.ts";
import {
  dropKinds,
  mapNames,
  mostNamedRings,
  ringName,
  scratchSlotsPerCpu,
  speculationEntries,
  stateWords,
} from "../../runtime-layout.ts";
import type { CodegenOptions } from "../options.ts";

/** A map of zeros that new elements are made from. */
export const zerosMap = mapNames.zeros;

export class MapRegistry {
  readonly #options: CodegenOptions;
  readonly possibleCpus: number;
  readonly #maps = new Map<string, MapSpec>();
  #stateSize: number;
  #zerosSize = 0;
  #scratchSize = 0;
  #sessionSlots = 0;

  constructor(options: CodegenOptions, possibleCpus: number) {
    this.#options = options;
    this.possibleCpus = possibleCpus;
    // Speculation ids start at 1; the table has a place for 0, which is never used.
    this.#stateSize = stateWords.speculations + speculationEntries(options.nspec) * 8;
  }

  /** Room for `size` bytes in the `state` map, behind what is there; gives its offset. */
  allocateState(size: number): number {
    const offset = this.#stateSize;
    this.#stateSize += roundUp(size, 8);
    return offset;
  }

  add(map: MapSpec): void {
    this.#maps.set(map.name, map);
  }

  has(name: string): boolean {
    return this.#maps.has(name);
  }

  useZeros(size: number): void {
    this.#zerosSize = Math.max(this.#zerosSize, roundUp(size, 8));
  }

  useScratch(size: number): void {
    this.#scratchSize = Math.max(this.#scratchSize, roundUp(size, 64));
  }

  useSessionSlot(): void {
    this.#sessionSlots = 1;
  }

  useScratchOwners(): void {
    this.add({
      name: mapNames.scratchOwners,
      type: "percpu-array",
      keySize: 4,
      valueSize: scratchSlotsPerCpu * 8,
      maxEntries: 1,
      flags: [],
    });
  }

  list(): readonly MapSpec[] {
    const maps = [this.#state(), ...this.#buffers(), this.#drops(), ...this.#maps.values()];
    if (this.#zerosSize > 0) maps.push(this.#zeros());
    if (this.#scratchSize > 0) maps.push(this.#scratchUse(), this.#scratch());
    return maps;
  }

  #state(): MapSpec {
    return {
      name: mapNames.state,
      type: "array",
      keySize: 4,
      valueSize: this.#stateSize,
      maxEntries: 1,
      flags: ["mappable"],
    };
  }

  #buffers(): readonly MapSpec[] {
    const ring = {
      name: "buffer",
      type: "ring-buffer",
      keySize: 0,
      valueSize: 0,
      maxEntries: ringSize(this.#options),
      flags: [],
    } as const;
    const cpus = this.possibleCpus;
    if (cpus <= mostNamedRings) {
      return Array.from({ length: cpus }, (_, cpu) => ({ ...ring, name: ringName(cpu) }));
    }
    return [
      {
        name: mapNames.buffers,
        type: "array-of-maps",
        keySize: 4,
        valueSize: 4,
        maxEntries: cpus,
        flags: [],
        inner: ring,
      },
    ];
  }

  #drops(): MapSpec {
    return {
      name: mapNames.drops,
      type: "percpu-array",
      keySize: 4,
      valueSize: dropKinds.length * 8,
      maxEntries: 1,
      flags: [],
    };
  }

  #zeros(): MapSpec {
    return {
      name: zerosMap,
      type: "array",
      keySize: 4,
      valueSize: this.#zerosSize,
      maxEntries: 1,
      flags: ["read-only-program"],
    };
  }

  #scratchUse(): MapSpec {
    return {
      name: mapNames.scratchUse,
      type: "percpu-array",
      keySize: 4,
      valueSize: 8,
      maxEntries: 1,
      flags: [],
    };
  }

  #scratch(): MapSpec {
    return {
      name: mapNames.scratch,
      type: "array",
      keySize: 4,
      valueSize: this.#scratchSize,
      maxEntries: this.possibleCpus * scratchSlotsPerCpu + this.#sessionSlots,
      flags: [],
    };
  }
}

/** The next power of two that is a multiple of the page. */
function ringSize({ bufsize, pageSize }: CodegenOptions): number {
  let size = pageSize;
  while (size < bufsize) size *= 2;
  return size;
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
