/**
 * Probes of modules that are loaded while a session runs: what descriptions with globs mean then,
 * too. The program is compiled once more, for the new probes only.
 */

import type { CheckedClause } from "../compiler/check/checked-program.ts";
import type { Selection } from "../compiler/compile.ts";
import type { Enabling } from "../compiler/enabling.ts";
import type { Environment, Probe, ProbePattern } from "../compiler/environment.ts";
import { readModules } from "../kernel/symbols/modules.ts";
import { coreModule, coreNames } from "../providers/core-module.ts";
import { isGlob, matcherOf } from "../providers/glob.ts";
import { type FindProbes, namesSystem } from "../providers/late-probes.ts";
import { isFixedProvider } from "../providers/registry.ts";

export type ModuleChange =
  | { readonly kind: "gone"; readonly module: string }
  | { readonly kind: "loaded"; readonly module: string; readonly enabling: Enabling }
  | { readonly kind: "refused"; readonly module: string; readonly why: string };

export interface LateModulesParts {
  readonly clauses: readonly CheckedClause[];
  readonly environment: Environment;
  /** The probes of a module that was loaded just now. */
  readonly findModuleProbes: (module: string) => FindProbes;
  /** The enabling, or why there is none. */
  readonly compile: (environment: Environment, selection: Selection) => Enabling | string;
  /** How many clauses of probes there are already. */
  readonly ecbCount: () => number;
}

export class LateModules {
  readonly #parts: LateModulesParts;
  readonly #patterns: readonly ProbePattern[];
  #known = readModules();

  /** Undefined where no description could mean probes of later modules. */
  static for(parts: LateModulesParts): LateModules | undefined {
    const patterns = new Set(parts.clauses.filter(mayMeanMore).map(({ pattern }) => pattern));
    return patterns.size === 0 ? undefined : new LateModules(parts, [...patterns]);
  }

  private constructor(parts: LateModulesParts, patterns: readonly ProbePattern[]) {
    this.#parts = parts;
    this.#patterns = patterns;
  }

  /** What has changed since the last look. */
  look(): readonly ModuleChange[] {
    const before = this.#known;
    const now = readModules();
    this.#known = now;
    const gone = [...before].filter(([name, address]) => now.get(name) !== address);
    const loaded = [...now].filter(([name, address]) => before.get(name) !== address);
    return [
      ...gone.map(([module]) => ({ kind: "gone", module }) as const),
      ...loaded.flatMap(([module]) => this.#load(module)),
    ];
  }

  #load(module: string): readonly ModuleChange[] {
    const { environment, findModuleProbes, compile, ecbCount } = this.#parts;
    const mayBeMeant = (pattern: ProbePattern): boolean =>
      matcherOf(pattern.module)(module) || namesSystem(pattern);
    if (!this.#patterns.some(mayBeMeant)) return [];
    const find = findModuleProbes(module);
    const found = new Set(this.#patterns.flatMap((pattern) => find(pattern)));
    if (found.size === 0) return [];
    const findProbes = (pattern: ProbePattern): readonly Probe[] => {
      const late = find(pattern);
      return late.length > 0 ? late : environment.findProbes(pattern);
    };
    const isWanted = (probe: Probe): boolean => found.has(probe) || probe.context.kind === "error";
    const selection = { isWanted, firstEpid: ecbCount() + 1 };
    const made = compile({ ...environment, findProbes }, selection);
    return [
      typeof made === "string"
        ? { kind: "refused", module, why: made }
        : { kind: "loaded", module, enabling: made },
    ];
  }
}

const mayMeanMore = (clause: CheckedClause): boolean =>
  mayMeanFunctions(clause) || mayMeanPublished(clause) || mayMeanTracepoints(clause);

/** Of a provider that is none of ours; the name of one of ours in no more than its name is its own. */
function mayMeanPublished({ pattern, probes }: CheckedClause): boolean {
  const { provider, module, function: functionName, name } = pattern;
  if (provider !== "" && !isGlob(provider)) return !isFixedProvider(provider);
  const isNameAlone = `${module}${functionName}` === "" && name !== "" && !isGlob(name);
  return !isNameAlone || probes.length === 0;
}

const mayMeanTracepoints = ({ pattern, probes }: CheckedClause): boolean =>
  namesSystem(pattern) && (pattern.name === "" || isGlob(pattern.name) || probes.length === 0);

const isOfCore = ({ module }: Probe): boolean => module === coreModule;

/** A function of the core kernel that is named in full is meant alone. */
function mayMeanFunctions({ pattern, probes }: CheckedClause): boolean {
  const { provider, module, function: functionName, name } = pattern;
  if (!matcherOf(provider)("fbt") || coreNames.includes(module)) return false;
  if (!matcherOf(name)("entry") && !matcherOf(name)("return")) return false;
  return functionName === "" || isGlob(functionName) || !probes.some(isOfCore);
}
