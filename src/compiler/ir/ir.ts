/**
 * The intermediate representation: three-address code over virtual 64-bit registers in basic
 * blocks. Code generation makes it, the passes of this folder improve it, the back end allocates
 * registers and turns it into eBPF. A virtual register may be assigned more than once (no SSA).
 *
 * Whether a register holds a number or one of the verifier's pointers is the business of whoever
 * builds the code: the back end keeps every value whole, 64 bits wide, and spills it aligned.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type { HelperName } from "../../bpf/helpers.ts";
import type {
  AccessSize,
  AluOperator,
  AtomicOperation,
  Comparison,
} from "../../bpf/instruction.ts";
import type { FunctionRole } from "../../bpf/program-spec.ts";

/** A virtual register: its index in the function. */
export type Virtual = number & { readonly virtual: unique symbol };

/** A block: its index in the function. Block 0 is the entry. */
export type BlockId = number & { readonly block: unique symbol };

/** A piece of the stack frame with an address: its index in the function's `frameSlots`. */
export type FrameSlot = number & { readonly frameSlot: unique symbol };

/** A register or a constant; the back end finds the encoding, 64-bit constants included. */
export type Value = Virtual | bigint;

export type IrInstruction = IrOperation & { readonly span: TextSpan | undefined };

export type IrOperation =
  | { readonly op: "copy"; readonly into: Virtual; readonly from: Value }
  /** Width 32 computes on the low halves and clears the upper half. Division by a zero value is the
   * builder's to test: eBPF gives 0 for `/` and the dividend for `%`. `s/`, `s%` are lowered where
   * the kernel lacks them. */
  | {
      readonly op: "alu";
      readonly operator: AluOperator;
      readonly width: 32 | 64;
      readonly into: Virtual;
      readonly left: Value;
      readonly right: Value;
    }
  | { readonly op: "negate"; readonly into: Virtual; readonly of: Value }
  /** Cuts to `size` bytes and extends to 64 bits with the sign or with zeros. */
  | {
      readonly op: "extend";
      readonly into: Virtual;
      readonly from: Value;
      readonly size: 1 | 2 | 4;
      readonly signed: boolean;
    }
  | {
      readonly op: "to-big-endian";
      readonly into: Virtual;
      readonly from: Value;
      readonly bits: 16 | 32 | 64;
    }
  /** `into` is 1 where the comparison holds, else 0. */
  | {
      readonly op: "compare";
      readonly comparison: Comparison;
      readonly into: Virtual;
      readonly left: Value;
      readonly right: Value;
    }
  /** Loads through a pointer the verifier knows; the upper bits are zero. `pure` promises that the
   * same load gives the same value for the whole firing, so that one load may serve all. */
  | {
      readonly op: "load";
      readonly into: Virtual;
      readonly base: Virtual;
      readonly offset: number;
      readonly size: AccessSize;
      readonly pure: boolean;
    }
  | {
      readonly op: "store";
      readonly base: Virtual;
      readonly offset: number;
      readonly size: AccessSize;
      readonly from: Value;
    }
  /** `into` receives the old value; `expected` goes with compare-exchange only. Without `into`
   * (allowed for `+ | & ^`) nothing is fetched. */
  | {
      readonly op: "atomic";
      readonly operation: AtomicOperation;
      readonly into: Virtual | undefined;
      readonly size: 4 | 8;
      readonly base: Virtual;
      readonly offset: number;
      readonly from: Value;
      readonly expected: Value | undefined;
    }
  /** The context pointer the kernel passed to the entry function (or argument 1 of a subprogram). */
  | { readonly op: "context"; readonly into: Virtual }
  /** Argument `index` (0–4) of this subprogram or callback. */
  | { readonly op: "parameter"; readonly into: Virtual; readonly index: number }
  | {
      readonly op: "frame-address";
      readonly into: Virtual;
      readonly slot: FrameSlot;
      readonly offset: number;
    }
  | { readonly op: "map"; readonly into: Virtual; readonly map: string }
  | {
      readonly op: "map-value";
      readonly into: Virtual;
      readonly map: string;
      readonly offset: number;
    }
  | { readonly op: "function-address"; readonly into: Virtual; readonly function: string }
  /** `pure`: no effect, and the same result for the same arguments during one firing. */
  | {
      readonly op: "call";
      readonly into: Virtual | undefined;
      readonly callee: Callee;
      readonly arguments: readonly Value[];
      readonly pure: boolean;
    };

export type Callee =
  | { readonly kind: "helper"; readonly name: HelperName }
  | { readonly kind: "kfunc"; readonly name: string }
  | { readonly kind: "function"; readonly name: string };

/** How a block ends. `branch` goes to `whenTrue` where `left comparison right` holds. */
export type Terminator =
  | { readonly op: "jump"; readonly target: BlockId; readonly span?: TextSpan | undefined }
  | {
      readonly op: "branch";
      readonly comparison: Comparison;
      readonly width: 32 | 64;
      readonly left: Value;
      readonly right: Value;
      readonly whenTrue: BlockId;
      readonly whenFalse: BlockId;
      /** The side that is rarely taken is laid out of line. */
      readonly unlikely: "true" | "false" | undefined;
      readonly span: TextSpan | undefined;
    }
  | { readonly op: "return"; readonly value: Value; readonly span?: TextSpan | undefined };

export interface Block {
  readonly instructions: readonly IrInstruction[];
  readonly terminator: Terminator;
}

export interface IrFunction {
  readonly name: string;
  readonly role: FunctionRole;
  readonly parameterCount: number;
  readonly virtualCount: number;
  /** Sizes in bytes; every slot is 8-byte aligned. */
  readonly frameSlots: readonly number[];
  readonly blocks: readonly Block[];
}
