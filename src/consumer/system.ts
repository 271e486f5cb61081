/** The running system as providers and the compiler ask for it; each part is read when first needed. */

import type { Environment, ProbePattern } from "../compiler/environment.ts";
import { type Options, textOption } from "../compiler/options/options.ts";
import type { TypeReference } from "../compiler/types/type-reference.ts";
import { type BtfSource, createBtfSource } from "../kernel/btf-source.ts";
import { possibleCpuCount } from "../kernel/cpus.ts";
import { isFunctionMechanism, KernelFeatures } from "../kernel/features/kernel-features.ts";
import {
  type KernelFunctions,
  noFunctions,
  readKernelFunctions,
  readReplacedCode,
  tracesFunctions,
} from "../kernel/functions/kernel-functions.ts";
import { isKernelError } from "../kernel/kernel-error.ts";
import { type KernelSymbols, readKernelSymbols } from "../kernel/symbols/kernel-symbols.ts";
import { type KernelText, openKernelText } from "../kernel/symbols/kernel-text.ts";
import { readPublishedProbes } from "../kernel/symbols/published-probes.ts";
import { TraceFs } from "../kernel/tracefs.ts";
import { createDecoder, type Decoder } from "../providers/instr/decoder.ts";
import { type FindProbes, lateProbes } from "../providers/late-probes.ts";
import type { ProviderSystem } from "../providers/provider.ts";
import { createProbeRegistry, type ProbeRegistry } from "../providers/registry.ts";
import { solarisHint } from "../providers/solaris/solaris-provider.ts";
import { solarisVariable, solarisVariableHint } from "../providers/solaris/solaris-variables.ts";
import { kernelVariableTypes } from "./kernel-variables.ts";

export interface System {
  readonly features: KernelFeatures;
  readonly registry: ProbeRegistry;
  readonly environment: Environment;
  /** The probes of a module that was loaded just now. */
  readonly findModuleProbes: (module: string) => FindProbes;
}

export function openSystem(macros: ReadonlyMap<string, string>, options: Options): System {
  const types = createBtfSource();
  let unreadProbes: string | undefined;
  const tellUnread = (why: string): void => {
    unreadProbes = why;
  };
  const architecture = process.arch === "arm64" ? "arm64" : "x64";
  let text: KernelText | undefined;
  let decoder: Decoder | undefined;
  let functions: KernelFunctions | undefined;
  let read: KernelSymbols | undefined;
  const symbols = (): KernelSymbols => (read ??= readKernelSymbols());
  const known = (): KernelFunctions => (functions ??= readFunctions(tellUnread));
  let publishedFirst: ReturnType<ProviderSystem["publishedProbes"]> | undefined;
  const published = (): ReturnType<ProviderSystem["publishedProbes"]> =>
    (publishedFirst ??= { firstIndex: 0, probes: readPublishedProbes() });
  const asked: ProviderSystem = {
    architecture,
    traceEvents: () => readTraceEvents(tellUnread),
    kernelFunctions: known,
    publishedProbes: published,
    // A pragma may still set it.
    compatibility: () => textOption(options, "compat"),
    kernelTypes: (module) => types.kernelTypes(module),
    kernelSymbols: symbols,
    kernelText: () => (text ??= openKernelText()),
    replacedCode: readReplacedCode,
    decoder: () => (decoder ??= createDecoder(architecture)),
    tellUnread,
  };
  const registry = createProbeRegistry(asked);
  const mechanism = process.env["DTRACE_FBT"];
  const features = new KernelFeatures(
    types,
    isFunctionMechanism(mechanism) ? mechanism : undefined,
  );
  const findLate = lateProbes(asked);
  return {
    features,
    registry,
    findModuleProbes(module) {
      types.forget(module);
      read = undefined;
      return findLate(module);
    },
    environment: {
      kernelTypes: (module) => types.kernelTypes(module),
      get typeModules() {
        return types.modules();
      },
      findProbes: (pattern) => registry.findProbes(pattern),
      findProbesById: (id) => registry.findProbesById(id),
      hintForProbe: (pattern) => solarisHint(pattern) ?? functionHint(pattern),
      get unreadProbes() {
        return unreadProbes;
      },
      findSymbol: symbolFinder(types, symbols),
      findEquivalent: (variable) =>
        asked.compatibility() === "solaris" ? solarisVariable(variable) : undefined,
      hintForSymbol: solarisVariableHint,
      findKernelCode: codeFinder(symbols),
      features,
      architecture,
      get possibleCpus() {
        return possibleCpuCount();
      },
      macros,
    },
  };
}

/** Addresses from kallsyms, types from the variables and functions that BTF describes. */
function symbolFinder(types: BtfSource, symbols: () => KernelSymbols): Environment["findSymbol"] {
  return (module, name) => {
    const found = symbols().addressOf(name, module);
    if (found === undefined) return undefined;
    const variable = types.kernelTypes(found.module)?.findType(name, "variable", "function");
    return {
      module: found.module,
      name,
      address: found.address,
      type:
        variable === undefined
          ? typeOfKnownVariable(found.module, name)
          : typeOfSymbol(types, found.module, variable),
    };
  };
}

const tracepointCode = ["__bpf_trace_", "__traceiter_"];

/** The functions that call a tracepoint's programs are all that is asked for. */
function codeFinder(symbols: () => KernelSymbols): NonNullable<Environment["findKernelCode"]> {
  let known: KernelSymbols | undefined;
  let functions: ReturnType<KernelSymbols["functionsNamed"]> | undefined;
  return (name) => {
    const now = symbols();
    if (known !== now) functions = now.functionsNamed(...tracepointCode);
    known = now;
    return functions?.get(name);
  };
}

function typeOfKnownVariable(module: string, name: string): TypeReference | undefined {
  const text = module === "vmlinux" ? kernelVariableTypes.get(name) : undefined;
  return text === undefined ? undefined : { kind: "text", text };
}

function typeOfSymbol(types: BtfSource, module: string, id: number): TypeReference | undefined {
  const described = types.kernelTypes(module)?.typeAt(id);
  if (described?.kind === "variable") return { kind: "btf", module, id: described.type };
  return described?.kind === "function"
    ? { kind: "btf", module, id: described.prototype }
    : undefined;
}

function readFunctions(tell: (why: string) => void): KernelFunctions {
  if (!tracesFunctions()) return noFunctions;
  try {
    return readKernelFunctions();
  } catch (error) {
    if (!isKernelError(error)) throw error;
    tell(error.message);
    return noFunctions;
  }
}

function functionHint({ provider }: ProbePattern): string | undefined {
  if (provider !== "fbt" && provider !== "instr") return undefined;
  if (!tracesFunctions()) return "this kernel has no kprobes and refuses fentry";
  return provider === "instr"
    ? "dtrace -l -n 'instr::FUNCTION:' lists where the instructions of a function begin"
    : undefined;
}

/** Without the right to read them there are none. */
function readTraceEvents(tell: (why: string) => void): readonly string[] {
  try {
    using traceFs = TraceFs.open();
    return traceFs.availableEvents();
  } catch (error) {
    if (!isKernelError(error)) throw error;
    tell(error.message);
    return [];
  }
}
