/** What a session does with loaded programs: attach them and run them, on the real kernel. */

import { constants } from "node:os";
import { numberOption, type Options } from "../compiler/options/options.ts";
import { runRawTracepoint } from "../kernel/bpf-syscall.ts";
import { onlineCpus, possibleCpuCount } from "../kernel/cpus.ts";
import type { FileDescriptor } from "../kernel/descriptor.ts";
import type { KernelFeatures } from "../kernel/features/kernel-features.ts";
import { KernelError } from "../kernel/kernel-error.ts";
import { onEachCpu } from "../kernel/process/own-cpu.ts";
import { attachPrograms } from "../providers/attach/attach.ts";
import type { KernelAccess } from "./load.ts";

/** `notice` tells the user what is not quite as asked for. */
export function kernelAccess(
  features: KernelFeatures,
  options: Options,
  notice: (message: string) => void,
): KernelAccess {
  const cpu = options.has("cpu") ? numberOption(options, "cpu") : undefined;
  if (cpu !== undefined && !onlineCpus().includes(cpu)) {
    const { ENXIO: errno } = constants.errno;
    throw new KernelError({ call: `CPU ${cpu}`, errno, remedy: "it is not online" });
  }
  return {
    possibleCpus: possibleCpuCount(),
    kernelFunction: (name) => features.kernelFunction(name),
    run: (program) => runOn(cpu, program),
    attach: (programs) => attachPrograms(programs, { cpu, notice }),
  };
}

/** In this thread, so that `pid` and its kin are dtrace's: on another CPU it interrupts a stranger. */
function runOn(cpu: number | undefined, program: FileDescriptor): void {
  const run = (): void => void runRawTracepoint(program, [], cpu);
  const times = cpu === undefined ? 0 : onEachCpu([cpu], run);
  if (times === 0) run();
}
