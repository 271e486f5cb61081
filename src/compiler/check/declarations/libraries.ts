/**
 * D libraries as the checker meets them: read when a program names what one defines, checked apart
 * from the program. What is wrong in a library matters only to programs that need it.
 */

import type { TextSpan } from "../../../base/text-span.ts";
import { type Diagnostic, nameOfLibrary } from "../../diagnostics/diagnostic.ts";
import type { Library, LibrarySource, NameSpace } from "../../library/library-source.ts";
import { scanDefinitions } from "../../library/scan-definitions.ts";
import type { ProgramItem } from "../../syntax/ast.ts";
import { parseProgram } from "../../syntax/parse-program.ts";
import { isTypeName } from "../../types/environment-types.ts";
import { type Checker, CheckFailure } from "../checker.ts";
import { isDependencyMet } from "../pragmas.ts";

export interface LibraryLoader {
  /** Has what may define the name loaded; throws where what defines it is wrong. */
  supply(space: NameSpace, name: string): void;
  names(space: NameSpace): readonly string[];
}

/** What became of a library; `skipped` where something it depends on is not there. */
type Outcome =
  | { readonly kind: "loaded" }
  | { readonly kind: "skipped" }
  | { readonly kind: "broken"; readonly faults: readonly Fault[] };

interface Fault {
  readonly diagnostic: Diagnostic;
  /** What suffers from it; undefined for the whole library. */
  readonly names: ReadonlySet<string> | undefined;
}

interface Loading {
  readonly checker: Checker;
  readonly source: LibrarySource;
  /** A library that is being loaded counts as loaded: its definitions may ask for each other. */
  readonly outcomes: Map<Library, Outcome>;
  readonly checkItem: (item: ProgramItem) => void;
}

/** From now on the checker's names and types are looked for in libraries too. */
export function connectLibraries(
  checker: Checker,
  source: LibrarySource,
  checkItem: (item: ProgramItem) => void,
): void {
  const loading: Loading = { checker, source, outcomes: new Map(), checkItem };
  const loader: LibraryLoader = {
    names: (space) => source.names(space),
    supply(space, name) {
      for (const library of source.defining(space, name)) {
        requireSound(library, name, outcomeOf(loading, library));
      }
    },
  };
  checker.libraries = loader;
  checker.universe.useLibraries((space, name) => loader.supply(space, name));
  checker.scope.useLibraries((name) => loader.supply("identifier", name));
}

function requireSound(library: Library, name: string, outcome: Outcome): void {
  if (outcome.kind !== "broken") return;
  const fault = outcome.faults.find(({ names }) => names?.has(name) ?? true);
  if (fault) throw new CheckFailure({ library, ...fault.diagnostic });
}

function outcomeOf(loading: Loading, library: Library): Outcome {
  const known = loading.outcomes.get(library);
  if (known) return known;
  loading.outcomes.set(library, { kind: "loaded" });
  const outcome = apart(loading.checker, library, () => load(loading, library));
  loading.outcomes.set(library, outcome);
  return outcome;
}

/** Whatever is being checked is left alone meanwhile. */
function apart<Result>(checker: Checker, library: Library, run: () => Result): Result {
  const { clause, expansions } = checker;
  checker.clause = undefined;
  try {
    return withinLibrary(checker, library, () => checker.scope.withParameters([], run));
  } finally {
    checker.clause = clause;
    checker.expansions = expansions;
  }
}

function load(loading: Loading, library: Library): Outcome {
  const { checker } = loading;
  const { program, diagnostics } = parseLibrary(checker, library);
  const dependencies = program.items.filter((item) => item.kind === "dependency-pragma");
  const isComplete = dependencies.every(({ on, name }) =>
    on === "library" ? isLibraryThere(loading, name) : isDependencyMet(checker, on, name),
  );
  if (!isComplete) return { kind: "skipped" };

  const faults: Fault[] = diagnostics.map((diagnostic) => ({ diagnostic, names: undefined }));
  for (const item of program.items) {
    if (!isDefinition(item)) continue;
    const names = library.isShipped ? namesOf(library, item) : undefined;
    for (const diagnostic of diagnosticsOf(loading, item)) faults.push({ diagnostic, names });
  }
  return faults.length > 0 ? { kind: "broken", faults } : { kind: "loaded" };
}

/** Clauses of a library trace nothing; of its pragmas only those about its names count. */
const isDefinition = ({ kind }: ProgramItem): boolean =>
  kind !== "clause" && (kind === "attributes-pragma" || !kind.endsWith("pragma"));

function parseLibrary(checker: Checker, { path, source }: Library) {
  const { environment, universe } = checker;
  return parseProgram(source, {
    arguments: [path],
    macros: environment.macros,
    isTypeName: (name) => isTypeName(universe, name),
    probeField: "name",
    preferProbes: false,
    defaultArguments: true,
    allowUnusedArguments: true,
    allowEmpty: true,
  });
}

function isLibraryThere(loading: Loading, name: string): boolean {
  const library = loading.source.named(name);
  return library !== undefined && outcomeOf(loading, library).kind !== "skipped";
}

function diagnosticsOf({ checker, checkItem }: Loading, item: ProgramItem): readonly Diagnostic[] {
  const before = checker.diagnostics.length;
  checkItem(item);
  return checker.diagnostics.splice(before);
}

function namesOf({ source }: Library, { span }: ProgramItem): ReadonlySet<string> {
  const text = `${source.text.slice(span.start, span.end)};`;
  return new Set(scanDefinitions(text).map(({ name }) => name));
}

/** Checks with what that library sees, or a program; what goes wrong is told as wrong there. */
export function withinLibrary<Result>(
  checker: Checker,
  library: Library | undefined,
  run: () => Result,
): Result {
  const outer = checker.library;
  if (library === outer) return run();
  const layer = library ? "libraries" : "program";
  checker.library = library;
  try {
    return checker.scope.within(layer, () => checker.universe.within(layer, run));
  } catch (error) {
    if (!(error instanceof CheckFailure) || !library) throw error;
    throw new CheckFailure({ library, ...error.diagnostic });
  } finally {
    checker.library = outer;
  }
}

/**
 * What is wrong in a library of ours, told of the program's expression that needs it: the kernel
 * lacks something, and nobody can mend the library.
 */
export function seenFromProgram(error: unknown, span: TextSpan): unknown {
  if (!(error instanceof CheckFailure)) return error;
  const { library, ...diagnostic } = error.diagnostic;
  if (!library?.isShipped) return error;
  const name = nameOfLibrary(library);
  return new CheckFailure({
    ...diagnostic,
    span,
    message: `${name}, line ${diagnostic.span.line}: ${diagnostic.message}`,
    hints: [`this kernel does not have what ${name} looks at there`],
  });
}
