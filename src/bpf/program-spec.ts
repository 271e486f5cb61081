/** A program as a blueprint: instructions and what the kernel must be told to load them. */

import type { PlacedInstruction } from "./instruction.ts";

export type ProgramType =
  | "raw-tracepoint"
  | "tracing"
  | "kprobe"
  | "tracepoint"
  | "perf-event"
  | "syscall"
  | "socket-filter";

/** What `expected_attach_type` a program is loaded for; absent for most types. */
export type AttachType =
  | "trace-raw-tracepoint"
  | "trace-fentry"
  | "trace-fexit"
  | "kprobe-multi"
  | "kprobe-session"
  | "uprobe-multi"
  | "uprobe-session";

/**
 * A `subprogram` is verified anew for each of its calls, a `global` one once, for all arguments: its
 * first is the program's context, the others are numbers.
 */
export type FunctionRole = "entry" | "subprogram" | "global" | "callback";

export interface FunctionSpec {
  /** The first function is the program's entry. */
  readonly name: string;
  readonly role: FunctionRole;
  /** The kernel asks for it where the function is global; 1 where left out. */
  readonly parameterCount?: number;
  readonly instructions: readonly PlacedInstruction[];
}

export interface ProgramSpec {
  /** Unique within an enabling; the kernel sees its first 15 characters. */
  readonly name: string;
  readonly type: ProgramType;
  readonly attachType?: AttachType;
  /** For `tracing`: the BTF type id in vmlinux of the tracepoint typedef or function. */
  readonly attachBtfId?: number;
  readonly functions: readonly FunctionSpec[];
}

/** Generated programs call helpers that the kernel reserves for GPL-compatible ones. */
export const programLicence = "Dual MIT/GPL";
