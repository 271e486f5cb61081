/** Assignments and increments, in place where they can be. */

import type { CheckedExpression, CheckedLocation } from "../../check/checked-program.ts";
import type { Value } from "../../ir/ir.ts";
import { isString } from "../../types/type-queries.ts";
import { clearMemory, copyBytes, pointerTo } from "../copying.ts";
import type { Firing } from "../firing/firing.ts";
import { type Memory, scratchTemporary } from "../firing/scratch.ts";
import { storeString } from "../strings/materialize.ts";
import { emptyForNull, generateString } from "../strings/operand.ts";
import { generateArithmetic } from "../values/arithmetic.ts";
import { storeBitField } from "../values/bit-field.ts";
import { generateValue } from "../values/expression.ts";
import { generateLocation, type Location, loadScalar } from "../values/location.ts";
import { addressScalar, type Scalar, scalarOf, storedScalar } from "../values/scalar.ts";
import { rootOf } from "../walk.ts";
import {
  elementKey,
  elementValue,
  lookUpElement,
  storeElement,
  updateElement,
} from "./associative.ts";
import { createThreadVariables, locateVariable } from "./locate.ts";
import { ownMemory } from "./own-memory.ts";
import { locationSize } from "./variable-plan.ts";

type Assign = Extract<CheckedExpression, { kind: "assign" }>;
type Increment = Extract<CheckedExpression, { kind: "increment" }>;

/** The value assigned; for strings and structures, whose value nobody asks for here, 0. */
export function generateAssignment(firing: Firing, assign: Assign): Value {
  const { target } = assign;
  const scalar = scalarOf(target.type);
  if (!scalar) {
    assignBytes(firing, target, assign.value);
    return 0n;
  }
  return updateNumber(firing, target, (old) => {
    const value = generateValue(firing, assign.value);
    if (!assign.operator) return value;
    const operands = { operator: assign.operator, left: old(), right: value };
    return generateArithmetic(firing, operands, scalar);
  }).now;
}

export function generateIncrement(firing: Firing, { target, by, gives }: Increment): Value {
  const scalar = scalarOf(target.type) ?? addressScalar;
  let before: Value = 0n;
  const { now } = updateNumber(firing, target, (old) => {
    before = old();
    return generateArithmetic(firing, { operator: "+", left: before, right: by }, scalar);
  });
  return gives === "old" ? before : now;
}

/** As a statement: what is added to a global variable is added atomically, so that none is lost. */
export function generateAssignmentStatement(firing: Firing, expression: Assign | Increment): void {
  const addition = additionOf(firing, expression);
  if (!addition) {
    if (expression.kind === "assign") generateAssignment(firing, expression);
    else generateIncrement(firing, expression);
    return;
  }
  const { location } = addition;
  firing.emitter.atomicAdd(location.base, location.offset, 8, addition.value());
}

interface Addition {
  readonly location: Memory;
  value(): Value;
}

function additionOf(firing: Firing, expression: Assign | Increment): Addition | undefined {
  const { target } = expression;
  if (target.kind !== "variable" || target.variable.scope !== "global") return undefined;
  if (!scalarOf(target.type)) return undefined;
  if (expression.kind === "assign" && expression.operator !== "+") return undefined;
  const location = locateVariable(firing, target.variable);
  if (location.kind !== "memory") return undefined;
  const value = (): Value =>
    expression.kind === "assign" ? generateValue(firing, expression.value) : expression.by;
  return { location, value };
}

interface Updated {
  readonly now: Value;
}

