/**
 * Probes drawn from others. What their provider says of them in D, the condition and the values of
 * their arguments, is checked where a clause needs it, as an expression of the carrier's firing.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type { Derivation, Probe } from "../environment.ts";
import type { Expression } from "../syntax/ast.ts";
import { parseProgram } from "../syntax/parse-program.ts";
import { intType } from "../types/base-types.ts";
import type { DType } from "../types/d-type.ts";
import { isTypeName } from "../types/environment-types.ts";
import { stable } from "../types/stability.ts";
import type { CheckedClause, CheckedExpression } from "./checked-program.ts";
import { attempt, type Checker, CheckFailure, fail } from "./checker.ts";
import { integerConstant } from "./constants.ts";
import { castTo } from "./conversions.ts";
import { checkExpression, requireValue } from "./expressions/expression.ts";

interface DrawnArgument {
  /** Of `arg0`, `arg1`, … */
  readonly index: number;
  readonly type: DType;
  readonly span: TextSpan;
}

/** 0 where the probe has no such argument. */
export function drawnArgument(
  checker: Checker,
  { index, type, span }: DrawnArgument,
): CheckedExpression {
  const text = checker.clause?.derivation?.values[index];
  if (text === undefined) return integerConstant(span, type, 0n);
  const value = checkDrawn(checker, text, span);
  const declaredStability = checker.clause?.probes[0]?.stability.arguments;
  return { ...castTo(checker.universe, value, type), span, type, declaredStability };
}

/** When the probe fires at all; undefined for whenever its carrier does. */
export function drawnCondition(checker: Checker, span: TextSpan): CheckedExpression | undefined {
  const text = checker.clause?.derivation?.condition;
  return text === undefined ? undefined : checkDrawn(checker, text, span);
}

export function bothHold(
  condition: CheckedExpression,
  predicate: CheckedExpression | undefined,
): CheckedExpression {
  if (!predicate) return condition;
  const { span } = predicate;
  const parts = { operator: "&&", left: condition, right: predicate } as const;
  return { kind: "logical", span, type: intType, ...parts };
}

/**
 * Clauses that note what the probe's expressions ask for, once for all clauses of a program: those to
 * run before the probe's. The others wait for the end of the program.
 */
export function checkNotes(
  checker: Checker,
  probe: Probe,
  { pattern, span }: Pick<CheckedClause, "pattern"> & { readonly span: TextSpan },
): readonly CheckedClause[] {
  const { derivation, ...plain } = probe;
  return (derivation?.notes ?? []).flatMap(({ way, carrier, assignment, afterwards }) => {
    const note = `${carrier.module}:${carrier.function}:${carrier.name} ${assignment}`;
    if (checker.noted.has(note)) return [];
    checker.noted.add(note);
    const noting: Derivation = { way, carrier, condition: undefined, values: [] };
    checker.clause = {
      description: probe.name,
      probes: [],
      derivation: noting,
      region: "action list",
      usesArguments: false,
    };
    const expression = attempt(checker, () => checkDrawn(checker, assignment, span));
    checker.clause = undefined;
    if (!expression) return [];
    const statements = [{ kind: "evaluate", span, expression }] as const;
    const body = { span, predicate: undefined, statements, pieceOf: undefined };
    const noted = { ...plain, context: carrier.context, derivation: noting };
    const clause = { pattern, probes: [noted], body };
    if (!afterwards) return [clause];
    checker.afterwards.push(clause);
    return [];
  });
}

/** Programs depend on what the provider promises, not on what it draws its probes from. */
function checkDrawn(checker: Checker, text: string, span: TextSpan): CheckedExpression {
  const { clause } = checker;
  if (!clause?.derivation) throw new Error("nothing is drawn outside of a clause");
  const { carrier } = clause.derivation;
  checker.clause = { ...clause, probes: [carrier], derivation: carrier.derivation };
  try {
    const value = requireValue(checkExpression(checker, parseDrawn(checker, text)));
    return { ...value, span, declaredStability: stable };
  } catch (failure) {
    if (!(failure instanceof CheckFailure)) throw failure;
    const { message } = failure.diagnostic;
    return fail("D_UNKNOWN", span, notDrawn(clause.derivation, clause.description, message));
  } finally {
    checker.clause = clause;
  }
}

/** This kernel's structures are not what the provider took them to be. */
const notDrawn = ({ carrier }: Derivation, description: string, reason: string): string =>
  `${description} cannot be drawn from ${carrier.name} on this kernel: ${reason}`;

function parseDrawn(checker: Checker, text: string): Expression {
  const source = {
    name: "provider",
    kind: "file",
    text: `inline long drawn = (${text});`,
  } as const;
  const { program, diagnostics } = parseProgram(source, {
    arguments: [],
    macros: new Map(),
    isTypeName: (name) => isTypeName(checker.universe, name),
    probeField: "name",
    preferProbes: false,
    defaultArguments: false,
    allowUnusedArguments: true,
    allowEmpty: true,
  });
  const [item] = program.items;
  if (diagnostics.length > 0 || item?.kind !== "inline") {
    throw new Error(`a provider's expression cannot be read: ${text}`);
  }
  return item.value;
}
