/** What the running kernel can do, found out by trying, each thing once and when first asked for. */

import type { HelperName } from "../../bpf/helpers.ts";
import type { BtfSource } from "../btf-source.ts";
import { readTextIfThere } from "../read-if-there.ts";
import { type Feature, type FeatureGroup, featureTable, loadingPrograms } from "./feature-table.ts";
import {
  kernelFunctionId,
  type Lack,
  lackOf,
  type ProgramKind,
  tryHelper,
  tryKernelFunction,
  tryTrampoline,
} from "./trial.ts";

export interface FeatureState {
  readonly name: string;
  readonly group: FeatureGroup;
  readonly available: boolean;
  /** Why not, in the kernel's terms. */
  readonly reason: string | undefined;
  /** What to do about it. */
  readonly remedy: string | undefined;
}

export type FunctionMechanism = "fentry" | "multi" | "kprobe";

export const isFunctionMechanism = (text: string | undefined): text is FunctionMechanism =>
  text === "fentry" || text === "multi" || text === "kprobe";

/** A trampoline takes tens of milliseconds to make and more to remove, each. */
const fewFunctions = 8;

/** More for system calls: what traces all of them slows every call of the machine down. */
const fewCalls = 16;

export class KernelFeatures {
  readonly #types: BtfSource;
  readonly #lacks = new Map<string, Lack>();

  readonly #mechanism: FunctionMechanism | undefined;

  /** With a mechanism, functions are traced by that one only. */
  constructor(types: BtfSource, mechanism?: FunctionMechanism) {
    this.#types = types;
    this.#mechanism = mechanism;
  }

  /** Everything in the table: what `dtrace --status` shows. */
  listFeatures(): readonly FeatureState[] {
    return featureTable.map(({ name }) => this.stateOf(name));
  }

  /** By its name in the table. */
  stateOf(name: string): FeatureState {
    const feature = featureTable.find((candidate) => candidate.name === name);
    if (feature === undefined) throw new Error(`no feature ${name}: a bug in dtrace`);
    const { group, lack } = feature;
    const reason = this.#once(name, () => lack(this.#types));
    if (reason === undefined) {
      return { name, group, available: true, reason: undefined, remedy: undefined };
    }
    return { name, group, available: false, reason, remedy: this.#remedyFor(feature, reason) };
  }

  /** Without the right to load anything, EPERM says nothing about the kernel. */
  #remedyFor({ group, remedy }: Feature, reason: string): string {
    if (group === "access" || !/\bEPERM\b/.test(reason)) return remedy;
    const first = featureTable.find(({ name }) => name === loadingPrograms);
    const isForbidden =
      first !== undefined && this.#once(first.name, () => first.lack(this.#types));
    return isForbidden ? first.remedy : remedy;
  }

  /** `s/`, `s%`, sign-extending loads, 32-bit jumps. */
  get instructionSetV4(): boolean {
    return this.stateOf("signed division (set v4)").available;
  }

  /** `bpf_get_attach_cookie` in raw tracepoint programs. */
  get rawTracepointCookie(): boolean {
    return this.stateOf("raw tracepoint cookie").available;
  }

  /** One program at many kernel functions. */
  get manyKprobes(): boolean {
    return this.#mechanism !== "kprobe" && this.stateOf("many kprobes at once").available;
  }

  get mostTrampolines(): number {
    if (this.#mechanism !== undefined) return this.#mechanism === "fentry" ? 100 : 0;
    return fewFunctions;
  }

  /** Without ftrace the kernel makes trampolines that nothing calls. */
  get mostCallTrampolines(): number {
    if (this.#mechanism === "multi" || this.#mechanism === "kprobe") return 0;
    if (!readTextIfThere("/proc/sys/kernel/ftrace_enabled").startsWith("1")) return 0;
    if (this.#mechanism === "fentry") return 100;
    return isFullyPreempted() ? 0 : fewCalls;
  }

  /** arm64 before 6.4 loads such programs and then has no way to attach them. */
  takesTrampoline(typeId: number, edge: "entry" | "return"): boolean {
    if (kernelFunctionId(this.#types, "register_ftrace_direct") === undefined) return false;
    const attachType = edge === "entry" ? "trace-fentry" : "trace-fexit";
    const key = `${attachType} ${typeId}`;
    return (
      this.#once(key, () => lackOf(tryTrampoline(this.#types, typeId, attachType))) === undefined
    );
  }

  /** `bpf_probe_write_user`, which locked-down kernels refuse. */
  get writesUserMemory(): boolean {
    return this.hasHelper({ type: "raw-tracepoint" }, "bpf_probe_write_user");
  }

  /** Whether tracing programs may call the kernel function. */
  hasKernelFunction(name: string): boolean {
    return this.#once(`${name}()`, () => tryKernelFunction(this.#types, name)) === undefined;
  }

  hasHelper(kind: ProgramKind, helper: HelperName): boolean {
    const { type, attachType = "" } = kind;
    const key = `${type} ${attachType} ${helper}()`;
    return this.#once(key, () => tryHelper(this.#types, kind, helper)) === undefined;
  }

  /** The BTF id to call a kernel function by: what `loadProgram` asks for. */
  kernelFunction(name: string): number {
    const id = kernelFunctionId(this.#types, name);
    if (id === undefined) throw new Error(`no kernel function ${name}: a bug in dtrace`);
    return id;
  }

  #once(key: string, probe: () => Lack): Lack {
    if (!this.#lacks.has(key)) this.#lacks.set(key, probe());
    return this.#lacks.get(key);
  }
}

/** The kernel leaves threads out that meet a trampoline's program in the middle: then they are many. */
function isFullyPreempted(): boolean {
  if (/ PREEMPT(_RT)? /.test(readTextIfThere("/proc/version"))) return true;
  return readTextIfThere("/sys/kernel/debug/sched/preempt").includes("(full)");
}
