/** `#pragma D`: options are set at once; attributes and bindings wait for the name they are about. */

import type { TextSpan } from "../../base/text-span.ts";
import { invalidPragma, unmetDependency } from "../diagnostics/catalog-pragma.ts";
import type { ProbeStability } from "../environment.ts";
import { setOption } from "../options/options.ts";
import type {
  AttributesPragma,
  BindingPragma,
  DependencyPragma,
  Pragma,
  ProviderAttributesPragma,
} from "../syntax/ast.ts";
import { parseStability } from "../types/stability.ts";
import { attempt, type Checker, fail, failWithHint } from "./checker.ts";
import { hintForOption } from "./hints.ts";
import { kindOfName } from "./identifiers/scope.ts";

export interface PragmaNotes {
  /** About names that are not defined yet. */
  readonly deferred: DeferredPragma[];
}

interface DeferredPragma {
  readonly directive: "attributes" | "binding";
  readonly name: string;
  readonly span: TextSpan;
}

export function checkPragma(checker: Checker, notes: PragmaNotes, pragma: Pragma): void {
  switch (pragma.kind) {
    case "option-pragma": {
      const { name, value, span } = pragma;
      const problem = setOption(checker.options, "pragma", { name, value });
      if (problem !== undefined) {
        failWithHint(hintForOption(name), "D_PRAGMA_OPTSET", span, name, value, problem);
      }
      return;
    }
    case "attributes-pragma":
      checkAttributes(checker, notes, pragma);
      return;
    case "provider-attributes-pragma":
      checkProviderAttributes(checker, notes, pragma);
      return;
    case "binding-pragma":
      checkBinding(checker, notes, pragma);
      return;
    case "dependency-pragma":
      checkDependency(checker, pragma);
      return;
  }
}

function checkAttributes(
  checker: Checker,
  notes: PragmaNotes,
  { attributes, name, span }: AttributesPragma,
): void {
  const stability = parseStability(attributes);
  if (stability) checker.scope.declareStability(name, stability);
  else fail("D_PRAGMA_INVAL", span, invalidPragma.attributes());
  noteName(checker, notes, { directive: "attributes", name, span });
}

function noteName(checker: Checker, { deferred }: PragmaNotes, pragma: DeferredPragma): void {
  const { name, span, directive } = pragma;
  const isOwn = checker.scope.findGlobal(name) !== undefined && name !== "NULL";
  if (isOwn) return;
  if (kindOfName(checker.scope, name) !== undefined) fail("D_PRAGMA_SCOPE", span, directive);
  deferred.push(pragma);
}

const providerParts: ReadonlyMap<string, keyof ProbeStability> = new Map([
  ["provider", "provider"],
  ["module", "module"],
  ["function", "function"],
  ["name", "name"],
  ["args", "arguments"],
]);

/** Holds for the clauses behind it; a provider without probes may still be declared. */
function checkProviderAttributes(
  checker: Checker,
  { deferred }: PragmaNotes,
  { attributes, provider, part, span }: ProviderAttributesPragma,
): void {
  const stability = parseStability(attributes);
  const field = providerParts.get(part);
  if (!stability) {
    fail("D_PRAGMA_INVAL", span, invalidPragma.attributes());
  } else if (!hasProvider(checker, provider)) {
    deferred.push({ directive: "attributes", name: provider, span });
  } else if (!field) {
    fail("D_PRAGMA_INVAL", span, invalidPragma.component(provider, part));
  } else {
    const { providerStability } = checker;
    providerStability.set(provider, { ...providerStability.get(provider), [field]: stability });
  }
}

function checkBinding(
  checker: Checker,
  notes: PragmaNotes,
  { version, name, span }: BindingPragma,
): void {
  if (!/^\d{1,3}(\.\d{1,4}){1,2}$/.test(version)) {
    fail("D_PRAGMA_INVAL", span, invalidPragma.version());
  }
  noteName(checker, notes, { directive: "binding", name, span });
}

function checkDependency(checker: Checker, { on, name, span }: DependencyPragma): void {
  if (on === "library") fail("D_PRAGMA_DEPEND", span, unmetDependency.libraryInProgram());
  if (!isDependencyMet(checker, on, name)) {
    fail("D_PRAGMA_DEPEND", span, unmetDependency.entity(on, name));
  }
}

export function isDependencyMet(
  checker: Checker,
  on: "module" | "provider",
  name: string,
): boolean {
  return on === "module" ? checker.universe.hasModule(name) : hasProvider(checker, name);
}

function hasProvider({ environment }: Checker, provider: string): boolean {
  const probes = environment.findProbes({ provider, module: "", function: "", name: "" });
  return probes.length > 0;
}

/** A pragma about a name that the program never defines. */
export function reportUnusedPragmas(checker: Checker, { deferred }: PragmaNotes): void {
  for (const { directive, name, span } of deferred) {
    const isDefined =
      name === "translator" ||
      checker.providers.has(name) ||
      checker.scope.findGlobal(name) !== undefined;
    if (!isDefined) attempt(checker, () => fail("D_PRAGMA_UNUSED", span, directive));
  }
}
