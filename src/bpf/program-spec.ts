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

export interface FunctionSpec {
  /** The first function is the program's entry. */
  readonly name: string;
  readonly role: "entry" | "subprogram" | "callback";
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
