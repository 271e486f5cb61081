/** Where every variable of a program is kept; made once, before any code. */

import type { MapSpec } from "../../../bpf/map-spec.ts";
import type {
  CheckedExpression,
  CheckedProgram,
  ClauseBody,
  SubroutineName,
  Variable,
} from "../../check/checked-program.ts";
import { mapNames } from "../../runtime-layout.ts";
import type { DType } from "../../types/d-type.ts";
import { isString, sizeOf } from "../../types/type-queries.ts";
import { type HandoverPlan, planHandover } from "../firing/handover.ts";
import { type MapRegistry, roundUp } from "../firing/map-registry.ts";
import { scratchHeaderSize } from "../firing/scratch.ts";
import type { CodegenOptions } from "../options.ts";
import { shapeOfType } from "../shapes.ts";
import { scalarOf } from "../values/scalar.ts";
import { expressionsOf } from "../walk.ts";

export interface KeyComponent {
  readonly offset: number;
  readonly size: number;
}

export interface ArrayPlan {
  readonly map: string;
  readonly keys: readonly KeyComponent[];
  readonly keySize: number;
  readonly valueSize: number;
  /** Where in the key the thread stands: 8 bytes id, 8 bytes start time. Undefined for globals. */
  readonly threadOffset: number | undefined;
}

export interface VariablePlan {
  /** In the `state` map. */
  readonly globals: ReadonlyMap<number, number>;
  /** All of them in the `state` map. */
  readonly globalRange: { readonly start: number; readonly size: number };
  /** In the thread's structure. */
  readonly threads: ReadonlyMap<number, number>;
  /** Bytes of the thread's structure. */
  readonly threadSize: number;
  /** In the scratch slot: clause variables that are no numbers. */
  readonly clauses: ReadonlyMap<number, { readonly offset: number; readonly size: number }>;
  readonly arrays: ReadonlyMap<number, ArrayPlan>;
  /**
   * In the scratch slot, where the program calls strtok(): a word, 0 or one more than the position
   * it goes on from, and room for the string twice.
   */
  readonly tokens: number | undefined;
  /** In the scratch slot, where firings have several programs. */
  readonly handover: HandoverPlan | undefined;
  /** Where clause variables end in the scratch slot. */
  readonly scratchEnd: number;
  /** Bytes for alloca() and copyin() in the slot; 0 where the program has neither. */
  readonly dynamicSize: number;
}

export function planVariables(
  program: CheckedProgram,
  {
    options,
    maps,
    longBodies,
  }: {
    readonly options: CodegenOptions;
    readonly maps: MapRegistry;
    /** Of probes whose clauses may need several programs. */
    readonly longBodies: readonly ClauseBody[];
  },
): VariablePlan {
  const { variables } = program;
  const globals = new Map<number, number>();
  const threads = new Map<number, number>();
  const clauses = new Map<number, { readonly offset: number; readonly size: number }>();
  const arrays = new Map<number, ArrayPlan>();
  const globalStart = maps.allocateState(0);
  let threadSize = 0;
  let scratchEnd: number = scratchHeaderSize;

  for (const variable of variables) {
    const size = roundUp(storageSize(variable.type, options), 8);
    if (variable.keys) {
      arrays.set(variable.id, planArray(variable, variable.keys, options));
    } else if (variable.scope === "global") {
      globals.set(variable.id, maps.allocateState(size));
    } else if (variable.scope === "thread") {
      threads.set(variable.id, threadSize);
      threadSize += size;
    } else if (!scalarOf(variable.type)) {
      clauses.set(variable.id, { offset: scratchEnd, size });
      scratchEnd += size;
    }
  }
  const tokens = callsStrtok(program) ? scratchEnd : undefined;
  if (tokens !== undefined) scratchEnd += 8 + 2 * roundUp(options.strsize, 8);
  const handover = longBodies.length > 0 ? planHandover(scratchEnd, longBodies) : undefined;
  if (handover) scratchEnd = handover.end;
  if (threadSize > 0) maps.add(threadMap(threadSize));
  addArrayMaps(arrays, options, maps);
  return {
    globals,
    globalRange: { start: globalStart, size: maps.allocateState(0) - globalStart },
    threads,
    threadSize,
    clauses,
    arrays,
    tokens,
    handover,
    scratchEnd,
    dynamicSize: dynamicSize(program, options),
  };
}

const callsStrtok = ({ clauses }: CheckedProgram): boolean =>
  clauses.some(({ body }) =>
    [...expressionsOf(body)].some(
      (expression) => expression.kind === "call" && expression.subroutine === "strtok",
    ),
  );

const smallestDynamic = 16_384;

/** What gives pointers into the region makes it necessary. */
function dynamicSize({ clauses }: CheckedProgram, { strsize }: CodegenOptions): number {
  const allocates = clauses.some(({ body }) => [...expressionsOf(body)].some(needsDynamic));
  return allocates ? Math.max(smallestDynamic, roundUp(4 * strsize, 8)) : 0;
}

function needsDynamic(expression: CheckedExpression): boolean {
  return expression.kind === "call" && usesDynamic.has(expression.subroutine);
}

const usesDynamic: ReadonlySet<SubroutineName> = new Set<SubroutineName>([
  "alloca",
  "bcopy",
  "copyin",
  "copyinto",
  "copyout",
]);

/** Bytes of a variable's value in memory. */
export function storageSize(type: DType, options: CodegenOptions): number {
  return isString(type) ? options.strsize : Math.max(1, sizeOf(type));
}

/** Bytes at a location: a string that is part of a structure or array has its type's size. */
export function locationSize({ kind, type }: CheckedExpression, options: CodegenOptions): number {
  const isPart = kind === "member" || kind === "index" || kind === "dereference";
  return isPart ? Math.max(1, sizeOf(type)) : storageSize(type, options);
}

function threadMap(valueSize: number): MapSpec {
  return {
    name: mapNames.threadVariables,
    type: "task-storage",
    keySize: 4,
    valueSize,
    maxEntries: 0,
    flags: ["no-preallocation"],
  };
}

function planArray(
  { id, scope, type }: Variable,
  keyTypes: readonly DType[],
  options: CodegenOptions,
): ArrayPlan {
  let offset = 0;
  const keys = keyTypes.map((keyType) => {
    // Every component takes whole words, so that keys are written and compared by words.
    const component = { offset, size: shapeOfType(keyType, options).size };
    offset += roundUp(component.size, 8);
    return component;
  });
  const threadOffset = scope === "thread" ? offset : undefined;
  return {
    map: `array_${id}`,
    keys,
    keySize: threadOffset === undefined ? offset : offset + 16,
    valueSize: roundUp(storageSize(type, options), 8),
    threadOffset,
  };
}

/** The kernel's own cost of a hash element (`struct htab_elem`, kernel/bpf/hashtab.c). */
const elementOverhead = 48;

function addArrayMaps(
  arrays: ReadonlyMap<number, ArrayPlan>,
  { dynvarsize }: CodegenOptions,
  maps: MapRegistry,
): void {
  for (const { map, keySize, valueSize } of arrays.values()) {
    const share = Math.floor(dynvarsize / arrays.size);
    maps.add({
      name: map,
      type: "hash",
      keySize,
      valueSize,
      maxEntries: Math.max(1, Math.floor(share / (keySize + valueSize + elementOverhead))),
      flags: ["no-preallocation"],
    });
  }
}
