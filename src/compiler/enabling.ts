/**
 * An enabling: what the compiler returns and the consumer loads. Inert data: programs, maps, where
 * each program attaches, and how to read every record and aggregation entry it will make.
 */

import type { TextSpan } from "../base/text-span.ts";
import type { MapSpec } from "../bpf/map-spec.ts";
import type { ProgramSpec } from "../bpf/program-spec.ts";
import type { FormatPlan } from "../format/printf-plan.ts";
import type { AggregatingFunction } from "./check/checked-program.ts";
import type { PerfCounter, Probe } from "./environment.ts";
import type { ListedFunction } from "./ir/listing.ts";
import type { DType, SymbolForm } from "./types/d-type.ts";

export interface Enabling {
  readonly programs: readonly EnabledProgram[];
  readonly maps: readonly MapSpec[];
  /** Index is the EPID less 1. */
  readonly ecbs: readonly Ecb[];
  /** In order of id. */
  readonly aggregations: readonly AggregationLayout[];
}

/** One whose probes become more while it is traced. */
export type GrowingEnabling = Enabling & { readonly ecbs: Ecb[] };

/** One program and the places it serves. */
export interface EnabledProgram {
  readonly spec: ProgramSpec;
  readonly attachment: Attachment;
  /** Function by function, where it was asked for. */
  readonly listing?: readonly ListedFunction[];
}

/** `cookie` is what `bpf_get_attach_cookie` returns there: how a shared program knows the probe. */
export type Attachment =
  /** Run by the consumer through BPF_PROG_RUN, in this order of probes. */
  | { readonly kind: "session"; readonly probe: Probe }
  /** Called by other programs, which name the map and an index. */
  | { readonly kind: "tail-call"; readonly map: string; readonly indexes: readonly number[] }
  | { readonly kind: "system-call"; readonly edge: "entry" | "return" }
  | {
      readonly kind: "raw-tracepoint";
      readonly events: readonly { readonly event: string; readonly cookie: bigint }[];
    }
  | {
      readonly kind: "kprobes";
      readonly edge: "entry" | "return";
      /**
       * The program is loaded for one link to all of them, which keeps their modules from being
       * unloaded; else each has a link.
       */
      readonly together: boolean;
      readonly functions: readonly {
        readonly symbol: string;
        readonly module: string;
        /** Where its name is another's too, or that of one in the same link. */
        readonly address: bigint | undefined;
        /** The file that turns its calls on, where it is not always called. */
        readonly switch?: string | undefined;
        readonly cookie: bigint;
      }[];
    }
  /** A link to each instruction. */
  | {
      readonly kind: "instructions";
      readonly instructions: readonly {
        readonly address: bigint;
        readonly place: string;
        readonly module: string;
        readonly cookie: bigint;
      }[];
    }
  /** Where the program was loaded for. */
  | {
      readonly kind: "function-trampoline";
      readonly edge: "entry" | "return";
      /**
       * The kernel runs a program once at a time on a CPU. Nothing that it does itself fires this
       * one: what the kernel leaves out is another thread's.
       */
      readonly missesOthers?: true;
    }
  | {
      readonly kind: "timer";
      readonly timers: readonly {
        readonly cpus: "all" | "one";
        readonly periodNs: bigint;
        readonly cookie: bigint;
      }[];
    }
  | {
      readonly kind: "counter";
      readonly counters: readonly {
        readonly counter: PerfCounter;
        readonly period: bigint;
        readonly cookie: bigint;
      }[];
    };

/** A clause enabled on one probe. */
export interface Ecb {
  /** From 1. */
  readonly epid: number;
  readonly probe: Probe;
  readonly record: RecordLayout;
}

/** Shared by all ECBs of one clause body. */
export interface RecordLayout {
  readonly span: TextSpan;
  /** Bytes of the whole ring-buffer record, the header of `runtime-layout.ts` included. */
  readonly size: number;
  /** Bytes it takes of `bufsize`: what Solaris' buffers would hold. */
  readonly charge: number;
  /** In order; the position in the clause (from 1, all actions counted) is `index`. */
  readonly actions: readonly RecordedAction[];
  /** The clause has a `speculate()`: its records may be speculative. */
  readonly speculates: boolean;
}

