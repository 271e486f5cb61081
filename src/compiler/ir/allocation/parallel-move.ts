/** Puts moves that happen at once in an order in which none destroys what another needs. */

/** Where a value comes from: a register, or a place that no move of the group changes. */
export interface Move<Source> {
  readonly to: number;
  readonly from: number | Source;
}

export type MoveStep<Source> =
  | { readonly kind: "copy"; readonly to: number; readonly from: number }
  | { readonly kind: "load"; readonly to: number; readonly from: Source }
  /** To and from the one scratch place; only cycles need it. */
  | { readonly kind: "save"; readonly from: number }
  | { readonly kind: "restore"; readonly to: number };

const scratch = -1;

export function orderMoves<Source extends object>(
  moves: readonly Move<Source>[],
): readonly MoveStep<Source>[] {
  const steps: MoveStep<Source>[] = [];
  const pending = new Map<number, number>();
  for (const { to, from } of moves) {
    if (typeof from === "number" && from !== to) pending.set(to, from);
  }
  while (pending.size > 0) {
    const to = unneededTarget(pending);
    if (to === undefined) {
      breakCycle(pending, steps);
      continue;
    }
    const from = pending.get(to) ?? scratch;
    steps.push(from === scratch ? { kind: "restore", to } : { kind: "copy", to, from });
    pending.delete(to);
  }
  // Loads come last: until then a register of the group may still be read.
  for (const { to, from } of moves) {
    if (typeof from !== "number") steps.push({ kind: "load", to, from });
  }
  return steps;
}

function unneededTarget(pending: ReadonlyMap<number, number>): number | undefined {
  const sources = new Set(pending.values());
  for (const to of pending.keys()) {
    if (!sources.has(to)) return to;
  }
  return undefined;
}

/** Only cycles are left: one value steps aside, and its register becomes free to be written. */
function breakCycle<Source>(pending: Map<number, number>, steps: MoveStep<Source>[]): void {
  for (const [to, from] of pending) {
    steps.push({ kind: "save", from });
    pending.set(to, scratch);
    return;
  }
}
