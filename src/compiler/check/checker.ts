/**
 * What one compilation knows while it checks. Checking an expression stops at its first error by
 * throwing `CheckFailure`; `attempt` turns that into a diagnostic, so that nothing but a bug gets
 * out of `checkProgram`.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type { DiagnosticTag } from "../diagnostics/catalog.ts";
import {
  type Diagnostic,
  type DiagnosticFacts,
  type DiagnosticRegion,
  diagnose,
  withHint,
} from "../diagnostics/diagnostic.ts";
import type { Derivation, Environment, Probe, ProbeStability } from "../environment.ts";
import type { Library } from "../library/library-source.ts";
import type { Options } from "../options/options.ts";
import type { DType } from "../types/d-type.ts";
import type { TypeUniverse } from "../types/type-universe.ts";
import type { AggregationTable } from "./aggregations/aggregation-entry.ts";
import type { CheckedClause, CheckedExpression } from "./checked-program.ts";
import type { LibraryLoader } from "./declarations/libraries.ts";
import type { DeclaredProbes } from "./declarations/providers.ts";
import type { Translator } from "./declarations/translators.ts";
import type { Scope } from "./identifiers/scope.ts";

export interface Checker {
  readonly environment: Environment;
  readonly options: Options;
  readonly universe: TypeUniverse;
  readonly scope: Scope;
  readonly aggregations: AggregationTable;
  readonly translators: Translator[];
  /** What was declared with `provider`, by name. */
  readonly providers: Map<string, DeclaredProbes>;
  /** What pragmas said of providers, by name. */
  readonly providerStability: Map<string, Partial<ProbeStability>>;
  /**
   * Structures and enums by the list of their members as written: declarators share the specifier
   * they stand with, which is declared once.
   */
  readonly declaredTypes: Map<object, DType>;
  readonly diagnostics: Diagnostic[];
  /** The library whose definitions are looked at; undefined for the program. */
  library: Library | undefined;
  libraries: LibraryLoader | undefined;
  /** What probes drawn from others had noted already. */
  readonly noted: Set<string>;
  /** Clauses of theirs that come behind those of the program. */
  readonly afterwards: CheckedClause[];
  /** The clause being checked; undefined between clauses. */
  clause: ClauseContext | undefined;
  /** Some action needs `-w`. */
  destructive: boolean;
  /** Nodes of the expressions of inlines, with those of inlines they use counted at every use. */
  readonly sizes: Map<CheckedExpression, number>;
  /** How many inlines with parameters the current statement or definition has expanded. */
  expansions: number;
}

export interface ClauseContext {
  /** `a:b:c:d` as messages name it. */
  readonly description: string;
  readonly probes: readonly Probe[];
  /** How the one probe that is being looked at is drawn from another. */
  readonly derivation: Derivation | undefined;
  region: DiagnosticRegion;
  /** The clause looked at `args[]`: what it means depends on the probes. */
  usesArguments: boolean;
}

export class CheckFailure extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/** Gives up the expression, declaration or statement being checked. */
export function fail<Tag extends DiagnosticTag>(
  tag: Tag,
  span: TextSpan,
  ...facts: DiagnosticFacts<Tag>
): never {
  throw new CheckFailure(diagnose(tag, span, ...facts));
}

/** `fail` with what would help, if anything is known to. */
export function failWithHint<Tag extends DiagnosticTag>(
  hint: string | undefined,
  tag: Tag,
  span: TextSpan,
  ...facts: DiagnosticFacts<Tag>
): never {
  const diagnostic = diagnose(tag, span, ...facts);
  throw new CheckFailure(hint === undefined ? diagnostic : withHint(diagnostic, hint));
}

/** What the parser has already complained of: given up without another word. */
export class AlreadyReported extends Error {}

/** The result, or undefined with the failure noted. */
export function attempt<Result>(checker: Checker, check: () => Result): Result | undefined {
  try {
    return check();
  } catch (error) {
    if (error instanceof AlreadyReported) return undefined;
    if (!(error instanceof CheckFailure)) throw error;
    const region = checker.clause?.region;
    checker.diagnostics.push({ ...error.diagnostic, region });
    return undefined;
  }
}
