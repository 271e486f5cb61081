/** What a session does with loaded programs: attach them and run them, on the real kernel. */

import { numberOption, type Options } from "../compiler/options/options.ts";
import { runRawTracepoint } from "../kernel/bpf-syscall.ts";
import type { BtfSource } from "../kernel/btf-source.ts";
import { possibleCpuCount } from "../kernel/cpus.ts";
import { attachProgram } from "../providers/attach/attach.ts";
import type { KernelAccess } from "./load.ts";

export function kernelAccess(types: BtfSource, options: Options): KernelAccess {
  const cpu = options.has("cpu") ? numberOption(options, "cpu") : undefined;
  return {
    possibleCpus: possibleCpuCount(),
    kernelFunction(name) {
      const id = types.kernelTypes("vmlinux")?.findType(name, "function");
      if (id === undefined) throw new Error(`the kernel has no function ${name}: a bug in dtrace`);
      return id;
    },
    run: (program) => void runRawTracepoint(program, [], cpu),
    attach: (program, place) => attachProgram(program, place, { cpu }),
  };
}
