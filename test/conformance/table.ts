/** The counts of a run, a row for each category and one for all. */

import type { Expected } from "./expected.ts";
import type { ConformanceTest } from "./tests.ts";

interface Counts {
  pass: number;
  fail: number;
  "not run": number;
}

/** `results` has what a run of `tests` gave. */
export function formatTable(tests: readonly ConformanceTest[], results: Expected): string {
  const categories = new Map<string, Counts>();
  const all: Counts = { pass: 0, fail: 0, "not run": 0 };
  for (const { name, category } of tests) {
    const counts = categories.get(category) ?? { pass: 0, fail: 0, "not run": 0 };
    categories.set(category, counts);
    const result = results.get(name)?.result ?? "not run";
    counts[result] += 1;
    all[result] += 1;
  }
  const rows = [...categories, ["all", all] as const].map(([name, counts]) => rowOf(name, counts));
  return [columns(["category", "pass", "fail", "not run", "passed"]), ...rows, ""].join("\n");
}

function rowOf(name: string, counts: Counts): string {
  const total = counts.pass + counts.fail + counts["not run"];
  const share = total === 0 ? "" : `${((100 * counts.pass) / total).toFixed(1)} %`;
  return columns([name, ...[counts.pass, counts.fail, counts["not run"]].map(String), share]);
}

function columns([name = "", ...others]: readonly string[]): string {
  return name.padEnd(16) + others.map((text) => text.padStart(9)).join("");
}
