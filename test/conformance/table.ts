/**
 * The counts of a run, a row for each category and one for all. What fails is told apart by why:
 * `open` is for us to do, `foreign` is what only Solaris has, or this machine has not.
 */

import { type Entry, type Expected, isOpen } from "./expected.ts";
import type { ConformanceTest } from "./tests.ts";

const outcomes = ["pass", "open", "foreign", "not run"] as const;

type Outcome = (typeof outcomes)[number];
type Counts = Record<Outcome, number>;

function outcomeOf(entry: Entry | undefined): Outcome {
  if (!entry || entry.result === "not run") return "not run";
  if (entry.result === "pass") return "pass";
  return isOpen(entry) ? "open" : "foreign";
}

/** `results` has what a run of `tests` gave. */
export function formatTable(
  tests: readonly Pick<ConformanceTest, "name" | "category">[],
  results: Expected,
): string {
  const categories = new Map<string, Counts>();
  const all = noCounts();
  for (const { name, category } of tests) {
    const counts = categories.get(category) ?? noCounts();
    categories.set(category, counts);
    const outcome = outcomeOf(results.get(name));
    counts[outcome] += 1;
    all[outcome] += 1;
  }
  const rows = [...categories, ["all", all] as const].map(([name, counts]) => rowOf(name, counts));
  return [columns(["category", ...outcomes, "passed"]), ...rows, ""].join("\n");
}

const noCounts = (): Counts => ({ pass: 0, open: 0, foreign: 0, "not run": 0 });

function rowOf(name: string, counts: Counts): string {
  const total = outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
  const share = total === 0 ? "" : `${((100 * counts.pass) / total).toFixed(1)} %`;
  return columns([name, ...outcomes.map((outcome) => String(counts[outcome])), share]);
}

function columns([name = "", ...others]: readonly string[]): string {
  return name.padEnd(16) + others.map((text) => text.padStart(9)).join("");
}
