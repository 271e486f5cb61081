/** What would help with a mistake: the name that was probably meant, or D's way to do it. */

import type { ProbePattern } from "../environment.ts";
import { optionTable } from "../options/option-table.ts";
import type { CompositeType, DType, ForwardType } from "../types/d-type.ts";
import { referencedType, resolveType } from "../types/type-queries.ts";
import type { Checker } from "./checker.ts";
import { builtinVariables } from "./identifiers/builtin-variables.ts";
import { actions, aggregatingFunctions, subroutines } from "./identifiers/functions.ts";

const functionNames = [
  ...Object.keys(subroutines),
  ...Object.keys(actions),
  ...Object.keys(aggregatingFunctions),
];

/** Types too: an unknown one, as in `sizeof (unit32_t)`, is read as a variable. */
export function hintForName({ scope, universe }: Checker, name: string): string | undefined {
  if (functionNames.includes(name)) return `${name} is called: ${name}(…)`;
  const variables = [...scope.globalNames, ...Object.keys(builtinVariables)];
  return didYouMean(name, [...variables, ...universe.typedefNames]);
}

export function hintForScoped(
  { scope }: Checker,
  { scope: own, name }: { readonly scope: "thread" | "clause"; readonly name: string },
): string | undefined {
  return didYouMean(name, scope.namesIn(own));
}

export function hintForTranslated(members: Iterable<string>, name: string): string | undefined {
  return didYouMean(name, members);
}

export function hintForFunction(name: string): string | undefined {
  return didYouMean(name, functionNames);
}

/** Undefined for an option that there is: then its value is wrong. */
export function hintForOption(name: string): string | undefined {
  const names = Object.keys(optionTable);
  return names.includes(name) ? undefined : didYouMean(name, names);
}

export function hintForMember(structure: CompositeType, name: string): string | undefined {
  return didYouMean(name, [...memberNames(structure)]);
}

function* memberNames(structure: CompositeType): Iterable<string> {
  for (const { name, type } of structure.members()) {
    if (name !== undefined) yield name;
    const inner = resolveType(type);
    if (name === undefined && (inner.kind === "struct" || inner.kind === "union")) {
      yield* memberNames(inner);
    }
  }
}

/** For a structure, union or enum that is nowhere defined. */
export function hintForIncomplete(
  { environment, universe, libraries }: Checker,
  { tag, name }: ForwardType,
): string | undefined {
  if (environment.typeModules.length === 0) {
    return "this kernel describes no types: /sys/kernel/btf/vmlinux is missing";
  }
  return didYouMean(name, [...universe.namesOf(tag), ...(libraries?.names("tag") ?? [])]);
}

/** For a type that may be, or point to, one that is nowhere defined. */
export function hintForForward(checker: Checker, type: DType): string | undefined {
  const resolved = checker.universe.complete(referencedType(type) ?? type);
  return resolved.kind === "forward" ? hintForIncomplete(checker, resolved) : undefined;
}

/** For a name at which the grammar expects a type; what it is not decides how the text is read. */
export function hintForTypedef({ universe, libraries }: Checker, name: string): string {
  const names = [...universe.namesOf("typedef"), ...(libraries?.names("typedef") ?? [])];
  // That both end in _t makes no two names alike.
  const most = Math.floor(name.replace(/_t$/, "").length / 3);
  return didYouMean(name, names, most) ?? `there is no type ${name}`;
}

/** Goes through the fields from the left, to the first that no probe has. */
export function hintForProbe({ environment }: Checker, wanted: ProbePattern): string | undefined {
  const hint = environment.hintForProbe?.(wanted);
  if (hint !== undefined) return hint;
  const everything: ProbePattern = { provider: "", module: "", function: "", name: "" };
  let pattern = everything;
  for (const field of ["provider", "module", "function", "name"] as const) {
    if (wanted[field] === "") continue;
    const wider = pattern;
    pattern = { ...pattern, [field]: wanted[field] };
    if (environment.findProbes(pattern).length > 0) continue;
    const names = new Set(environment.findProbes(wider).map((probe) => probe[field]));
    return didYouMean(wanted[field], [...names]) ?? `no probe has the ${field} ${wanted[field]}`;
  }
  return undefined;
}

const mostCandidates = 3;

/** The nearest names; several where they are equally near. */
function didYouMean(
  name: string,
  candidates: Iterable<string>,
  most = Math.floor(name.length / 3),
): string | undefined {
  let least = most;
  let nearest: string[] = [];
  for (const candidate of new Set(candidates)) {
    if (candidate === "" || Math.abs(candidate.length - name.length) > least) continue;
    const distance = editDistance(name, candidate);
    if (distance > least) continue;
    if (distance < least) nearest = [];
    least = distance;
    nearest.push(candidate);
  }
  return nearest.length === 0 ? undefined : `did you mean ${anyOf(nearest)}?`;
}

function anyOf(names: readonly string[]): string {
  const shown = names.slice(0, mostCandidates);
  const last = shown.at(-1) ?? "";
  return shown.length === 1 ? last : `${shown.slice(0, -1).join(", ")} or ${last}`;
}

/** Letters to insert, remove, replace or swap. */
function editDistance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= from.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const changed = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, replaced);
      const isSwap =
        row > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      rows[row]?.push(isSwap ? Math.min(changed, at(row - 2, column - 2) + 1) : changed);
    }
  }
  return at(from.length, to.length);
}
