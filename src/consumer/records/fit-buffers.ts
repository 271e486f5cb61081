/**
 * bufresize: makes the maps behind bufsize, aggsize and dynvarsize smaller until they fit in the
 * kernel's limits and in memory, or refuses them.
 */

import { constants, freemem } from "node:os";
import type { MapSpec } from "../../bpf/map-spec.ts";
import { numberOption, type Options, textOption } from "../../compiler/options/options.ts";
import { KernelError } from "../../kernel/kernel-error.ts";

export interface FittedMaps {
  readonly maps: readonly MapSpec[];
  /** What was made smaller, in dtrace(1)'s words. */
  readonly notices: readonly string[];
}

interface BufferKind {
  readonly option: "bufsize" | "aggsize" | "dynvarsize";
  readonly name: string;
  readonly includes: (map: MapSpec) => boolean;
  /** Bytes the kernel takes when the map is created. */
  readonly cost: (map: MapSpec) => number;
  /**
   * Of `maxEntries`: powers of two in 32 bits (kernel/bpf/hashtab.c), of rings what can be mapped
   * twice in a row into one ArrayBuffer.
   */
  readonly most: number;
}

const isRing = ({ type, inner }: MapSpec): boolean =>
  type === "ring-buffer" || inner?.type === "ring-buffer";
const isAggregation = ({ name, type }: MapSpec): boolean =>
  type === "hash" && name.startsWith("aggregation_");

const bucketSize = 16;

/** Elements are allocated when they are made, the table of buckets at once. */
const tableCost = ({ maxEntries }: MapSpec): number =>
  2 ** Math.ceil(Math.log2(maxEntries)) * bucketSize;

const ringCost = ({ maxEntries, inner }: MapSpec): number => maxEntries * (inner?.maxEntries ?? 1);

const bufferKinds: readonly BufferKind[] = [
  {
    option: "bufsize",
    name: "buffer size",
    includes: isRing,
    cost: ringCost,
    most: 2 ** 30,
  },
  {
    option: "aggsize",
    name: "aggregation size",
    includes: isAggregation,
    cost: tableCost,
    most: 2 ** 26,
  },
  {
    option: "dynvarsize",
    name: "dynamic variable size",
    includes: (map) => map.type === "hash" && !isAggregation(map),
    cost: tableCost,
    most: 2 ** 26,
  },
];

/** No kind of buffer takes more than this part of the memory that is available. */
const mostOfMemory = 1 / 16;

export function fitBuffers(
  maps: readonly MapSpec[],
  options: Options,
  availableMemory: () => number = freemem,
): FittedMaps {
  refuseSpeculations(options, availableMemory);
  const notices: string[] = [];
  let fitted = maps;
  for (const kind of bufferKinds) {
    const halvings = halvingsOf(maps.filter(kind.includes), kind, availableMemory);
    if (halvings === 0) continue;
    const asked = numberOption(options, kind.option);
    if (isManual(options)) throw doesNotFit(kind.name, asked);
    fitted = fitted.map((map) => (kind.includes(map) ? halved(map, halvings) : map));
    notices.push(`${kind.name} lowered to ${sizeText(asked / 2 ** halvings)}`);
  }
  return { maps: fitted, notices };
}

const isManual = (options: Options): boolean => textOption(options, "bufresize") === "manual";

/** Speculations lie in the principal buffer: their size is counted, not allocated. */
function refuseSpeculations(options: Options, availableMemory: () => number): void {
  if (!isManual(options)) return;
  const size = numberOption(options, "specsize");
  if (size * numberOption(options, "nspec") <= availableMemory()) return;
  throw doesNotFit("speculation size", size);
}

function doesNotFit(name: string, size: number): KernelError {
  return new KernelError({
    call: `${name} of ${sizeText(size)}`,
    errno: constants.errno.ENOMEM,
    remedy: "bufresize=auto takes less",
  });
}

/** How often the maps of a kind must be halved. */
function halvingsOf(
  maps: readonly MapSpec[],
  { cost, most }: BufferKind,
  availableMemory: () => number,
): number {
  const total = maps.reduce((sum, map) => sum + cost(map), 0);
  const largest = maps.reduce((size, { maxEntries, inner }) => {
    return Math.max(size, inner?.maxEntries ?? maxEntries);
  }, 0);
  if (total === 0) return 0;
  const tooMuch = total / (availableMemory() * mostOfMemory);
  return Math.max(0, Math.ceil(Math.log2(Math.max(tooMuch, largest / most))));
}

function halved(map: MapSpec, times: number): MapSpec {
  const { inner } = map;
  if (inner !== undefined) return { ...map, inner: halved(inner, times) };
  return { ...map, maxEntries: Math.max(1, Math.floor(map.maxEntries / 2 ** times)) };
}

const units = ["", "k", "m", "g", "t"];

/** `2048` → `2k`; bytes where no unit fits. */
function sizeText(size: number): string {
  let unit = 0;
  let value = size;
  while (value >= 1024 && value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 ? `${Math.floor(value)} bytes` : `${value}${units[unit]}`;
}
