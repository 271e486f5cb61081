/** What a session does with loaded programs: attach them and run them, on the real kernel. */

import { constants } from "node:os";
import { numberOption, type Options } from "../compiler/options/options.ts";
import { runRawTracepoint } from "../kernel/bpf-syscall.ts";
import { onlineCpus, possibleCpuCount } from "../kernel/cpus.ts";
import type { KernelFeatures } from "../kernel/features/kernel-features.ts";
import { KernelError } from "../kernel/kernel-error.ts";
import { attachPrograms } from "../providers/attach/attach.ts";
import type { KernelAccess } from "./load.ts";

export function kernelAccess(features: KernelFeatures, options: Options): KernelAccess {
  const cpu = options.has("cpu") ? numberOption(options, "cpu") : undefined;
  if (cpu !== undefined && !onlineCpus().includes(cpu)) {
    const { ENXIO: errno } = constants.errno;
    throw new KernelError({ call: `CPU ${cpu}`, errno, remedy: "it is not online" });
  }
  return {
    possibleCpus: possibleCpuCount(),
    kernelFunction: (name) => features.kernelFunction(name),
    run: (program) => void runRawTracepoint(program, [], cpu),
    attach: (programs) => attachPrograms(programs, { cpu }),
  };
}
