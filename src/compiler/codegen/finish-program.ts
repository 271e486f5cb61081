/** One program from its first function to its code. */

import type { ProgramSpec } from "../../bpf/program-spec.ts";
import { diagnose } from "../diagnostics/diagnostic.ts";
import type { Attachment, EnabledProgram } from "../enabling.ts";
import type { IrFunction } from "../ir/ir.ts";
import { generateCode } from "../ir/lower.ts";
import { calledFunctions } from "./called-functions.ts";
import { errorSource } from "./contexts/error.ts";
import { Emitter } from "./firing/emitter.ts";
import { errorFunction } from "./firing/faults.ts";
import type { Enabling, Program } from "./firing/firing.ts";
import { generateFiring } from "./firing/start-firing.ts";

export const newProgram = (enabling: Enabling, name: string): Program => ({
  enabling,
  name,
  functions: new Map(),
  probes: [],
});

const whatIsTooMuch = {
  "frame-overflow": "values that are needed at once",
  "function-too-large": "instructions",
} as const;

/** What a program is loaded as. */
export type LoadedAs = Pick<ProgramSpec, "type" | "attachType" | "attachBtfId">;

export function enable(
  program: Program,
  loadedAs: LoadedAs,
  attachment: Attachment,
): EnabledProgram {
  const { enabling, name } = program;
  if (program.functions.has(errorFunction)) generateErrorClauses(program);
  const functions = calledFunctions(finishedFunctions(program), name);
  const { instructionSetV4 } = enabling.environment.features;
  const { listing } = enabling.options;
  const generated = generateCode(functions, { instructionSetV4, listing });
  if (generated.kind !== "code") {
    enabling.diagnostics.push(
      diagnose(
        "D_CG_PROGRAM_SIZE",
        { start: 0, end: 0, line: 1 },
        name,
        whatIsTooMuch[generated.kind],
      ),
    );
    return { spec: { name, ...loadedAs, functions: [] }, attachment };
  }
  const enabled = { spec: { name, ...loadedAs, functions: generated.functions }, attachment };
  return listing ? { ...enabled, listing: generated.listing } : enabled;
}

function finishedFunctions({ functions }: Program): ReadonlyMap<string, IrFunction> {
  const finished = new Map<string, IrFunction>();
  for (const [name, made] of functions) {
    if (!made) throw new Error(`function ${name} was never finished`);
    finished.set(name, made);
  }
  return finished;
}

/** ERROR's clauses, called from the fault paths of this program. */
function generateErrorClauses(program: Program): void {
  const placed = program.enabling.errorGroup;
  const [probe] = placed?.group.members ?? [];
  if (!placed || !probe) return;
  const { group, firstRow } = placed;
  const emitter = new Emitter(errorFunction, "subprogram", 5);
  const identity = { probeId: BigInt(probe.id), member: 0n, firstRow, probe };
  generateFiring({
    program,
    emitter,
    source: errorSource(emitter),
    identity,
    kind: "error",
    group,
  });
  program.functions.set(errorFunction, emitter.finish());
}
