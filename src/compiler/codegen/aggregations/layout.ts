/** How an aggregation's keys and values lie in its map. */

import type {
  AggregatingFunction,
  Aggregation,
  CheckedProgram,
} from "../../check/checked-program.ts";
import type { AggregationLayout, FieldShape, KeyForms } from "../../enabling.ts";
import { aggregationWords, bucketCount, isTooLargePerCpu } from "../../runtime-layout.ts";
import type { MapRegistry } from "../firing/map-registry.ts";
import { roundUp } from "../firing/map-registry.ts";
import type { CodegenOptions } from "../options.ts";
import { chargedShape, FieldAllocator, shapeOf, shapeOfType } from "../shapes.ts";

export function layOutAggregations(
  program: CheckedProgram,
  options: CodegenOptions,
  maps: MapRegistry,
): Map<Aggregation, AggregationLayout> {
  const uses = keyUses(program, options);
  const layouts = new Map<Aggregation, AggregationLayout>();
  for (const aggregation of program.aggregations) {
    const used = uses.get(aggregation) ?? [];
    const keys = aggregation.keys.map((type, position) => {
      const [first, ...others] = used.flatMap((shapes) => shapes[position] ?? []);
      if (!first) return shapeOfType(type, options);
      return others.reduce((known, shape) => agree(shape, known, options), first);
    });
    const layout = layOut(aggregation, keys, formsOf(used));
    layouts.set(aggregation, layout);
    addMap(layout, { options, maps, count: program.aggregations.length });
  }
  return layouts;
}

function layOut(
  aggregation: Aggregation,
  shapes: readonly FieldShape[],
  forms: readonly (readonly FieldShape[])[],
): AggregationLayout {
  const allocator = new FieldAllocator(0);
  const keys = shapes.map((shape) => allocator.allocate(shape));
  const formOffset = forms.length > 1 ? allocator.allocate(formShape).offset : undefined;
  const words = valueWords(aggregation.function);
  const keySize = keys.length > 0 ? allocator.alignedSize : 4;
  return {
    id: aggregation.id,
    name: aggregation.name,
    function: aggregation.function,
    map: `aggregation_${aggregation.id}`,
    keySize,
    cpuOffset: keys.length > 0 ? roundUp(keySize, 4) : undefined,
    keys,
    forms: formOffset === undefined ? undefined : { offset: formOffset, shapes: forms },
    valueSize: (aggregation.cleared ? words + 1 : words) * 8,
    generationOffset: aggregation.cleared ? words * 8 : undefined,
  };
}

const formShape: FieldShape = { kind: "integer", size: 4, signed: false };

function valueWords(aggregating: AggregatingFunction): number {
  switch (aggregating.name) {
    case "lquantize":
    case "llquantize":
      return bucketCount(aggregating);
    case "quantize":
      return bucketCount({ name: "quantize" });
    default:
      return aggregationWords[aggregating.name];
  }
}

/** The shapes of the keys wherever an aggregation is used. */
function keyUses(
  { clauses }: CheckedProgram,
  options: CodegenOptions,
): ReadonlyMap<Aggregation, readonly (readonly FieldShape[])[]> {
  const uses = new Map<Aggregation, (readonly FieldShape[])[]>();
  for (const body of new Set(clauses.map((clause) => clause.body))) {
    for (const statement of body.statements) {
      if (statement.kind !== "aggregate") continue;
      const known = uses.get(statement.aggregation) ?? [];
      known.push(statement.keys.map((key) => shapeOf(key, options)));
      uses.set(statement.aggregation, known);
    }
  }
  return uses;
}

/** One for all keys whose integers have the same sizes. */
function formsOf(uses: readonly (readonly FieldShape[])[]): readonly (readonly FieldShape[])[] {
  return [...new Map(uses.map((shapes) => [integerSizes(shapes), shapes])).values()];
}

const integerSizes = (shapes: readonly FieldShape[]): string =>
  shapes.map(({ kind, size }) => (kind === "integer" ? size : "")).join();

/** The number of the form that keys of these shapes have. */
export function formNumber({ shapes }: KeyForms, used: readonly FieldShape[]): number {
  return shapes.findIndex((form) => integerSizes(form) === integerSizes(used));
}

/** The shape that holds what both give; what one gives where nothing does. */
function agree(one: FieldShape, other: FieldShape, options: CodegenOptions): FieldShape {
  if (one.kind === "string" && other.kind === "string") return one.size > other.size ? one : other;
  if (one.kind === "probe-name" && other.kind === "probe-name" && one.part === other.part)
    return one;
  if (one.kind === "integer" && other.kind === "integer") {
    return one.size > other.size ? one : other;
  }
  const isText = ({ kind }: FieldShape): boolean => kind === "string" || kind === "probe-name";
  return isText(one) && isText(other) ? { kind: "string", size: options.strsize } : one;
}

/** The kernel's own cost of a hash element (kernel/bpf/hashtab.c). */
const elementOverhead = 48;

/**
 * Elements are never given back while the program runs, where Solaris empties its buffer at every
 * `aggrate`: so that a small `aggsize` does for many keys over time, there is room for so many.
 */
const fewestElements = 1024;

/** Whether one key and its value fit in `aggsize`: if not, every key is a drop. */
export function fitsBuffer(layout: AggregationLayout, options: CodegenOptions): boolean {
  const charged = new FieldAllocator(0);
  for (const { shape } of layout.keys) charged.allocate(chargedShape(shape, options));
  return charged.size + layout.valueSize <= options.aggsize;
}

function addMap(
  { map, keySize, cpuOffset, valueSize }: AggregationLayout,
  { options, maps, count }: { options: CodegenOptions; maps: MapRegistry; count: number },
): void {
  if (cpuOffset === undefined) {
    const byCpu = isTooLargePerCpu(valueSize);
    maps.add({
      name: map,
      type: byCpu ? "array" : "percpu-array",
      keySize,
      valueSize,
      maxEntries: byCpu ? maps.possibleCpus : 1,
      flags: [],
    });
    return;
  }
  maps.useZeros(valueSize);
  const share = Math.floor(options.aggsize / count);
  maps.add({
    name: map,
    type: "hash",
    keySize: cpuOffset + 4,
    valueSize,
    maxEntries: Math.max(
      fewestElements,
      Math.floor(share / (keySize + valueSize + elementOverhead)),
    ),
    flags: ["no-preallocation"],
  });
}
