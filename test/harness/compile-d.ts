/** D source → enabling with the running kernel's types and probes, without the consumer. */

import { checkWithTypes } from "../../src/compiler/check/check-program.ts";
import { generateEnabling } from "../../src/compiler/codegen/generate-enabling.ts";
import { type CodegenOptions, defaultCodegenOptions } from "../../src/compiler/codegen/options.ts";
import type { Enabling } from "../../src/compiler/enabling.ts";
import type { Environment } from "../../src/compiler/environment.ts";
import { initialOptions } from "../../src/compiler/options/options.ts";
import { parseProgram } from "../../src/compiler/syntax/parse-program.ts";
import { createTypeUniverse, isTypeName } from "../../src/compiler/types/environment-types.ts";
import { createBtfSource } from "../../src/kernel/btf-source.ts";
import { possibleCpuCount } from "../../src/kernel/cpus.ts";
import { KernelFeatures } from "../../src/kernel/features/kernel-features.ts";
import { noFunctions } from "../../src/kernel/functions/kernel-functions.ts";
import { readKernelSymbols } from "../../src/kernel/symbols/kernel-symbols.ts";
import { createProbeRegistry } from "../../src/providers/registry.ts";

const btf = createBtfSource();
const kernelFeatures = new KernelFeatures(btf);

const registry = createProbeRegistry({
  architecture: process.arch === "arm64" ? "arm64" : "x64",
  compatibility: () => undefined,
  kernelFunctions: () => noFunctions,
  publishedProbes: () => ({ firstIndex: 0, probes: [] }),
  traceEvents: () => ["sched:sched_switch", "sched:sched_wakeup", "sched:sched_process_exec"],
  kernelTypes: (module) => btf.kernelTypes(module),
  kernelSymbols: () => readKernelSymbols(),
  kernelText: () => undefined,
  replacedCode: () => [],
  decoder: () => () => [],
  tellUnread: () => undefined,
});

export function testEnvironment(macros: Readonly<Record<string, string>>): Environment {
  return {
    kernelTypes: (module) => btf.kernelTypes(module),
    typeModules: ["vmlinux"],
    findProbes: (pattern) => registry.findProbes(pattern),
    findProbesById: (id) => registry.findProbesById(id),
    findSymbol: () => undefined,
    features: {
      instructionSetV4: kernelFeatures.instructionSetV4,
      rawTracepointCookie: kernelFeatures.rawTracepointCookie,
      manyKprobes: kernelFeatures.manyKprobes,
      mostTrampolines: kernelFeatures.mostTrampolines,
      mostCallTrampolines: kernelFeatures.mostCallTrampolines,
      takesTrampoline: (typeId, edge) => kernelFeatures.takesTrampoline(typeId, edge),
      writesUserMemory: kernelFeatures.writesUserMemory,
      hasKernelFunction: () => false,
    },
    architecture: process.arch === "arm64" ? "arm64" : "x64",
    possibleCpus: possibleCpuCount(),
    macros: new Map(Object.entries(macros)),
  };
}

export interface Compiling {
  /** Instead of the running kernel's. */
  readonly environment?: Environment;
  readonly options?: Partial<CodegenOptions>;
  readonly macros?: Readonly<Record<string, string>>;
}

export function compileD(text: string, { options, macros, ...given }: Compiling = {}): Enabling {
  const environment = given.environment ?? testEnvironment(macros ?? {});
  const universe = createTypeUniverse(environment);
  const { program, diagnostics } = parseProgram(
    { name: "test", kind: "file", text },
    {
      arguments: ["test"],
      macros: environment.macros,
      probeField: "name",
      preferProbes: false,
      defaultArguments: false,
      allowUnusedArguments: true,
      allowEmpty: false,
      isTypeName: (name) => isTypeName(universe, name),
    },
  );
  const problems = diagnostics.map(({ message }) => message);
  if (problems.length > 0 || !program) throw new Error(problems.join("\n"));
  const checked = checkWithTypes(program, { environment, options: initialOptions(), universe });
  if (!checked.program) {
    throw new Error(checked.diagnostics.map(({ message }) => message).join("\n"));
  }
  const generated = generateEnabling(checked.program, environment, {
    ...defaultCodegenOptions,
    bufsize: 1 << 16,
    aggsize: 1 << 18,
    ...options,
  });
  if (!generated.enabling) {
    throw new Error(generated.diagnostics.map(({ message }) => message).join("\n"));
  }
  return generated.enabling;
}
