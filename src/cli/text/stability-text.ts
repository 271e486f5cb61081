/** Attributes and argument types as `-v` prints them, alone and below a listed probe. */

import type { CheckedClause } from "../../compiler/check/checked-program.ts";
import { argumentsUsed } from "../../compiler/codegen/walk.ts";
import type { Probe, StabilityAttributes } from "../../compiler/environment.ts";

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
    attributesText("Probe Description Attributes", leastStable(descriptionAttributes(probe))) +
    attributesText("Argument Attributes", probe.stability.arguments) +
    `\n\tArgument Types\n${types.length > 0 ? types.join("") : "\t\tNone\n"}\n`
  );
}

/** What a program depends on: the probes it names, and their arguments where it looks at them. */
export function stabilityOf(clauses: readonly CheckedClause[]): ProgramStability {
  const probes = clauses.flatMap((clause) => clause.probes);
  const used = clauses.filter(({ body }) => argumentsUsed(body) > 0);
  return {
    descriptions: leastStable(probes.flatMap(descriptionAttributes)),
    statements: leastStable([
      { name: "Stable", data: "Stable", class: "Common" },
      ...used.flatMap((clause) => clause.probes.map((probe) => probe.stability.arguments)),
    ]),
  };
}

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

const levels = [
  "Internal",
  "Private",
  "Obsolete",
  "External",
  "Unstable",
  "Evolving",
  "Stable",
  "Standard",
] as const;

const classes = ["Unknown", "CPU", "Platform", "Group", "ISA", "Common"] as const;

/** The minimum of each of the three attributes, as dt_attr_min. */
export function leastStable(attributes: readonly StabilityAttributes[]): StabilityAttributes {
  const least = <T>(order: readonly T[], values: readonly T[]): T | undefined =>
    order.find((level) => values.includes(level));
  return {
    name:
      least(
        levels,
        attributes.map(({ name }) => name),
      ) ?? "Standard",
    data:
      least(
        levels,
        attributes.map(({ data }) => data),
      ) ?? "Standard",
    class:
      least(
        classes,
        attributes.map((row) => row.class),
      ) ?? "Common",
  };
}
