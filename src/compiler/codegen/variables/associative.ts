/** Associative arrays: elements of hash maps, absent until something other than 0 is stored. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { pointerTo } from "../copying.ts";
import { countDrop } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { kernelOffset } from "../firing/kernel-structures.ts";
import type { Memory } from "../firing/scratch.ts";
import type { Location } from "../values/location.ts";
import { keyMemory, storeKeyWord } from "./key.ts";
import type { ArrayPlan } from "./variable-plan.ts";

type ElementExpression = Extract<CheckedExpression, { kind: "element" }>;

export interface Element {
  readonly plan: ArrayPlan;
  readonly key: Memory;
  /** The value's memory; 0 where there is no such element. */
  readonly found: Virtual;
}

export function locateElement(firing: Firing, expression: ElementExpression): Location {
  const { found } = lookUpElement(firing, expression);
  return { kind: "memory", base: found, offset: 0, nullable: true };
}

export function lookUpElement(firing: Firing, expression: ElementExpression): Element {
  const { plan, key } = elementKey(firing, expression);
  return { plan, key, found: lookUp(firing, plan, key) };
}

export function elementKey(
  firing: Firing,
  { variable, keys }: ElementExpression,
): { readonly plan: ArrayPlan; readonly key: Memory } {
  const plan = firing.enabling.variables.arrays.get(variable.id);
  if (!plan) throw new Error(`no map for ${variable.name}[]`);
  const key = keyMemory(firing, plan.keySize);
  for (const [position, expression] of keys.entries()) {
    const component = plan.keys[position];
    if (!component) throw new Error(`${variable.name}[] has fewer keys`);
    const memory = { base: key.base, offset: key.offset + component.offset };
    storeKeyWord(firing, expression, memory, component.size);
  }
  if (plan.threadOffset !== undefined) storeThread(firing, key, plan.threadOffset);
  return { plan, key };
}

/** A thread id is used again after its thread's end: the start time tells the two apart. */
function storeThread(firing: Firing, key: Memory, offset: number): void {
  const { emitter } = firing;
  const thread = emitter.extend(emitter.callOnce("bpf_get_current_pid_tgid"), 4, false);
  const task = emitter.callOnce("bpf_get_current_task_btf");
  const start = emitter.load(task, kernelOffset(firing, "start_time"), 8);
  emitter.store(key.base, key.offset + offset, 8, thread);
  emitter.store(key.base, key.offset + offset + 8, 8, start);
}

export function lookUp({ emitter }: Firing, plan: ArrayPlan, key: Memory): Virtual {
  return emitter.call("bpf_map_lookup_elem", emitter.map(plan.map), pointerTo(emitter, key));
}

/** Stores a number in place, makes the element, or deletes it where the number is 0. */
export function storeElement(firing: Firing, element: Element, value: Value): void {
  const { emitter } = firing;
  const { found, plan, key } = element;
  if (value === 0n) {
    deleteElement(firing, plan, key);
    return;
  }
  const store = (): void =>
    emitter.either(
      { comparison: "!=", left: found, right: 0n },
      () => emitter.store(found, 0, 8, value),
      () => {
        const fresh = emitter.frameAddress(emitter.temporary(8));
        emitter.store(fresh, 0, 8, value);
        updateElement(firing, plan, key, { base: fresh, offset: 0 });
      },
    );
  if (typeof value === "bigint") store();
  else {
    emitter.either({ comparison: "!=", left: value, right: 0n }, store, () =>
      deleteElement(firing, plan, key),
    );
  }
}

/** A full array is a counted drop. */
export function updateElement(firing: Firing, plan: ArrayPlan, key: Memory, value: Memory): void {
  const { emitter } = firing;
  const failed = emitter.call(
    "bpf_map_update_elem",
    emitter.map(plan.map),
    pointerTo(emitter, key),
    pointerTo(emitter, value),
    0n,
  );
  emitter.whenRarely({ comparison: "!=", left: failed, right: 0n }, () =>
    countDrop(emitter, "dynamicVariable"),
  );
}

function deleteElement({ emitter }: Firing, plan: ArrayPlan, key: Memory): void {
  emitter.call("bpf_map_delete_elem", emitter.map(plan.map), pointerTo(emitter, key));
}

/** The element's number, 0 where there is none. */
export function elementValue(firing: Firing, { found }: Element): Virtual {
  const { emitter } = firing;
  const value = emitter.set(0n);
  emitter.when({ comparison: "!=", left: found, right: 0n }, () =>
    emitter.copy(value, emitter.load(found, 0, 8)),
  );
  return value;
}
