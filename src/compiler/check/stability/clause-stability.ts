/** How stable a clause is: what `dtrace -v` reports of its description and of its statements. */

import type {
  Probe,
  ProbePattern,
  ProbeStability,
  StabilityAttributes,
} from "../../environment.ts";
import { evolving, leastStable, privateSymbol, stable } from "../../types/stability.ts";
import type {
  BuiltinName,
  CheckedClause,
  CheckedExpression,
  ClauseBody,
  SubroutineName,
} from "../checked-program.ts";
import { partsOf, partsOfStatement } from "../expression-parts.ts";
import { builtinVariables } from "../identifiers/builtin-variables.ts";

export interface ClauseStability {
  readonly description: StabilityAttributes;
  readonly statements: StabilityAttributes;
}

/** What is known of a provider that the description does not name. */
const unstable: StabilityAttributes = { name: "Unstable", data: "Unstable", class: "Common" };
const unknownProvider: ProbeStability = {
  provider: unstable,
  module: unstable,
  function: unstable,
  name: unstable,
  arguments: unstable,
};

export function clauseStability(clause: CheckedClause): ClauseStability {
  const { body, pattern } = clause;
  const probe = stabilityOfProbes(pattern, probesAsDeclared(clause));
  const expressions = [...expressionsOf(body)];
  return {
    description: descriptionStability(pattern, probe),
    statements: expressions.map((each) => ownStability(each, probe)).reduce(leastStable, stable),
  };
}

export function stabilityOfProbes(
  { provider }: ProbePattern,
  [probe]: readonly Probe[],
): ProbeStability {
  return (isWhole(provider) ? probe?.stability : undefined) ?? unknownProvider;
}

/** Exactly this provider, module, function or name is meant. */
export const isWhole = (field: string): boolean => field !== "" && !/[*?[]/.test(field);

/** The probes as a pragma before the clause has them. */
export function probesAsDeclared({
  probes,
  providerStability,
}: Pick<CheckedClause, "probes" | "providerStability">): readonly Probe[] {
  if (!providerStability) return probes;
  return probes.map((probe) => ({
    ...probe,
    stability: { ...probe.stability, ...providerStability },
  }));
}

/** Only the fields that are written count. */
export function descriptionStability(
  pattern: ProbePattern,
  probe: ProbeStability,
): StabilityAttributes {
  const fields = (["module", "function", "name"] as const).filter((field) => pattern[field] !== "");
  return fields.reduce((least, field) => leastStable(least, probe[field]), probe.provider);
}

/** An inline's expression stands in many places: each is given once. */
export function* expressionsOf(body: ClauseBody): Iterable<CheckedExpression> {
  const tops = body.statements.flatMap(partsOfStatement);
  const seen = new Set<CheckedExpression>();
  const waiting = body.predicate ? [body.predicate, ...tops] : tops;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    yield next;
    if (!next.declaredStability) waiting.push(...partsOf(next));
  }
}

const probeNames: ReadonlyMap<BuiltinName, keyof ProbeStability> = new Map([
  ["probeprov", "provider"],
  ["probemod", "module"],
  ["probefunc", "function"],
  ["probename", "name"],
]);

const evolvingSubroutines: ReadonlySet<SubroutineName> = new Set([
  "getmajor",
  "getminor",
  "htonl",
  "htonll",
  "htons",
  "mutex_owned",
  "mutex_owner",
  "mutex_type_adaptive",
  "mutex_type_spin",
  "ntohl",
  "ntohll",
  "ntohs",
  "rw_iswriter",
  "rw_read_held",
  "rw_write_held",
]);

/** Without that of its parts. */
export function ownStability(
  expression: CheckedExpression,
  probe: ProbeStability,
): StabilityAttributes {
  if (expression.declaredStability) return expression.declaredStability;
  switch (expression.kind) {
    case "builtin": {
      const part = probeNames.get(expression.name);
      return part ? probe[part] : builtinVariables[expression.name].stability;
    }
    case "argument":
      return probe.arguments;
    case "variable":
    case "element":
      return expression.variable.declaredStability ?? stable;
    case "symbol":
      return privateSymbol;
    case "call":
      return evolvingSubroutines.has(expression.subroutine) ? evolving : stable;
    default:
      return stable;
  }
}
