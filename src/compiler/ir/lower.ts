/** The back end: IR functions in, eBPF functions out. */

import type { FunctionSpec } from "../../bpf/program-spec.ts";
import { buildIntervals } from "./allocation/build-intervals.ts";
import { allocateRegisters } from "./allocation/linear-scan.ts";
import { analyzeLiveness } from "./allocation/liveness.ts";
import { rewrite } from "./allocation/rewrite.ts";
import type { IrFunction } from "./ir.ts";
import { type ListedFunction, markStatements, unmark } from "./listing.ts";
import { emitBlocks } from "./machine/emit.ts";
import { frameLimit, layOutFrame } from "./machine/frame.ts";
import { findTooFarJump } from "./machine/jump-range.ts";
import { selectInstructions } from "./machine/select.ts";
import { calledFunctions } from "./passes/called-functions.ts";
import { optimize } from "./passes/optimize.ts";

export interface BackEndTarget {
  /** Signed division and sign-extending moves (kernel 6.6). */
  readonly instructionSetV4: boolean;
  /** Tells what the code was made of. */
  readonly listing?: boolean;
}

/** A function wants more stack than the kernel gives. */
export interface FrameOverflow {
  readonly kind: "frame-overflow";
  readonly function: string;
  /** Sizes of what the function asked for by name, largest first. */
  readonly slots: readonly number[];
  /** Bytes for values that found no register. */
  readonly spilled: number;
  readonly limit: number;
}

/** A jump that 16 bits do not reach. */
export interface FunctionTooLarge {
  readonly kind: "function-too-large";
  readonly function: string;
  /** In 8-byte slots. */
  readonly size: number;
}

export type GeneratedCode =
  | {
      readonly kind: "code";
      readonly functions: readonly FunctionSpec[];
      /** As many as functions where `listing` was asked for, else none. */
      readonly listing: readonly ListedFunction[];
    }
  | FrameOverflow
  | FunctionTooLarge;

export function generateCode(
  functions: readonly IrFunction[],
  target: BackEndTarget,
): GeneratedCode {
  const specs: FunctionSpec[] = [];
  const listing: ListedFunction[] = [];
  for (const irFunction of calledFunctions(functions.map(optimize))) {
    const marks = target.listing ? markStatements(irFunction) : undefined;
    const generated = generateFunction(marks?.marked ?? irFunction, target);
    if ("kind" in generated) return generated;
    if (marks) {
      const { instructions, origins } = unmark(generated.instructions, marks);
      specs.push({ ...generated, instructions });
      listing.push({ ir: irFunction, origins });
    } else {
      specs.push(generated);
    }
  }
  return { kind: "code", functions: specs, listing };
}

function generateFunction(
  irFunction: IrFunction,
  target: BackEndTarget,
): FunctionSpec | FrameOverflow | FunctionTooLarge {
  const frame = layOutFrame(irFunction.frameSlots);
  const machine = selectInstructions(irFunction, frame, target);
  const liveness = analyzeLiveness(machine);
  const intervals = buildIntervals(machine, liveness, irFunction.name);
  const allocation = allocateRegisters(intervals);
  const { blocks, frameSize } = rewrite(machine, liveness, intervals, allocation, frame.size);
  if (frameSize > frameLimit) {
    return {
      kind: "frame-overflow",
      function: irFunction.name,
      slots: irFunction.frameSlots.toSorted((left, right) => right - left),
      spilled: frameSize - frame.size,
      limit: frameLimit,
    };
  }
  const labelPrefix = irFunction.role === "entry" ? "" : `${irFunction.name}.`;
  const instructions = emitBlocks(blocks, labelPrefix);
  const size = findTooFarJump(instructions);
  if (size !== undefined) return { kind: "function-too-large", function: irFunction.name, size };
  const { name, role, parameterCount } = irFunction;
  return { name, role, parameterCount, instructions };
}
