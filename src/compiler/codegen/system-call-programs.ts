/**
 * The programs of an edge of system calls: one for all of its calls, or, where their clauses are too
 * many for one, a first one that finds out which of the others the call is for.
 */

import type { Attachment, EnabledProgram } from "../enabling.ts";
import {
  generateSystemCalls,
  generateVariants,
  identifyCall,
  identityFrom,
  isCompared,
  lookUpWord,
  type NumberedVariant,
  systemCallSource,
  type Variant,
  variantOf,
} from "./contexts/dispatch.ts";
import type { Edge } from "./contexts/system-call.ts";
import { enable, newProgram } from "./finish-program.ts";
import { leaveUnless, whileActive } from "./firing/activity.ts";
import { Emitter } from "./firing/emitter.ts";
import { countDrop } from "./firing/faults.ts";
import type { Enabling } from "./firing/firing.ts";
import { partWeight, weightOfGroup } from "./firing/parts.ts";
import { addProgramArray, generateChain } from "./group-programs.ts";

export interface SystemCallLayer {
  readonly edge: Edge;
  readonly layer: number;
  readonly variants: readonly Variant[];
}

const loadedAs = { type: "raw-tracepoint" } as const;

export function generateSystemCallPrograms(
  enabling: Enabling,
  { edge, layer, variants }: SystemCallLayer,
): readonly EnabledProgram[] {
  const name = `syscall_${edge}${layer === 0 ? "" : `_${layer + 1}`}`;
  const attachment: Attachment = { kind: "system-call", edge };
  if (weightOf(variants) <= 2 * partWeight) {
    const program = newProgram(enabling, name);
    const emitter = new Emitter(name, "entry", 0);
    leaveUnless(emitter, whileActive);
    generateSystemCalls(program, emitter, { edge, variants });
    program.functions.set(name, emitter.finish());
    return [enable(program, loadedAs, attachment)];
  }
  const shelves = shelvesOf(variants);
  const [only] = shelves;
  if (only && shelves.length === 1) {
    const edgeName = name;
    return generateShelf(enabling, { name, edgeName, edge, variants, own: only, attachment });
  }
  const map = `calls_${edge}_${layer + 1}`;
  addProgramArray(enabling, map, variants.length);
  return [
    generateSwitch(enabling, { name, edge, variants, map }),
    ...shelves.flatMap((own, index) =>
      generateShelf(enabling, {
        name: `${name}_shelf_${index + 1}`,
        edgeName: name,
        edge,
        variants,
        own,
        attachment: { kind: "tail-call", map, indexes: own.map(({ number }) => number) },
      }),
    ),
  ];
}

function weightOf(variants: readonly Variant[]): number {
  const copied = isCompared(variants);
  return variants.reduce(
    (sum, { group }) => sum + weightOfGroup(group) * (copied ? group.members.length : 1),
    0,
  );
}

/** Variants whose clauses fit one program are together; one with more is alone. */
function shelvesOf(variants: readonly Variant[]): readonly (readonly NumberedVariant[])[] {
  const shelves: NumberedVariant[][] = [];
  let room = 0;
  for (const [number, variant] of variants.entries()) {
    const weight = weightOfGroup(variant.group);
    if (weight > partWeight) {
      shelves.unshift([{ variant, number }]);
      continue;
    }
    if (weight > room) {
      shelves.push([]);
      room = partWeight;
    }
    shelves.at(-1)?.push({ variant, number });
    room -= weight;
  }
  return shelves;
}

interface Switch {
  readonly name: string;
  readonly edge: Edge;
  readonly variants: readonly Variant[];
  readonly map: string;
}

function generateSwitch(enabling: Enabling, { name, edge, variants, map }: Switch): EnabledProgram {
  const program = newProgram(enabling, name);
  const emitter = new Emitter(name, "entry", 0);
  leaveUnless(emitter, whileActive);
  const word = lookUpWord(program, emitter, { edge, name, variants });
  const number = variantOf(emitter, word);
  emitter.call("bpf_tail_call", emitter.context(), emitter.map(map), number);
  // It comes back where it failed.
  countDrop(emitter, "principal");
  emitter.return(0n);
  program.functions.set(name, emitter.finish());
  return enable(program, loadedAs, { kind: "system-call", edge });
}

interface Shelf {
  readonly name: string;
  /** Of the first program of the edge. */
  readonly edgeName: string;
  readonly edge: Edge;
  /** All of the edge. */
  readonly variants: readonly Variant[];
  readonly own: readonly NumberedVariant[];
  readonly attachment: Attachment;
}

function generateShelf(
  enabling: Enabling,
  { name, edgeName, edge, variants, own, attachment }: Shelf,
): readonly EnabledProgram[] {
  const [first] = own;
  if (first && own.length === 1) {
    const { variant } = first;
    return generateChain(
      enabling,
      {
        name,
        group: variant.group,
        loadedAs,
        begin: (program, emitter) => {
          leaveUnless(emitter, whileActive);
          const known = identifyCall(program, emitter, { edge, variant });
          if (known) return known;
          const word = lookUpWord(program, emitter, { edge, name: edgeName, variants });
          return identityFrom(emitter, word, variant);
        },
        source: (emitter) => systemCallSource(emitter, edge, variant.group),
      },
      attachment,
    );
  }
  const program = newProgram(enabling, name);
  const emitter = new Emitter(name, "entry", 0);
  const word = lookUpWord(program, emitter, { edge, name: edgeName, variants });
  generateVariants(program, emitter, { edge, numbered: own, word });
  program.functions.set(name, emitter.finish());
  return [enable(program, loadedAs, attachment)];
}
