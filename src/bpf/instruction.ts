/**
 * eBPF instructions as values. Jumps name labels and map references name maps: an instruction
 * holds no descriptor and no offset, so a program is plain data until `encode` is given both.
 */

import type { TextSpan } from "../base/text-span.ts";
import type { HelperName } from "./helpers.ts";

/** r0 result, r1–r5 arguments (lost by calls), r6–r9 kept by calls, r10 the frame. */
export type Register = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** Bytes moved by a load, a store or an atomic operation. */
export type AccessSize = 1 | 2 | 4 | 8;

/** `s/` and `s%` need instruction set v4 (kernel 6.6); `s>>` is everywhere. */
export type AluOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "s/"
  | "s%"
  | "|"
  | "&"
  | "^"
  | "<<"
  | ">>"
  | "s>>";

/** `s` marks the signed ones; `&` jumps where the operands share a bit. */
export type Comparison = "==" | "!=" | ">" | ">=" | "<" | "<=" | "s>" | "s>=" | "s<" | "s<=" | "&";

export type AtomicOperation = "+" | "|" | "&" | "^" | "exchange" | "compare-exchange";

/** A register, or a 32-bit immediate that the kernel sign-extends. */
export type Operand = { readonly register: Register } | { readonly immediate: number };

/** Unique within a program. */
export type Label = string;

export type Instruction =
  | {
      readonly op: "alu";
      readonly operator: AluOperator;
      readonly width: 32 | 64;
      readonly into: Register;
      readonly by: Operand;
    }
  | {
      readonly op: "move";
      readonly width: 32 | 64;
      readonly into: Register;
      readonly from: Operand;
    }
  | { readonly op: "negate"; readonly width: 32 | 64; readonly into: Register }
  /** Converts between host and big-endian order, and clears the bits above `bits`. */
  | { readonly op: "to-big-endian"; readonly bits: 16 | 32 | 64; readonly into: Register }
  | { readonly op: "load-immediate"; readonly into: Register; readonly value: bigint }
  /** The map itself, as helpers want it. */
  | { readonly op: "load-map"; readonly into: Register; readonly map: string }
  /** The address of a byte inside the single value of an array map. */
  | {
      readonly op: "load-map-value";
      readonly into: Register;
      readonly map: string;
      readonly offset: number;
    }
  /** The address of a callback for `bpf_loop` and its like. */
  | { readonly op: "load-function"; readonly into: Register; readonly function: string }
  | {
      readonly op: "load";
      readonly into: Register;
      readonly base: Register;
      readonly offset: number;
      readonly size: AccessSize;
    }
  | {
      readonly op: "store";
      readonly base: Register;
      readonly offset: number;
      readonly size: AccessSize;
      readonly from: Operand;
    }
  /** `compare-exchange` compares with r0 and leaves the old value there. */
  | {
      readonly op: "atomic";
      readonly operation: AtomicOperation;
      readonly fetch: boolean;
      readonly size: 4 | 8;
      readonly base: Register;
      readonly offset: number;
      readonly from: Register;
    }
  | { readonly op: "jump"; readonly target: Label }
  | {
      readonly op: "jump-if";
      readonly comparison: Comparison;
      readonly width: 32 | 64;
      readonly left: Register;
      readonly right: Operand;
      readonly target: Label;
    }
  | { readonly op: "call-helper"; readonly helper: HelperName }
  | { readonly op: "call-kfunc"; readonly name: string }
  | { readonly op: "call-function"; readonly function: string }
  | { readonly op: "exit" }
  | { readonly op: "label"; readonly label: Label };

/** An instruction with the piece of D source it was made for. */
export interface PlacedInstruction {
  readonly instruction: Instruction;
  readonly span: TextSpan | undefined;
}
