/** The running system as providers and the compiler ask for it; each part is read when first needed. */

import { readFileSync } from "node:fs";
import type { Environment } from "../compiler/environment.ts";
import { type BtfSource, createBtfSource } from "../kernel/btf-source.ts";
import { possibleCpuCount } from "../kernel/cpus.ts";
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

function readTraceEvents(): readonly string[] {
  for (const folder of ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"]) {
    try {
      return readFileSync(`${folder}/available_events`, "utf8").trim().split("\n");
    } catch {
      // Not mounted there, or not for us.
    }
  }
  return [];
}
