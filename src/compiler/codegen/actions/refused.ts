/** Destructive actions that no eBPF program can do, or that this kernel lets none do. */

import type { CheckedProgram, ClauseBody } from "../../check/checked-program.ts";
import { type Diagnostic, diagnose } from "../../diagnostics/diagnostic.ts";
import type { KernelFeatures } from "../../environment.ts";
import { expressionsOf } from "../walk.ts";

const impossible: ReadonlyMap<string, string> = new Map([
  ["panic", "the kernel lets no tracing program stop the system"],
  ["breakpoint", "the kernel lets no tracing program enter its debugger"],
]);

const noUserWrites =
  "this kernel lets no tracing program write to user memory (bpf_probe_write_user)";

export function refuseActions(
  { clauses }: CheckedProgram,
  features: KernelFeatures,
): readonly Diagnostic[] {
  const bodies = new Set(clauses.map(({ body }) => body));
  const impossibleOnes = [...bodies].flatMap(refuseImpossible);
  const writes = [...bodies].flatMap(refuseUserWrites);
  // To ask for the feature is a try on the kernel: most programs need no answer.
  return writes.length === 0 || features.writesUserMemory
    ? impossibleOnes
    : [...impossibleOnes, ...writes];
}

function refuseImpossible({ statements }: ClauseBody): readonly Diagnostic[] {
  return statements.flatMap((statement) => {
    if (statement.kind !== "action") return [];
    const { name } = statement.action;
    const reason = impossible.get(name);
    return reason === undefined ? [] : [diagnose("D_CG_ACTION", statement.span, name, reason)];
  });
}

function refuseUserWrites(body: ClauseBody): readonly Diagnostic[] {
  return [...expressionsOf(body)].flatMap((expression) => {
    if (expression.kind !== "call") return [];
    const { subroutine, span } = expression;
    if (subroutine !== "copyout" && subroutine !== "copyoutstr") return [];
    return [diagnose("D_CG_ACTION", span, subroutine, noUserWrites)];
  });
}
