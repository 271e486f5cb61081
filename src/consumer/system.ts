/** The running system as providers and the compiler ask for it; each part is read when first needed. */

import type { Environment } from "../compiler/environment.ts";
import { type BtfSource, createBtfSource } from "../kernel/btf-source.ts";
import { possibleCpuCount } from "../kernel/cpus.ts";
import { isKernelError } from "../kernel/kernel-error.ts";
import { TraceFs } from "../kernel/tracefs.ts";
import { createProbeRegistry, type ProbeRegistry } from "../providers/registry.ts";

export interface System {
  readonly types: BtfSource;
  readonly registry: ProbeRegistry;
  readonly environment: Environment;
}

export function openSystem(macros: ReadonlyMap<string, string>): System {
  const types = createBtfSource();
  const registry = createProbeRegistry({
    architecture: process.arch === "arm64" ? "arm64" : "x64",
    traceEvents: readTraceEvents,
    kernelTypes: (module) => types.kernelTypes(module),
  });
  return {
    types,
    registry,
    environment: {
      kernelTypes: (module) => types.kernelTypes(module),
      get typeModules() {
        return types.modules();
      },
      findProbes: (pattern) => registry.findProbes(pattern),
      findProbeById: (id) => registry.findProbeById(id),
      findSymbol: () => undefined,
      features: {
        instructionSetV4: true,
        rawTracepointCookie: true,
        hasKernelFunction: () => false,
      },
      get possibleCpus() {
        return possibleCpuCount();
      },
      macros,
    },
  };
}

/** Without the right to read them there are none to trace either. */
function readTraceEvents(): readonly string[] {
  try {
    using traceFs = TraceFs.open();
    return traceFs.availableEvents();
  } catch (error) {
    if (isKernelError(error)) return [];
    throw error;
  }
}
