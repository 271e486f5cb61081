/** Clauses: their probes, their pieces, and the order in which predicate and actions are checked. */

import { invalidProbe } from "../diagnostics/catalog-syntax.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Derivation, Probe, ProbePattern } from "../environment.ts";
import { flagOption } from "../options/options.ts";
import type { Clause, ProbeSpecifier } from "../syntax/ast.ts";
import { isScalar } from "../types/type-queries.ts";
import { newClauseRecord } from "./actions/record-rules.ts";
import type {
  CheckedClause,
  CheckedExpression,
  CheckedStatement,
  ClauseBody,
} from "./checked-program.ts";
import { attempt, type Checker, type ClauseContext, fail, failWithHint } from "./checker.ts";
import { bothHold, checkNotes, drawnCondition } from "./derived-probes.ts";
import { sameArguments } from "./expressions/arguments.ts";
import { checkExpression, requireValue } from "./expressions/expression.ts";
import { hintForProbe } from "./hints.ts";
import { typeOfOperand } from "./operand.ts";
import { type ClausePiece, splitClause } from "./pieces.ts";
import { requireMinimum } from "./stability/minimum-stability.ts";
import { checkStatement } from "./statements.ts";

/** `number` tells the clauses of the source apart. */
export function checkClause(
  checker: Checker,
  clause: Clause,
  number: number,
): readonly CheckedClause[] {
  const places = clause.probes.map((specifier) => findPlace(checker, specifier));
  const pieces = splitClause(clause);
  return pieces.flatMap((piece) =>
    checkPiece(checker, piece, {
      places,
      pieceOf: pieces.length > 1 ? number : undefined,
    }),
  );
}

interface Place {
  readonly description: string;
  readonly pattern: ProbePattern;
  readonly probes: readonly Probe[];
}

function findPlace(checker: Checker, specifier: ProbeSpecifier): Place {
  const description = describeSpecifier(specifier);
  const probes = attempt(checker, () => findProbes(checker, specifier, description)) ?? [];
  return { description, pattern: patternOf(specifier, probes), probes };
}

/** A probe named by its number is meant as if all its fields were written. */
function patternOf(specifier: ProbeSpecifier, [probe]: readonly Probe[]): ProbePattern {
  const named = specifier.kind === "probe-identifier" ? probe : specifier;
  if (!named) return { provider: "", module: "", function: "", name: "" };
  const { provider, module, function: functionName, name } = named;
  return { provider, module, function: functionName, name };
}

function describeSpecifier(specifier: ProbeSpecifier): string {
  if (specifier.kind === "probe-identifier") return `${specifier.id}`;
  const { provider, module, function: functionName, name } = specifier;
  return `${provider}:${module}:${functionName}:${name}`;
}

function findProbes(
  checker: Checker,
  specifier: ProbeSpecifier,
  description: string,
): readonly Probe[] {
  const { environment, options } = checker;
  if (specifier.kind === "probe-identifier") {
    const probes = environment.findProbesById(specifier.id);
    if (probes.length > 0) return probes;
    return fail(
      "D_PDESC_INVAL",
      specifier.span,
      invalidProbe.unknownIdentifier(BigInt(specifier.id)),
    );
  }
  const pattern = patternOf(specifier, []);
  const probes = environment.findProbes(pattern);
  if (probes.length === 0 && !flagOption(options, "zdefs")) {
    const hint = hintForProbe(checker, pattern);
    failWithHint(hint, "D_PDESC_ZERO", specifier.span, description);
  }
  return probes;
}

interface PieceContext {
  readonly places: readonly Place[];
  readonly pieceOf: number | undefined;
}

/** Places share one body, unless `args[]` means something else in the next. */
function checkPiece(
  checker: Checker,
  piece: ClausePiece,
  { places, pieceOf }: PieceContext,
): readonly CheckedClause[] {
  const clauses: CheckedClause[] = [];
  let shared:
    | { readonly place: Place; readonly body: ClauseBody; readonly uses: boolean }
    | undefined;
  for (const place of places) {
    const { pattern } = place;
    const providerStability = checker.providerStability.get(pattern.provider);
    const undrawn = place.probes.filter(({ derivation }) => !derivation);
    for (const probe of place.probes) {
      if (!probe.derivation) continue;
      const drawn = { place, pieceOf, derivation: probe.derivation };
      clauses.push(...checkNotes(checker, probe, { pattern, span: piece.span }));
      const { body } = checkBody(checker, piece, drawn);
      clauses.push({ pattern, probes: [probe], body, providerStability });
    }
    if (undrawn.length === 0 && place.probes.length > 0) continue;
    if (!shared || (shared.uses && !meansTheSame(checker, shared.place, place))) {
      const { body, usesArguments } = checkBody(checker, piece, { place, pieceOf });
      shared = { place, body, uses: usesArguments };
    }
    clauses.push({ pattern, probes: undrawn, body: shared.body, providerStability });
  }
  return clauses;
}