export interface Field {
  /** From the start of the record, or of the aggregation key. */
  readonly offset: number;
  readonly shape: FieldShape;
}

/** How the bytes of a recorded value or key component read. */
export type FieldShape =
  | { readonly kind: "integer"; readonly size: 1 | 2 | 4 | 8; readonly signed: boolean }
  /** NUL-terminated within `size`. */
  | { readonly kind: "string"; readonly size: number }
  /** Four bytes: the id of the probe whose name part this is. Equal texts are one key. */
  | {
      readonly kind: "probe-name";
      readonly part: "provider" | "module" | "function" | "name";
      readonly size: 4;
    }
  /** A structure or array by value; `type` tells how `print` shows it. */
  | { readonly kind: "bytes"; readonly size: number; readonly type: DType }
  /** 8 bytes process id (user stacks; else 0), then `frames` addresses; the first 0 ends it. */
  | {
      readonly kind: "stack";
      readonly space: "kernel" | "user";
      readonly frames: number;
      readonly size: number;
    }
  /** 8 bytes address; for the user forms 8 bytes process id first (size 16). */
  | { readonly kind: "symbol"; readonly form: SymbolForm; readonly size: 8 | 16 };

export type RecordedAction = { readonly index: number } & RecordedActionKind;

export type RecordedActionKind =
  | { readonly name: "trace"; readonly value: Field; readonly type: DType }
  | { readonly name: "tracemem"; readonly value: Field; readonly dynamicSize: Field | undefined }
  /** `captured` bytes of a packet of `length`; `time` is nanoseconds since 1970. */
  | {
      readonly name: "pcap";
      readonly time: Field;
      readonly length: Field;
      readonly captured: Field;
      readonly protocol: Field;
      readonly bytes: Field;
    }
  | {
      readonly name: "print";
      readonly value: Field;
      readonly type: DType;
      readonly typeName: string;
    }
  | {
      readonly name: "printf" | "system" | "freopen";
      readonly format: FormatPlan;
      readonly arguments: readonly Field[];
    }
  | {
      readonly name: "printa";
      readonly format: FormatPlan | undefined;
      /** Ids. */
      readonly aggregations: readonly number[];
    }
  | { readonly name: "stack"; readonly value: Field }
  | { readonly name: "exit"; readonly status: Field }
  | { readonly name: "commit" | "discard"; readonly speculation: Field }
  | { readonly name: "clear" | "denormalize"; readonly aggregation: number }
  | { readonly name: "trunc"; readonly aggregation: number; readonly count: Field | undefined }
  | { readonly name: "normalize"; readonly aggregation: number; readonly factor: Field }
  | {
      readonly name: "setopt";
      readonly option: string;
      /** As written in the program, or recorded; undefined where the option stands alone. */
      readonly value: string | Field | undefined;
    }
  | { readonly name: "ftruncate" };

/** The sizes of a key's integers differ between clauses, which tells keys apart. */
export interface KeyForms {
  /** Where in the key the number of the form stands, in 4 bytes. */
  readonly offset: number;
  /** What each form has in place of the key's shapes. */
  readonly shapes: readonly (readonly FieldShape[])[];
}

export interface AggregationLayout {
  readonly id: number;
  readonly name: string;
  readonly function: AggregatingFunction;
  /**
   * The map: a hash by key and CPU, or, where there are no keys, an array with
   * one element for each CPU. (The
   * kernel stocks three elements of a per-CPU hash at most: a firing that may not be interrupted
   * could not make a fourth.)
   */
  readonly map: string;
  readonly keySize: number;
  /** Where the number of the CPU stands behind the key, in 4 bytes; undefined without keys. */
  readonly cpuOffset: number | undefined;
  readonly keys: readonly Field[];
  /** Where clauses give integers of different sizes; `keys` have the largest. */
  readonly forms: KeyForms | undefined;
  /** Bytes of one CPU's value. */
  readonly valueSize: number;
  /** Where in the value the 8-byte generation stands that `clear()` and `trunc()` need. */
  readonly generationOffset: number | undefined;
}
