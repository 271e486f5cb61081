/**
 * What the compiler asks of the world: types, probes, symbols, kernel features. The consumer makes
 * the real one, tests make one of fixtures. The compiler never reaches for the system itself.
 */

import type { Btf } from "../btf/btf.ts";
import type { TypeReference } from "./types/type-reference.ts";

export interface Environment {
  /** BTF of the core kernel (`vmlinux`) or of a module; undefined where there is none. */
  kernelTypes(module: string): Btf | undefined;
  /** Names of the modules with BTF, `vmlinux` first: where an unscoped type name is looked up. */
  readonly typeModules: readonly string[];
  /**
   * All probes that match, in ascending id; those drawn from others once for each way. Providers
   * make on-demand probes here.
   */
  findProbes(description: ProbePattern): readonly Probe[];
  /** The probe with this id (`-i`), once for each way it fires. */
  findProbesById(id: number): readonly Probe[];
  /** Why there may be more probes than were found; undefined where all could be looked at. */
  readonly unreadProbes?: string | undefined;
  /** What may help with a description that matches nothing. */
  hintForProbe?(description: ProbePattern): string | undefined;
  /** A kernel variable or function: `` module`name ``; any module where `module` is undefined. */
  findSymbol(module: string | undefined, name: string): KernelSymbol | undefined;
  /** What stands for a variable of another system's kernel, where `-x compat` asks for that. */
  findEquivalent?(variable: KernelVariable): Equivalent | undefined;
  /** What may help with a variable that is not there. */
  hintForSymbol?(variable: KernelVariable): string | undefined;
  /** Where a function of the core kernel lies; undefined where there is none or nobody may know. */
  findKernelCode?(name: string): CodeRange | undefined;
  readonly features: KernelFeatures;
  /** Of the machine that runs the programs. */
  readonly architecture: "x64" | "arm64";
  /** Possible CPUs: how many slots anything per-CPU has. */
  readonly possibleCpus: number;
  /** Values of macro variables such as `target` and `pid`, and of `$1`…, as text. */
  readonly macros: ReadonlyMap<string, string>;
}

/** The four fields of a probe description; an empty field matches anything. */
export interface ProbePattern {
  readonly provider: string;
  readonly module: string;
  readonly function: string;
  readonly name: string;
}

export interface KernelVariable {
  readonly module: string | undefined;
  readonly name: string;
}

/** A name that a library defines, or a value of a type, as D writes it. */
export type Equivalent =
  | { readonly kind: "definition"; readonly name: string }
  | { readonly kind: "constant"; readonly type: string; readonly value: bigint };

export interface KernelSymbol {
  readonly module: string;
  readonly name: string;
  readonly address: bigint;
  /** From BTF's variables; undefined where BTF does not describe the symbol. */
  readonly type: TypeReference | undefined;
}

export interface CodeRange {
  readonly start: bigint;
  readonly end: bigint;
}

export interface KernelFeatures {
  /** `s/`, `s%`, sign-extending loads, 32-bit jumps. */
  readonly instructionSetV4: boolean;
  /** `bpf_get_attach_cookie` in raw tracepoint programs. */
  readonly rawTracepointCookie: boolean;
  /** One program at many kernel functions: `kprobe.multi`. */
  readonly manyKprobes: boolean;
  /** With more functions than these, kprobes cost less than trampolines (fentry, fexit). */
  readonly mostTrampolines: number;
  /** With more probes of system calls than these, the tracepoint of all calls costs less. */
  readonly mostCallTrampolines: number;
  /** Whether the core kernel's function of that type id can have one. */
  takesTrampoline(typeId: number, edge: "entry" | "return"): boolean;
  /** `bpf_probe_write_user`, which locked-down kernels refuse. */
  readonly writesUserMemory: boolean;
  /** Kernel functions a program may call (`bpf_strstr` …). */
  hasKernelFunction(name: string): boolean;
}

/** A named point that can fire, as a provider describes it. */
export interface Probe {
  /** From 1; what `dtrace -l` shows and `-i` takes. */
  readonly id: number;
  readonly provider: string;
  readonly module: string;
  readonly function: string;
  readonly name: string;
  readonly stability: ProbeStability;
  readonly context: ProbeContext;
  /** Types of `args[]`; asked for only when a program or `-v` needs them. */
  readonly arguments: () => readonly ArgumentDescription[];
  /** Undefined for what fires by itself. `context` is the carrier's. */
  readonly derivation?: Derivation;
}

/**
 * How a probe is drawn from another: `io:::start` is one tracepoint or the other, seen in its own
 * way. A probe that can fire in several ways is found once for each, under the same id.
 */
export interface Derivation {
  /** Tells the ways of one probe apart. */
  readonly way: number;
  readonly carrier: Probe;
  /** D, over the carrier's `args[]` and built-in variables: the probe fires where it holds. */
  readonly condition: string | undefined;
  /** D, likewise: what `arg0`, `arg1`, … are. */
  readonly values: readonly string[];
  /** What is noted for `condition` and `values` to use: D assignments. */
  readonly notes?: readonly Note[];
}