function meansTheSame(checker: Checker, left: Place, right: Place): boolean {
  const [from] = left.probes;
  const [to] = right.probes;
  return from !== undefined && to !== undefined && sameArguments(checker, from, to);
}

interface BodyContext {
  readonly place: Place;
  readonly pieceOf: number | undefined;
  /** How the probe is drawn from another, where it is. */
  readonly derivation?: Derivation | undefined;
}

function checkBody(
  checker: Checker,
  piece: ClausePiece,
  { place, pieceOf, derivation }: BodyContext,
): { readonly body: ClauseBody; readonly usesArguments: boolean } {
  const context: ClauseContext = {
    ...place,
    derivation,
    region: "action list",
    usesArguments: false,
  };
  checker.clause = context;
  const before = checker.diagnostics.length;
  const checked = checkInEitherOrder(checker, context, piece);
  // What args[] are is known when there are probes: with -Z they may come with a module.
  const isTooEarly = place.probes.length === 0 && context.usesArguments;
  const failsEarly = isTooEarly && checker.diagnostics.length > before;
  if (failsEarly) checker.diagnostics.length = before;
  const { predicate, statements } = failsEarly ? nothing : checked;
  const condition = derivation && attempt(checker, () => drawnCondition(checker, piece.span));
  const body = {
    span: piece.span,
    predicate: condition ? bothHold(condition, predicate) : predicate,
    statements,
    pieceOf,
  };
  attempt(checker, () => requireMinimum(checker, place, body));
  checker.clause = undefined;
  return { body, usesArguments: context.usesArguments };
}

const nothing: CheckedBody = { predicate: undefined, statements: [] };

interface CheckedBody {
  readonly predicate: CheckedExpression | undefined;
  readonly statements: readonly CheckedStatement[];
}

/**
 * Actions first, since they usually make the variables that the predicate asks for; where a name
 * stays unknown that way, once more with the predicate first.
 */
function checkInEitherOrder(
  checker: Checker,
  context: ClauseContext,
  piece: ClausePiece,
): CheckedBody {
  const before = checker.diagnostics.length;
  const knowsAll = piece.predicate ? knowsNames : () => true;
  const statements = checkStatements(checker, context, piece, knowsAll);
  if (!checker.diagnostics.slice(before).every(knowsAll)) {
    checker.diagnostics.length = before;
    const predicate = checkPredicate(checker, context, piece);
    return { predicate, statements: checkStatements(checker, context, piece, () => true) };
  }
  return { predicate: checkPredicate(checker, context, piece), statements };
}

const knowsNames = ({ tag }: Diagnostic): boolean =>
  tag !== "D_IDENT_UNDEF" && tag !== "D_VAR_UNDEF";

/** Stops where a failure is one that `goesOn` is false for: later statements make no names then. */
function checkStatements(
  checker: Checker,
  context: ClauseContext,
  { statements }: ClausePiece,
  goesOn: (failure: Diagnostic) => boolean,
): readonly CheckedStatement[] {
  context.region = "action list";
  const record = newClauseRecord();
  const checked: CheckedStatement[] = [];
  for (const statement of statements) {
    const before = checker.diagnostics.length;
    const result = attempt(checker, () => checkStatement(checker, statement, record));
    if (result) checked.push(result);
    if (!checker.diagnostics.slice(before).every(goesOn)) break;
  }
  return checked;
}

function checkPredicate(
  checker: Checker,
  context: ClauseContext,
  { predicate }: ClausePiece,
): CheckedExpression | undefined {
  if (!predicate) return undefined;
  context.region = "predicate";
  return attempt(checker, () => {
    const operand = checkExpression(checker, predicate);
    if (!isScalar(typeOfOperand(operand))) fail("D_PRED_SCALAR", predicate.span);
    return requireValue(operand);
  });
}
