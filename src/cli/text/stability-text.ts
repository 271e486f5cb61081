/** Attributes and argument types as `-v` prints them, alone and below a listed probe. */

import type { CheckedClause } from "../../compiler/check/checked-program.ts";
import {
  clauseStability,
  descriptionStability,
  isWhole,
  probesAsDeclared,
  stabilityOfProbes,
} from "../../compiler/check/stability/clause-stability.ts";
import type {
  Environment,
  Probe,
  ProbePattern,
  StabilityAttributes,
  StabilityLevel,
} from "../../compiler/environment.ts";
import { createTypeUniverse } from "../../compiler/types/environment-types.ts";
import { leastStable, stabilityLevels } from "../../compiler/types/stability.ts";
import { formatType } from "../../compiler/types/type-names.ts";
import { fullText } from "../probe-specifier.ts";

export function attributesText(heading: string, attributes: StabilityAttributes): string {
  return (
    `\n\t${heading}\n` +
    `\t\tIdentifier Names: ${attributes.name}\n` +
    `\t\tData Semantics:   ${attributes.data}\n` +
    `\t\tDependency Class: ${attributes.class}\n`
  );
}

/** The names of the types of a probe's args[]. */
export type ArgumentTypes = (probe: Probe) => readonly string[];

export function argumentTypesIn(environment: Environment): ArgumentTypes {
  const universe = createTypeUniverse(environment);
  return (probe) =>
    probe.arguments().map(({ type, translatedType }) => {
      if (translatedType !== undefined) return translatedType;
      if (type.kind === "text") return type.text;
      const found = universe.typeById(type.module, type.id);
      return found === undefined ? "(unknown)" : formatType(found);
    });
}

/** The block below a probe of `-lv`. The probe's attributes are the least stable of its names. */
export function probeInformation(probe: Probe, typesOf: ArgumentTypes): string {
  return informationText(
    descriptionAttributes(probe).reduce(leastStable),
    probe.stability.arguments,
    typesOf(probe),
  );
}

function informationText(
  description: StabilityAttributes,
  argumentAttributes: StabilityAttributes,
  argumentTypes: readonly string[],
): string {
  const types = argumentTypes.map((type, index) => `\t\targs[${index}]: ${type}\n`);
  return (
    attributesText("Probe Description Attributes", description) +
    attributesText("Argument Attributes", argumentAttributes) +
    `\n\tArgument Types\n${types.length > 0 ? types.join("") : "\t\tNone\n"}\n`
  );
}

/** What `-ev` tells of the descriptions of a program. Some have several clauses: pieces, ways. */
export function describedProbesReport(
  clauses: readonly CheckedClause[],
  typesOf: ArgumentTypes,
): string {
  const described = new Map<ProbePattern, Map<number, Probe>>();
  for (const clause of clauses) {
    const { pattern } = clause;
    const matched = described.get(pattern) ?? new Map<number, Probe>();
    for (const probe of probesAsDeclared(clause)) matched.set(probe.id, probe);
    described.set(pattern, matched);
  }
  return Array.from(described, ([pattern, matched]) => {
    const information = descriptionInformation(pattern, [...matched.values()], typesOf);
    return `\n${fullText(pattern)}\n${information}`;
  }).join("");
}

function descriptionInformation(
  pattern: ProbePattern,
  probes: readonly Probe[],
  typesOf: ArgumentTypes,
): string {
  const [probe] = probes;
  if (probe === undefined || (probes.length > 1 && mayDiffer(pattern, probe))) return "";
  const stability = stabilityOfProbes(pattern, probes);
  return informationText(
    descriptionStability(pattern, stability),
    stability.arguments,
    typesOf(probe),
  );
}

/**
 * Probes of one description have the same arguments where their provider promises that: arguments
 * are Evolving at least, and so is no field that the description leaves open.
 */
function mayDiffer(pattern: ProbePattern, { stability }: Probe): boolean {
  return (
    !isEvolving(stability.arguments.data) ||
    (["module", "function", "name"] as const).some(
      (field) => !isWhole(pattern[field]) && isEvolving(stability[field].name),
    )
  );
}

const isEvolving = (level: StabilityLevel): boolean =>
  stabilityLevels.indexOf(level) >= stabilityLevels.indexOf("Evolving");

/** What a program depends on: the least stable of what its clauses name and look at. */
export function stabilityOf(clauses: readonly CheckedClause[]): ProgramStability {
  const each = clauses.map(clauseStability);
  return {
    descriptions: each.map(({ description }) => description).reduce(leastStable, standard),
    statements: each.map(({ statements }) => statements).reduce(leastStable, standard),
  };
}

/** Nothing is more stable. */
const standard: StabilityAttributes = { name: "Standard", data: "Standard", class: "Common" };

/** Of the fields a description of the probe has: an empty one can only be left out. */
function descriptionAttributes(probe: Probe): readonly StabilityAttributes[] {
  const { provider, module, function: functionAttributes, name } = probe.stability;
  return [
    provider,
    ...(probe.module === "" ? [] : [module]),
    ...(probe.function === "" ? [] : [functionAttributes]),
    name,
  ];
}

export interface ProgramStability {
  readonly descriptions: StabilityAttributes;
  readonly statements: StabilityAttributes;
}

export function stabilityReport(program: string, attributes: ProgramStability): string {
  return (
    `\nStability attributes for ${program}:\n` +
    attributesText("Minimum Probe Description Attributes", attributes.descriptions) +
    attributesText("Minimum Statement Attributes", attributes.statements)
  );
}
