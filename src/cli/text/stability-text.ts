/** Attributes and argument types as `-v` prints them, alone and below a listed probe. */

import type { CheckedClause } from "../../compiler/check/checked-program.ts";
import { clauseStability } from "../../compiler/check/stability/clause-stability.ts";
import type { Probe, StabilityAttributes } from "../../compiler/environment.ts";
import { leastStable } from "../../compiler/types/stability.ts";

export function attributesText(heading: string, attributes: StabilityAttributes): string {
  return (
    `\n\t${heading}\n` +
    `\t\tIdentifier Names: ${attributes.name}\n` +
    `\t\tData Semantics:   ${attributes.data}\n` +
    `\t\tDependency Class: ${attributes.class}\n`
  );
}

/** The block below a probe of `-lv`. The probe's attributes are the least stable of its names. */
export function probeInformation(probe: Probe, argumentTypes: readonly string[]): string {
  const types = argumentTypes.map((type, index) => `\t\targs[${index}]: ${type}\n`);
  return (
    attributesText(
      "Probe Description Attributes",
      descriptionAttributes(probe).reduce(leastStable),
    ) +
    attributesText("Argument Attributes", probe.stability.arguments) +
    `\n\tArgument Types\n${types.length > 0 ? types.join("") : "\t\tNone\n"}\n`
  );
}

/** What a program depends on: the least stable of what its clauses name and look at. */
export function stabilityOf(clauses: readonly CheckedClause[]): ProgramStability {
  const each = clauses.map(({ body, pattern, probes }) => clauseStability(body, pattern, probes));
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
