/** Inlines with parameters at their use: the definition is checked anew with what was given. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { IndexExpression } from "../../syntax/ast.ts";
import { type Checker, fail } from "../checker.ts";
import { castTo } from "../conversions.ts";
import { withinLibrary } from "../declarations/libraries.ts";
import type { InlineEntry, ParameterEntry } from "../identifiers/scope.ts";
import { type Operand, valueOperand } from "../operand.ts";
import { checkExpression, requireValue } from "./expression.ts";
import { checkKeys } from "./variables.ts";

/** Inlines that use others twice double what they expand to with every level. */
const expansionLimit = 10_000;

export function applyInline(checker: Checker, node: IndexExpression, inline: InlineEntry): Operand {
  const keys = node.keys.map((key) => checkExpression(checker, key));
  return expandInline(checker, inline, { keys, span: node.span });
}

export function expandInline(
  checker: Checker,
  inline: InlineEntry,
  { keys, span }: { readonly keys: readonly Operand[]; readonly span: TextSpan },
): Operand {
  checker.expansions += 1;
  if (checker.expansions > expansionLimit) {
    fail("D_UNKNOWN", span, `more than ${expansionLimit} inlines in one expression`);
  }
  const parameters = inline.parameters ?? [];
  checkKeys(keys, { span, name: inline.name, types: parameters.map(({ type }) => type) });

  const bound = parameters.flatMap(({ name, type }, index): readonly ParameterEntry[] => {
    const key = keys[index];
    if (name === undefined || !key) return [];
    const value = castTo(checker.universe, requireValue(key), type);
    return [{ kind: "parameter", name, operand: valueOperand(value) }];
  });
  const operand = withinLibrary(checker, inline.library, () =>
    checker.scope.withParameters(bound, () => checkExpression(checker, inline.value)),
  );
  const declaredStability = checker.scope.declaredStability(inline);
  if (operand.kind === "translation") return { ...operand, span, declaredStability };
  if (operand.kind !== "value") return { ...operand, span };
  const value = castTo(checker.universe, operand.expression, inline.type);
  return valueOperand({ ...value, span, type: inline.type, declaredStability });
}
