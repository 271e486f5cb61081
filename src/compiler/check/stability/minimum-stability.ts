/** `-xamin`: refuses what is less stable than the program's user is ready to depend on. */

import type { Probe, ProbePattern } from "../../environment.ts";
import { textOption } from "../../options/options.ts";
import { isBelow, parseStability, stabilityText } from "../../types/stability.ts";
import type { CheckedExpression, ClauseBody } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import {
  descriptionStability,
  expressionsOf,
  ownStability,
  probesAsDeclared,
  stabilityOfProbes,
} from "./clause-stability.ts";

interface Place {
  readonly pattern: ProbePattern;
  readonly probes: readonly Probe[];
  readonly description: string;
}

/** Fails at the first thing that is below. */
export function requireMinimum(
  checker: Checker,
  { pattern, probes, description }: Place,
  body: ClauseBody,
): void {
  const minimum = parseStability(textOption(checker.options, "amin") ?? "");
  if (!minimum) return;
  const probe = stabilityOfProbes(
    pattern,
    probesAsDeclared({
      probes,
      providerStability: checker.providerStability.get(pattern.provider),
    }),
  );
  const described = descriptionStability(pattern, probe);
  if (isBelow(described, minimum)) {
    fail("D_ATTR_MIN", body.span, `probe description ${description}`, stabilityText(described));
  }
  for (const expression of expressionsOf(body)) {
    const own = ownStability(expression, probe);
    if (isBelow(own, minimum)) {
      fail("D_ATTR_MIN", expression.span, nameOf(expression), stabilityText(own));
    }
  }
}

function nameOf(expression: CheckedExpression): string {
  switch (expression.kind) {
    case "builtin":
      return `scalar ${expression.name}`;
    case "argument":
      return `associative array args`;
    case "symbol":
      return `symbol ${expression.module}\`${expression.name}`;
    case "call":
      return `function ${expression.subroutine}( )`;
    default:
      return "expression";
  }
}
