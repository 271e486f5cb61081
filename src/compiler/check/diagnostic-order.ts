/** What is wrong with a program, in the order in which DTrace would have met it. */

import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/**
 * DTrace reads the whole text, declaring on the way, before it checks the first clause: what is
 * wrong with clauses comes last.
 */
export function orderDiagnostics(
  parsed: readonly Diagnostic[],
  checked: readonly Diagnostic[],
): readonly Diagnostic[] {
  const declared = checked.filter((each) => !isAboutClause(each));
  const whileReading = [...parsed, ...declared].sort(
    (left, right) => position(left) - position(right),
  );
  return [...whileReading, ...checked.filter(isAboutClause)];
}

const isAboutClause = ({ region, tag }: Diagnostic): boolean =>
  region !== undefined || tag === "D_PDESC_ZERO" || tag === "D_PRAGMA_UNUSED";

/** That a program is empty is known at its end. */
const position = ({ tag, span }: Diagnostic): number =>
  tag === "D_EMPTY" ? Number.POSITIVE_INFINITY : span.start;
