/** A checked program → an enabling: its programs, maps, ECBs and aggregations. */

import type { CheckedProgram, ClauseBody } from "../check/checked-program.ts";
import { type Diagnostic, diagnose } from "../diagnostics/diagnostic.ts";
import type { AggregationLayout, Ecb, EnabledProgram, Enabling } from "../enabling.ts";
import type { Environment } from "../environment.ts";
import { refuseActions } from "./actions/refused.ts";
import { layOutAggregations } from "./aggregations/layout.ts";
import { chooseCallFunctions } from "./contexts/call-function.ts";
import { chooseTrampolines } from "./contexts/trampoline.ts";
import type { Enabling as EnablingContext } from "./firing/firing.ts";
import { MapRegistry } from "./firing/map-registry.ts";
import { partWeight, weightOfGroup } from "./firing/parts.ts";
import { taskOffsets } from "./firing/task-offsets.ts";
import type { CodegenOptions } from "./options.ts";
import { groupProbes, type ProbeGroup } from "./probe-groups.ts";
import { generatePrograms, type PlacedGroup } from "./programs.ts";
import type { RecordPlan } from "./record-layout.ts";
import { planRecord } from "./record-layout.ts";
import { planVariables, storageSize } from "./variables/variable-plan.ts";

export interface GeneratedEnabling {
  /** Undefined where a diagnostic says why. */
  readonly enabling: Enabling | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function generateEnabling(
  checked: CheckedProgram,
  environment: Environment,
  options: CodegenOptions,
): GeneratedEnabling {
  const maps = new MapRegistry(options, environment.possibleCpus);
  const mechanisms = chooseTrampolines(checked, environment);
  const program = chooseCallFunctions(mechanisms.program, environment);
  const groups = placeGroups(groupProbes(program, environment, options.firstEpid));
  const context: EnablingContext = {
    environment,
    options,
    maps,
    variables: planVariables(program, { options, maps, longBodies: longBodies(groups) }),
    aggregations: layOutAggregations(program, options, maps),
    rows: groups.flatMap(({ group }) => group.members),
    errorGroup: groups.find(({ group }) => isError(group)),
    diagnostics: [...mechanisms.diagnostics],
    taskOffset: taskOffsets(() => environment.kernelTypes("vmlinux")),
  };
  context.diagnostics.push(...refuseActions(program, environment.features));
  checkSizes(program, context);
  const programs: EnabledProgram[] = [];
  if (context.diagnostics.length === 0) programs.push(...generatePrograms(context, groups));
  if (context.diagnostics.length > 0) {
    return { enabling: undefined, diagnostics: context.diagnostics };
  }
  return {
    diagnostics: [],
    enabling: {
      programs,
      maps: maps.list(),
      ecbs: listEcbs(groups, options),
      aggregations: aggregationsInOrder(context),
    },
  };
}

const isError = ({ members }: ProbeGroup): boolean => members[0]?.context.kind === "error";

function longBodies(groups: readonly PlacedGroup[]): readonly ClauseBody[] {
  return groups.flatMap(({ group }) =>
    weightOfGroup(group) > partWeight ? group.clauses.map(({ body }) => body) : [],
  );
}

function placeGroups(groups: readonly ProbeGroup[]): readonly PlacedGroup[] {
  let firstRow = 0;
  return groups.map((group) => {
    const placed = { group, firstRow };
    firstRow += group.members.length;
    return placed;
  });
}

function listEcbs(groups: readonly PlacedGroup[], options: CodegenOptions): readonly Ecb[] {
  const plans = new Map<object, RecordPlan>();
  const ecbs: Ecb[] = [];
  for (const { group } of groups) {
    for (const { body, firstEpid } of group.clauses) {
      const plan = plans.get(body) ?? planRecord(body, options);
      plans.set(body, plan);
      for (const [member, probe] of group.members.entries()) {
        ecbs.push({ epid: firstEpid + member, probe, record: plan.layout });
      }
    }
  }
  return ecbs.sort((one, other) => one.epid - other.epid);
}

function aggregationsInOrder({ aggregations }: EnablingContext): readonly AggregationLayout[] {
  return [...aggregations.values()].sort((one, other) => one.id - other.id);
}

/** Of hash maps; the kernel takes longer ones only since keys need not fit its stack. */
const longestKey = 32_768;

/** As on Solaris (dtrace_global_maxsize and its kin). */
const largestVariable = 16_384;

function checkSizes(program: CheckedProgram, context: EnablingContext): void {
  const { aggregations, options, diagnostics } = context;
  for (const { name, type } of program.variables) {
    const size = storageSize(type, options);
    if (size <= Math.max(largestVariable, options.strsize)) continue;
    const nowhere = { start: 0, end: 0, line: 1 };
    diagnostics.push(diagnose("D_CG_VARIABLE_SIZE", nowhere, name, size, largestVariable));
  }
  for (const body of new Set(program.clauses.map((clause) => clause.body))) {
    for (const statement of body.statements) {
      if (statement.kind !== "aggregate") continue;
      const { keySize = 0, name = "" } = aggregations.get(statement.aggregation) ?? {};
      if (keySize <= longestKey) continue;
      diagnostics.push(diagnose("D_CG_KEY_SIZE", statement.span, `@${name}`, keySize));
    }
  }
}
