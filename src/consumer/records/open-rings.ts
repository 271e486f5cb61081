/** The principal buffer's rings, mapped into memory. */

import { mapNames, mostNamedRings, ringName } from "../../compiler/runtime-layout.ts";
import type { Disposables } from "../../kernel/descriptor.ts";
import type { LoadedMaps } from "../../kernel/load.ts";
import { RingMemory } from "../../kernel/memory.ts";
import { RingCursor } from "./ring-cursor.ts";

/** One for each possible CPU, in their order. `owner` gives them back. */
export function openRings(
  maps: LoadedMaps,
  possibleCpus: number,
  owner: Disposables,
): readonly RingCursor[] {
  return ringsOf(maps, possibleCpus).map(
    ({ descriptor, size }, cpu) => new RingCursor(cpu, owner.use(new RingMemory(descriptor, size))),
  );
}

function ringsOf(maps: LoadedMaps, possibleCpus: number) {
  if (possibleCpus <= mostNamedRings) {
    return Array.from({ length: possibleCpus }, (_, cpu) => {
      const { descriptor, spec } = maps.get(ringName(cpu));
      return { descriptor, size: spec.maxEntries };
    });
  }
  const { spec, inner } = maps.get(mapNames.buffers);
  const size = spec.inner?.maxEntries ?? 0;
  return inner.map((descriptor) => ({ descriptor, size }));
}
