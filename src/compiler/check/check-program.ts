/** The type checker: a program as written becomes a program whose every name and type is known. */

import { assertNever } from "../../base/assert-never.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Environment } from "../environment.ts";
import type { LibrarySource } from "../library/library-source.ts";
import { type Options, versionOption } from "../options/options.ts";
import type { Program, ProgramItem } from "../syntax/ast.ts";
import { longType } from "../types/base-types.ts";
import { createTypeUniverse } from "../types/environment-types.ts";
import type { TypeUniverse } from "../types/type-universe.ts";
import type { CheckedClause, CheckedProgram, ProgramOption } from "./checked-program.ts";
import { attempt, type Checker } from "./checker.ts";
import { checkClause } from "./clauses.ts";
import { declareInline } from "./declarations/inlines.ts";
import { connectLibraries } from "./declarations/libraries.ts";
import { declareProvider } from "./declarations/providers.ts";
import { declareTranslator } from "./declarations/translators.ts";
import { declare } from "./declarations/variables.ts";
import { isAddedAfter } from "./identifiers/added-names.ts";
import { Scope } from "./identifiers/scope.ts";
import { checkPragma, type PragmaNotes, reportUnusedPragmas } from "./pragmas.ts";

export interface CheckResult {
  /** Undefined where anything is wrong. */
  readonly program: CheckedProgram | undefined;
  /** In the order in which DTrace would meet them: it stops at the first. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `options` takes what pragmas set, at once: later clauses are checked under it. */
export function checkProgram(
  program: Program,
  environment: Environment,
  options: Options,
): CheckResult {
  const universe = createTypeUniverse(environment);
  return checkWithTypes(program, { environment, options, universe });
}

export interface CheckerInput {
  readonly environment: Environment;
  readonly options: Options;
  /** The parser's question whether a name is a type is answered from the same types. */
  readonly universe: TypeUniverse;
  readonly libraries?: LibrarySource | undefined;
}

export function checkWithTypes(program: Program, input: CheckerInput): CheckResult {
  const { program: checked, diagnostics } = checkTogether([program], createChecker(input));
  return { program: checked, diagnostics: diagnostics.flat() };
}

/** Programs that share their names and become one; the diagnostics of each. */
export function checkTogether(
  programs: readonly Program[],
  checker: Checker,
): {
  readonly program: CheckedProgram | undefined;
  readonly diagnostics: readonly (readonly Diagnostic[])[];
  /** How many clauses stand before the end of each program. */
  readonly clauseEnds: readonly number[];
} {
  const work = newWork();
  const clauseEnds: number[] = [];
  const diagnostics = programs.map(({ items }) => {
    for (const item of items) checkItem(checker, work, item);
    clauseEnds.push(work.clauses.length);
    reportUnusedPragmas(checker, { deferred: work.pragmas.deferred.splice(0) });
    return checker.diagnostics.splice(0);
  });
  if (diagnostics.flat().length > 0) return { program: undefined, diagnostics, clauseEnds };
  return {
    clauseEnds,
    program: {
      clauses: [...work.clauses, ...checker.afterwards],
      variables: checker.scope.variables,
      aggregations: checker.aggregations.defined,
      options: work.options,
      destructive: checker.destructive,
    },
    diagnostics,
  };
}

interface Work {
  readonly clauses: CheckedClause[];
  readonly options: ProgramOption[];
  readonly pragmas: PragmaNotes;
  clauseCount: number;
}

const newWork = (): Work => ({
  clauses: [],
  options: [],
  pragmas: { deferred: [] },
  clauseCount: 0,
});

/** Knows the libraries from the start: the parser asks the same types. */
export function createChecker({
  environment,
  options,
  universe,
  libraries,
}: CheckerInput): Checker {
  const checker: Checker = {
    environment,
    options,
    universe,
    scope: new Scope((name) => {
      const version = versionOption(options);
      return version !== undefined && isAddedAfter(name, version);
    }),
    aggregations: { byName: new Map(), defined: [] },
    translators: [],
    providers: new Map(),
    providerStability: new Map(),
    declaredTypes: new Map(),
    diagnostics: [],
    library: undefined,
    libraries: undefined,
    clause: undefined,
    noted: new Set(),
    afterwards: [],
    destructive: false,
    expansions: 0,
    sizes: new Map(),
  };
  const { scope } = checker;
  for (const layer of ["program", "libraries"] as const) {
    scope.within(layer, () =>
      scope.define({ kind: "constant", name: "NULL", type: longType, value: 0n }),
    );
  }
  if (libraries) {
    connectLibraries(checker, libraries, (item) => checkItem(checker, newWork(), item));
  }
  return checker;
}

function checkItem(checker: Checker, work: Work, item: ProgramItem): void {
  checker.expansions = 0;
  switch (item.kind) {
    case "clause":
      work.clauseCount += 1;
      for (const clause of checkClause(checker, item, work.clauseCount)) work.clauses.push(clause);
      return;
    case "declaration":
      attempt(checker, () => declare(checker, item));
      return;
    case "inline":
      attempt(checker, () => declareInline(checker, item));
      return;
    case "translator":
      attempt(checker, () => declareTranslator(checker, item));
      return;
    case "provider":
      attempt(checker, () => declareProvider(checker, item));
      return;
    case "option-pragma":
      work.options.push({ name: item.name, value: item.value, span: item.span });
      attempt(checker, () => checkPragma(checker, work.pragmas, item));
      return;
    case "attributes-pragma":
    case "provider-attributes-pragma":
    case "binding-pragma":
    case "dependency-pragma":
      attempt(checker, () => checkPragma(checker, work.pragmas, item));
      return;
    default:
      assertNever(item);
  }
}