export interface Note {
  readonly way: number;
  readonly carrier: Probe;
  readonly assignment: string;
  /** Made once all clauses of the program had the firing. */
  readonly afterwards: boolean;
}

/** `args[index]` is raw argument `source` seen as `type`. */
export interface ArgumentDescription {
  readonly type: TypeReference;
  /** The raw argument (`arg0`, …) that carries the value. */
  readonly source: number;
  /** The D type a translator of the library turns it into, where there is one. */
  readonly translatedType?: string;
}

/**
 * How a probe's program is entered and where it finds its arguments. The code generator has a row
 * for each kind; probes whose contexts have the same kind and parameters can share one program.
 */
export type ProbeContext =
  /** BEGIN and END: run by the consumer itself. */
  | { readonly kind: "session" }
  /** ERROR: run in the context of the firing that faulted. */
  | { readonly kind: "error" }
  /** One program for all system calls of an edge, told apart by ABI and number. */
  | {
      readonly kind: "system-call";
      readonly edge: "entry" | "return";
      readonly abi: SystemCallAbi;
      readonly number: number;
      /**
       * Of the core kernel's function that the call is, where its trampoline tells the same as the
       * tracepoint: its type id in vmlinux.
       */
      readonly functionTypeId?: () => number | undefined;
    }
  /** One system call through a program of its own, in the function that the call is. */
  | {
      readonly kind: "system-call-function";
      readonly edge: "entry" | "return";
      readonly abi: SystemCallAbi;
      readonly number: number;
      readonly typeId: number;
    }
  /** A kernel tracepoint: `argumentCount` 64-bit words. */
  | { readonly kind: "raw-tracepoint"; readonly event: string; readonly argumentCount: number }
  /** Entry or return of a kernel function: the context holds the registers. */
  | {
      readonly kind: "kernel-function";
      readonly edge: "entry" | "return";
      readonly symbol: string;
      /** `vmlinux` for the core kernel. */
      readonly module: string;
      /** Where it begins, if the kernel tells. */
      readonly address?: () => bigint;
      /** Its name is another's too: there is an address. */
      readonly sharesName?: true;
      /** The file that turns its calls on, where a module publishes a probe by it. */
      readonly switch?: string;
      readonly architecture: "x64" | "arm64";
      /** kprobes refuse the function, or would be placed in another of its name, too. */
      readonly noKprobe?: true;
      /** Of the core kernel's functions that BTF describes: their type id in vmlinux. */
      readonly typeId: () => number | undefined;
    }
  /** The same through a program of its own: the context is the function's arguments and value. */
  | {
      readonly kind: "function-trampoline";
      readonly edge: "entry" | "return";
      readonly symbol: string;
      readonly architecture: "x64" | "arm64";
      readonly typeId: number;
    }
  /** An instruction of the kernel: a kprobe there; the context holds the registers before it. */
  | {
      readonly kind: "instruction";
      readonly address: bigint;
      /** For messages: `vfs_read+28`. */
      readonly place: string;
      /** `vmlinux` for the core kernel. */
      readonly module: string;
      readonly architecture: "x64" | "arm64";
      /** When it goes on elsewhere than behind it. */
      readonly jump: RegisterCondition;
    }
  /** profile and tick: a perf event; the context holds the interrupted registers. */
  | { readonly kind: "timer"; readonly cpus: "all" | "one"; readonly periodNs: bigint }
  /** A counter of perf's on every CPU, at every `period` events; registers as for a timer. */
  | { readonly kind: "counter"; readonly counter: PerfCounter; readonly period: bigint };

export type SystemCallAbi = "x64" | "x32" | "arm64";

/** What holds of the registers; each is named by its place in `struct pt_regs`, in 64-bit words. */
export type RegisterCondition =
  | { readonly kind: "never" | "always" }
  | { readonly kind: "bit"; readonly register: number; readonly bit: number }
  | {
      readonly kind: "equals";
      readonly register: number;
      /** How many of its lower bytes are looked at. */
      readonly size: 4 | 8;
      readonly value: number;
    }
  | { readonly kind: "not"; readonly of: RegisterCondition }
  | {
      readonly kind: "both" | "either" | "differ";
      readonly left: RegisterCondition;
      readonly right: RegisterCondition;
    };

/** As perf_event_open(2) numbers it. */
export interface PerfCounter {
  readonly type: "hardware" | "software";
  readonly config: number;
  /** Where events count. */
  readonly mode: "all" | "user" | "kernel";
}

/** Name stability, data stability and dependency class. */
export interface StabilityAttributes {
  readonly name: StabilityLevel;
  readonly data: StabilityLevel;
  readonly class: DependencyClass;
}

export type StabilityLevel =
  | "Internal"
  | "Private"
  | "Obsolete"
  | "External"
  | "Unstable"
  | "Evolving"
  | "Stable"
  | "Standard";

export type DependencyClass = "Unknown" | "CPU" | "Platform" | "Group" | "ISA" | "Common";

export interface ProbeStability {
  readonly provider: StabilityAttributes;
  readonly module: StabilityAttributes;
  readonly function: StabilityAttributes;
  readonly name: StabilityAttributes;
  readonly arguments: StabilityAttributes;
}
