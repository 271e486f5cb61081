/** The stability of D's own vocabulary, and how two stabilities combine. */

import type { DependencyClass, StabilityAttributes, StabilityLevel } from "../environment.ts";

export const stable: StabilityAttributes = { name: "Stable", data: "Stable", class: "Common" };

export const evolving: StabilityAttributes = {
  name: "Evolving",
  data: "Evolving",
  class: "Common",
};

/** What a kernel symbol or type has. */
export const privateSymbol: StabilityAttributes = {
  name: "Private",
  data: "Private",
  class: "Unknown",
};

/** From the least to the most stable. */
export const stabilityLevels: readonly StabilityLevel[] = [
  "Internal",
  "Private",
  "Obsolete",
  "External",
  "Unstable",
  "Evolving",
  "Stable",
  "Standard",
];

export const dependencyClasses: readonly DependencyClass[] = [
  "Unknown",
  "CPU",
  "Platform",
  "Group",
  "ISA",
  "Common",
];

/** The stability of what depends on both. */
export function leastStable(
  left: StabilityAttributes,
  right: StabilityAttributes,
): StabilityAttributes {
  return {
    name: lower(stabilityLevels, left.name, right.name),
    data: lower(stabilityLevels, left.data, right.data),
    class: lower(dependencyClasses, left.class, right.class),
  };
}

function lower<Level>(order: readonly Level[], left: Level, right: Level): Level {
  return order.indexOf(left) <= order.indexOf(right) ? left : right;
}

/** Whether any of the three is lower than that of `minimum`. */
export function isBelow(attributes: StabilityAttributes, minimum: StabilityAttributes): boolean {
  const least = leastStable(attributes, minimum);
  return (
    least.name !== minimum.name || least.data !== minimum.data || least.class !== minimum.class
  );
}

export const stabilityText = (attributes: StabilityAttributes): string =>
  `${attributes.name}/${attributes.data}/${attributes.class}`;

/** `Stable/Evolving/Common`, as `#pragma D attributes` writes it; undefined where it is none. */
export function parseStability(text: string): StabilityAttributes | undefined {
  const [nameText, dataText, classText, ...rest] = text.split("/");
  const name = findIn(stabilityLevels, nameText);
  const data = findIn(stabilityLevels, dataText);
  const dependency = findIn(dependencyClasses, classText);
  if (!name || !data || !dependency || rest.length > 0) return undefined;
  return { name, data, class: dependency };
}

function findIn<Word extends string>(
  words: readonly Word[],
  text: string | undefined,
): Word | undefined {
  return words.find((word) => word.toLowerCase() === text?.toLowerCase());
}