/** `compute` is given the old value if it asks, before or after its other operands. */
function updateNumber(
  firing: Firing,
  target: CheckedLocation,
  compute: (old: () => Value) => Value,
): Updated {
  if (target.kind === "element") {
    // The value first: it may look up another element and use the frame for its key.
    let element: ReturnType<typeof lookUpElement> | undefined;
    const now = compute(() => {
      element = lookUpElement(firing, target);
      return elementValue(firing, element);
    });
    storeElement(firing, element ?? lookUpElement(firing, target), now);
    return { now };
  }
  if (target.kind === "variable") {
    const now = compute(() => loadScalar(firing, locateVariable(firing, target.variable), target));
    storeNumber(firing, target, locateVariable(firing, target.variable), now);
    return { now };
  }
  const location = locationForStore(firing, target);
  const now = compute(() => loadScalar(firing, location, target));
  storeNumber(firing, target, location, now);
  return { now };
}

function storeNumber(
  firing: Firing,
  target: CheckedLocation,
  location: Location,
  value: Value,
): void {
  const { emitter } = firing;
  const scalar = storedScalar(target);
  if (target.kind === "member" && target.member.bitSize !== undefined) {
    storeBitField(firing, location, target.member, value);
    return;
  }
  switch (location.kind) {
    case "register":
      emitter.copy(location.register, value);
      return;
    case "memory":
      storePresent(firing, location, scalar, value);
      return;
    case "object":
    case "address": {
      const memory = ownMemory(firing, location, scalar.size);
      emitter.store(memory.base, memory.offset, scalar.size, value);
      return;
    }
  }
}

type MemoryLocation = Extract<Location, { kind: "memory" }>;

function storePresent(
  firing: Firing,
  { base, offset, nullable }: MemoryLocation,
  { size }: Scalar,
  value: Value,
): void {
  const { emitter } = firing;
  if (!nullable) {
    emitter.store(base, offset, size, value);
    return;
  }
  const skip = emitter.block();
  emitter.whenRarely({ comparison: "==", left: base, right: 0n }, () => {
    // Nothing is made for a zero: absent variables read as zero.
    emitter.leaveWhen({ comparison: "==", left: value, right: 0n }, skip);
    if (base === firing.thread.base) createThreadVariables(firing);
    emitter.leaveWhen({ comparison: "==", left: base, right: 0n }, skip);
  });
  emitter.store(base, offset, size, value);
  emitter.place(skip);
}

/** The object that a member or element assigned to is part of must be there first. */
function locationForStore(firing: Firing, target: CheckedLocation): Location {
  const root = rootOf(target);
  if (root.kind === "variable" && root.variable.scope === "thread") createThreadVariables(firing);
  if (root.kind !== "element") return generateLocation(firing, target);

  const { plan, key } = elementKey(firing, root);
  const zeros = scratchTemporary(firing, plan.valueSize);
  clearMemory(firing.emitter, zeros, plan.valueSize);
  const { emitter } = firing;
  const onlyIfAbsent = 1n;
  emitter.call(
    "bpf_map_update_elem",
    emitter.map(plan.map),
    pointerTo(emitter, key),
    pointerTo(emitter, zeros),
    onlyIfAbsent,
  );
  return generateLocation(firing, target);
}

/** Strings and structures. */
function assignBytes(firing: Firing, target: CheckedLocation, value: CheckedExpression): void {
  const { emitter, enabling } = firing;
  const size = locationSize(target, enabling.options);
  if (target.kind === "element") {
    const memory = scratchTemporary(firing, size + 8);
    storeBytes(firing, value, memory, size);
    const { plan, key } = elementKey(firing, target);
    updateElement(firing, plan, key, memory);
    return;
  }
  const location = locationForStore(firing, target);
  if (location.kind === "register") return;
  if (location.kind === "memory") {
    const store = (): void => storeBytes(firing, value, location, size);
    if (location.nullable)
      emitter.when({ comparison: "!=", left: location.base, right: 0n }, store);
    else store();
    return;
  }
  storeBytes(firing, value, ownMemory(firing, location, size), size);
}

function storeBytes(firing: Firing, value: CheckedExpression, memory: Memory, size: number): void {
  if (isString(value.type)) {
    storeString(firing, emptyForNull(generateString(firing, value)), { memory, size });
  } else {
    copyBytes(firing, generateLocation(firing, value), memory, size);
  }
}
