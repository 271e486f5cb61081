/** Attaches loaded programs to the kernel: a function for each kind of place. */

import type { Attachment } from "../../compiler/enabling.ts";
import { linkPerfEvent, openRawTracepoint } from "../../kernel/bpf-syscall.ts";
import { onlineCpus } from "../../kernel/cpus.ts";
import { Disposables, type FileDescriptor } from "../../kernel/descriptor.ts";
import { linkTracingProgram } from "../../kernel/links.ts";
import { openCounter, openCpuClock } from "../../kernel/perf-event.ts";
import { attachInstructions, type Refused, tellRefused } from "./attach-instructions.ts";
import { attachKprobes, splitKprobes } from "./attach-kprobes.ts";
import { collect } from "./collect.ts";

type Place<Kind extends Attachment["kind"]> = Extract<Attachment, { readonly kind: Kind }>;

export interface AttachOptions {
  /** `-x cpu`: only there; undefined for all. */
  readonly cpu: number | undefined;
  /** Tells the user what is not quite as asked for. */
  readonly notice: (message: string) => void;
}

export interface PlacedProgram {
  readonly program: FileDescriptor;
  readonly place: Attachment;
}

/** Disposing of it detaches. */
export class Attached implements Disposable {
  readonly #links = new Disposables();
  readonly #ofModules = new Map<string, Disposables>();

  use(link: Disposable): void {
    this.#links.use(link);
  }

  /** For a function of a module: goes with it. */
  useFor(module: string, link: Disposable): void {
    const links = this.#ofModules.get(module) ?? new Disposables();
    this.#ofModules.set(module, links);
    links.use(link);
  }

  /** The module is gone. */
  forget(module: string): void {
    this.#ofModules.get(module)?.[Symbol.dispose]();
    this.#ofModules.delete(module);
  }

  [Symbol.dispose](): void {
    for (const module of [...this.#ofModules.keys()]) this.forget(module);
    this.#links[Symbol.dispose]();
  }
}

/** All of them or, where one fails, none. */
export function attachPrograms(
  programs: readonly PlacedProgram[],
  options: AttachOptions,
): Attached {
  const attached = new Attached();
  try {
    const later: (() => void)[] = [];
    attachAllInstructions(attached, programs, options);
    for (const { program, place } of programs) {
      if (place.kind === "instructions") continue;
      if (place.kind !== "kprobes") {
        attached.use(attachProgram(program, place, options));
        continue;
      }
      const { first, last } = splitKprobes(place);
      attachKprobes(attached, program, first);
      if (last) later.push(() => attachKprobes(attached, program, last));
    }
    for (const attach of later) attach();
    return attached;
  } catch (error) {
    attached[Symbol.dispose]();
    throw error;
  }
}

function attachAllInstructions(
  attached: Attached,
  programs: readonly PlacedProgram[],
  { notice }: AttachOptions,
): void {
  const refused: Refused[] = [];
  let wanted = 0;
  for (const { program, place } of programs) {
    if (place.kind !== "instructions") continue;
    wanted += place.instructions.length;
    refused.push(...attachInstructions(attached, program, place));
  }
  tellRefused(refused, wanted, notice);
}

function attachProgram(
  program: FileDescriptor,
  place: Exclude<Attachment, { readonly kind: "kprobes" | "instructions" }>,
  options: AttachOptions,
): Disposable {
  switch (place.kind) {
    case "session":
      throw new Error("a session's own probes are run, not attached: a bug in dtrace");
    case "tail-call":
      throw new Error("a program that others call is not attached: a bug in dtrace");
    case "system-call":
      return openRawTracepoint(program, place.edge === "entry" ? "sys_enter" : "sys_exit", 0n);
    case "raw-tracepoint":
      return attachTracepoints(program, place);
    case "function-trampoline":
      return linkTracingProgram(
        program,
        place.edge === "entry" ? "trace-fentry" : "trace-fexit",
        0n,
      );
    case "timer":
      return attachTimers(program, place, options);
    case "counter":
      return attachCounters(program, place, options);
  }
}

function attachTracepoints(
  program: FileDescriptor,
  { events }: Place<"raw-tracepoint">,
): Disposable {
  return collect((links) => {
    for (const { event, cookie } of events) links.use(openRawTracepoint(program, event, cookie));
  });
}

/** `profile` ticks on every CPU that is online, `tick` on the first. */
function attachTimers(
  program: FileDescriptor,
  { timers }: Place<"timer">,
  { cpu }: AttachOptions,
): Disposable {
  const online = cpu === undefined ? onlineCpus() : [cpu];
  return collect((links) => {
    for (const { cpus, periodNs, cookie } of timers) {
      for (const one of cpus === "all" ? online : online.slice(0, 1)) {
        const clock = links.use(openCpuClock(one, periodNs));
        links.use(linkPerfEvent(program, clock, cookie));
      }
    }
  });
}

function attachCounters(
  program: FileDescriptor,
  { counters }: Place<"counter">,
  { cpu }: AttachOptions,
): Disposable {
  const online = cpu === undefined ? onlineCpus() : [cpu];
  return collect((links) => {
    for (const { counter, period, cookie } of counters) {
      for (const one of online) {
        const event = links.use(openCounter(one, counter, period));
        links.use(linkPerfEvent(program, event, cookie));
      }
    }
  });
}
