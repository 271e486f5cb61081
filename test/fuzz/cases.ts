/** The programs of a seed: generated ones, mutated ones, and both. */

import { randomProgram } from "./grammar.ts";
import { mutated } from "./mutate.ts";
import { Random } from "./random.ts";

export function programOf(seed: number, texts: readonly string[]): string {
  const random = new Random(seed);
  switch (seed % 4) {
    case 0:
      return mutated(random, randomProgram(random), random.pick(texts));
    case 1:
      return mutated(random, random.pick(texts), random.pick(texts));
    default:
      return randomProgram(random);
  }
}
