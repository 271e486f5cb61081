/**
 * fentry and fexit: the kernel calls a program from the function itself, at a fraction of a kprobe's
 * cost and with the arguments at the return, too; but each function needs a program and an
 * attachment of its own. So they are for few functions.
 */

import type { TextSpan } from "../../../base/text-span.ts";
import type { CheckedClause, CheckedProgram } from "../../check/checked-program.ts";
import { type Diagnostic, diagnose } from "../../diagnostics/diagnostic.ts";
import type { Environment, Probe } from "../../environment.ts";
import type { Value } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { EventSource } from "../firing/firing.ts";
import { argumentsUsed } from "../walk.ts";

type Edge = "entry" | "return";

/** Raw arguments of a return: the offset, the value, and then those of the entry. */
export const returnArguments = 2;

interface Mechanisms {
  readonly program: CheckedProgram;
  readonly diagnostics: readonly Diagnostic[];
}

/** The program with trampolines for probes of functions, where that is the better way. */
export function chooseTrampolines(program: CheckedProgram, environment: Environment): Mechanisms {
  const { mostTrampolines } = environment.features;
  const few = fewFunctions(program.clauses, mostTrampolines);
  if (few?.size === 0) return { program, diagnostics: [] };
  const needy = needyProbes(program.clauses);
  const others = program.clauses.flatMap(({ probes }) => probes.filter(takesNoKprobe));
  const wanted = few ?? new Set([...needy.keys(), ...others]);
  const chosen = new Map<Probe, Probe>();
  if (wanted.size <= mostTrampolines * farMore) {
    for (const probe of wanted) {
      const other = onTrampoline(probe, environment);
      if (other) chosen.set(probe, other);
    }
  }
  const diagnostics = [...needy]
    .filter(([probe]) => !chosen.has(probe))
    .map(([{ function: name }, span]) => diagnose("D_CG_RETURN_ARGS", span, name));
  if (chosen.size === 0) return { program, diagnostics };
  const clauses = program.clauses.map((clause) => ({
    ...clause,
    probes: clause.probes.map((probe) => chosen.get(probe) ?? probe),
  }));
  return { program: { ...program, clauses }, diagnostics };
}

/** So many times more are traced in this way where nothing else will do. */
const farMore = 8;

/** Undefined where there are more. */
function fewFunctions(
  clauses: readonly CheckedClause[],
  most: number,
): ReadonlySet<Probe> | undefined {
  const found = new Set<Probe>();
  for (const { probes } of clauses) {
    for (const probe of probes) {
      if (isFunction(probe)) found.add(probe);
      if (found.size > most) return undefined;
    }
  }
  return found;
}

const isFunction = ({ context }: Probe): boolean => context.kind === "kernel-function";

const takesNoKprobe = ({ context }: Probe): boolean =>
  context.kind === "kernel-function" && context.noKprobe === true;

/** Those of returns whose clauses look at arguments of the entry. */
function needyProbes(clauses: readonly CheckedClause[]): ReadonlyMap<Probe, TextSpan> {
  const found = new Map<Probe, TextSpan>();
  for (const { body, probes } of clauses) {
    if (argumentsUsed(body) <= returnArguments) continue;
    for (const probe of probes) {
      const { context } = probe;
      if (context.kind === "kernel-function" && context.edge === "return") {
        found.set(probe, body.span);
      }
    }
  }
  return found;
}

function onTrampoline(probe: Probe, { features }: Environment): Probe | undefined {
  const { context } = probe;
  if (context.kind !== "kernel-function") return undefined;
  const { edge, symbol, architecture } = context;
  const typeId = context.typeId();
  if (typeId === undefined || !features.takesTrampoline(typeId, edge)) return undefined;
  return { ...probe, context: { kind: "function-trampoline", edge, symbol, architecture, typeId } };
}

/** By helpers: what is read from the context itself would be a typed pointer, not a number. */
export function trampolineSource(emitter: Emitter, edge: Edge): EventSource {
  const entryArgument = (index: number): Value =>
    ask(emitter, (into) => {
      emitter.call("bpf_get_func_arg", emitter.context(), BigInt(index), into);
    });
  const returned = (): Value =>
    ask(emitter, (into) => {
      emitter.call("bpf_get_func_ret", emitter.context(), into);
    });
  return {
    argument(index) {
      if (edge === "entry") return entryArgument(index);
      if (index < returnArguments) return index === 1 ? returned() : 0n;
      return entryArgument(index - returnArguments);
    },
    errno: () => 0n,
  };
}

/** 0 where the function has no such argument. */
function ask(emitter: Emitter, call: (into: Value) => void): Value {
  const slot = emitter.temporary(8);
  emitter.store(emitter.frameAddress(slot), 0, 8, 0n);
  call(emitter.frameAddress(slot));
  return emitter.load(emitter.frameAddress(slot), 0, 8);
}
