/** The aggregating actions: find this CPU's value for the key, then add to it. */

import type { CheckedExpression, CheckedStatement } from "../../check/checked-program.ts";
import type { AggregationLayout, Field } from "../../enabling.ts";
import type { BlockId, Value, Virtual } from "../../ir/ir.ts";
import { isTooLargePerCpu, mapNames, stateWords } from "../../runtime-layout.ts";
import { clearMemory, pointerTo } from "../copying.ts";
import { countDrop } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { zerosMap } from "../firing/map-registry.ts";
import type { Memory } from "../firing/scratch.ts";
import { shapeOf } from "../shapes.ts";
import { generateValue } from "../values/expression.ts";
import { extendTo, scalarOf } from "../values/scalar.ts";
import { keyMemory, storeField } from "../variables/key.ts";
import { addToValue } from "./functions.ts";
import { fitsBuffer, formNumber } from "./layout.ts";

type Aggregate = Extract<CheckedStatement, { kind: "aggregate" }>;

export function generateAggregation(firing: Firing, statement: Aggregate): void {
  const { emitter, enabling, clause } = firing;
  const layout = enabling.aggregations.get(statement.aggregation);
  if (!layout) throw new Error(`no map for @${statement.aggregation.name}`);
  if (!fitsBuffer(layout, enabling.options)) {
    countDrop(emitter, "aggregation");
    return;
  }

  const key = storeKey(firing, statement, layout);
  const value = statement.value ? generateValue(firing, statement.value) : 1n;
  const increment = statement.increment ? generateValue(firing, statement.increment) : 1n;
  clause.action += 1;

  const done = emitter.block();
  const found = key ? findOrMake(firing, layout, { key, done }) : findOnly(firing, layout, done);
  const generation = storeGeneration(firing, layout, found);
  addToValue(firing, { layout, found, value, increment, generation });
  emitter.place(done);
}

/** Undefined for an aggregation without keys. */
function storeKey(
  firing: Firing,
  { keys }: Aggregate,
  layout: AggregationLayout,
): Memory | undefined {
  if (keys.length === 0) return undefined;
  const { emitter } = firing;
  const cpuOffset = layout.cpuOffset ?? layout.keySize;
  const size = cpuOffset + 4;
  const memory = keyMemory(firing, size);
  const start = layout.forms ? 8 : 4;
  const filled = layout.keys.reduce((bytes, { shape }) => bytes + shape.size, start);
  if (filled < size) clearMemory(emitter, memory, size);
  for (const [position, expression] of keys.entries()) {
    const field = layout.keys[position];
    if (!field) throw new Error(`@${layout.name} has fewer keys`);
    const at = { base: memory.base, offset: memory.offset + field.offset };
    if (layout.forms && field.shape.kind === "integer") storeWide(firing, expression, at, field);
    else storeField(firing, expression, { memory: at, shape: field.shape, padded: true });
    firing.clause.action += 1;
  }
  if (layout.forms) {
    const shapes = keys.map((expression) => shapeOf(expression, firing.enabling.options));
    const form = BigInt(formNumber(layout.forms, shapes));
    emitter.store(memory.base, memory.offset + layout.forms.offset, 4, form);
  }
  const cpu = emitter.callOnce("bpf_get_smp_processor_id");
  emitter.store(memory.base, memory.offset + cpuOffset, 4, cpu);
  return memory;
}

/** An integer in a field that may be wider: with its own sign. */
function storeWide(
  firing: Firing,
  expression: CheckedExpression,
  { base, offset }: Memory,
  { shape }: Field,
): void {
  if (shape.kind !== "integer") throw new Error("only integers are widened");
  const value = generateValue(firing, expression);
  const own = scalarOf(expression.type);
  firing.emitter.store(
    base,
    offset,
    shape.size,
    own ? extendTo(firing.emitter, value, own) : value,
  );
}

function findOnly(
  { emitter }: Firing,
  { map, valueSize }: AggregationLayout,
  done: BlockId,
): Virtual {
  const key = emitter.frameAddress(emitter.temporary(4));
  const isByCpu = isTooLargePerCpu(valueSize);
  emitter.store(key, 0, 4, isByCpu ? emitter.callOnce("bpf_get_smp_processor_id") : 0n);
  const found = emitter.call("bpf_map_lookup_elem", emitter.map(map), key);
  emitter.leaveWhen({ comparison: "==", left: found, right: 0n }, done);
  return found;
}

/** `BPF_NOEXIST` of uapi/linux/bpf.h */
const onlyIfAbsent = 1n;

/** A new element starts as zeros; a full map is a counted drop and goes to `done`. */
function findOrMake(
  { emitter }: Firing,
  { map }: AggregationLayout,
  { key, done }: { readonly key: Memory; readonly done: BlockId },
): Virtual {
  const found = emitter.fresh();
  const lookUp = (): void =>
    emitter.copy(
      found,
      emitter.call("bpf_map_lookup_elem", emitter.map(map), pointerTo(emitter, key)),
    );
  lookUp();
  emitter.whenRarely({ comparison: "==", left: found, right: 0n }, () => {
    emitter.call(
      "bpf_map_update_elem",
      emitter.map(map),
      pointerTo(emitter, key),
      emitter.mapValue(zerosMap, 0),
      onlyIfAbsent,
    );
    lookUp();
    emitter.whenRarely({ comparison: "==", left: found, right: 0n }, () => {
      countDrop(emitter, "aggregation");
      emitter.jump(done);
    });
  });
  return found;
}

interface Generation {
  readonly now: Virtual;
  /** What was stored beside the value before. */
  readonly before: Virtual;
}

/** Tells the consumer which values are newer than the last clear(). */
function storeGeneration(
  { emitter }: Firing,
  { generationOffset }: AggregationLayout,
  found: Virtual,
): Generation | undefined {
  if (generationOffset === undefined) return undefined;
  const now = emitter.load(emitter.mapValue(mapNames.state, stateWords.generation), 0, 8);
  const before = emitter.load(found, generationOffset, 8);
  emitter.store(found, generationOffset, 8, now);
  return { now, before };
}

export interface Update {
  readonly layout: AggregationLayout;
  /** This CPU's value. */
  readonly found: Virtual;
  readonly value: Value;
  readonly increment: Value;
  readonly generation: Generation | undefined;
}
