/** Attaches loaded programs to the kernel: a function for each kind of place. */

import type { Attachment } from "../../compiler/enabling.ts";
import { linkPerfEvent, openRawTracepoint } from "../../kernel/bpf-syscall.ts";
import { onlineCpus } from "../../kernel/cpus.ts";
import type { FileDescriptor } from "../../kernel/descriptor.ts";
import { linkTracingProgram } from "../../kernel/links.ts";
import { openCounter, openCpuClock } from "../../kernel/perf-event.ts";
import { attachKprobes, splitKprobes } from "./attach-kprobes.ts";
import { collect } from "./collect.ts";

type Place<Kind extends Attachment["kind"]> = Extract<Attachment, { readonly kind: Kind }>;

export interface AttachOptions {
  /** `-x cpu`: only there; undefined for all. */
  readonly cpu: number | undefined;
}

export interface PlacedProgram {
  readonly program: FileDescriptor;
  readonly place: Attachment;
}

/** All of them or, where one fails, none. Disposing of the result detaches. */
export function attachPrograms(
  programs: readonly PlacedProgram[],
  options: AttachOptions,
): Disposable {
  return collect((links) => {
    const later: (() => Disposable)[] = [];
    for (const { program, place } of programs) {
      const { first, last } = place.kind === "kprobes" ? splitKprobes(place) : { first: place };
      links.use(attachProgram(program, first, options));
      if (last) later.push(() => attachKprobes(program, last));
    }
    for (const attach of later) links.use(attach());
  });
}

function attachProgram(
  program: FileDescriptor,
  place: Attachment,
  options: AttachOptions,
): Disposable {
  switch (place.kind) {
    case "session":
      throw new Error("a session's own probes are run, not attached: a bug in dtrace");
    case "system-call":
      return openRawTracepoint(program, place.edge === "entry" ? "sys_enter" : "sys_exit", 0n);
    case "raw-tracepoint":
      return attachTracepoints(program, place);
    case "kprobes":
      return attachKprobes(program, place);
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
