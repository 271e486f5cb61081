/** Runs one test as the illumos driver does and judges it. */

import { spawn } from "node:child_process";
import { endedWithUs, runCommand, spawnOptions } from "./child.ts";
import { failureOf } from "./judge.ts";
import type { ConformanceTest } from "./tests.ts";
import { shell, type Workplace } from "./workplace.ts";

export interface Running {
  readonly workplace: Workplace;
  readonly seconds: number;
}

/** Tests that take longer by what they do, and how many times the limit. */
const longTests: ReadonlyMap<string, number> = new Map([
  ["misc/tst.enablerace.ksh", 6],
  ["printa/tst.many.d", 4],
]);

/** Undefined where the test passes. */
export async function runTest(
  test: ConformanceTest,
  running: Running,
): Promise<string | undefined> {
  const { workplace } = running;
  const seconds = running.seconds * (longTests.get(test.name) ?? 1);
  const folder = workplace.folderOf(test.category);
  const { commands, dtrace } = workplace;
  const surroundings = { folder, commands };
  const companion = workplace.companionOf(test.category, test.file);
  if (companion?.kind === "unbuilt") return companion.reason;
  if (test.language === "ksh") {
    // Scripts tell their name by it, and find their folder.
    const named = ["env", `tst=./${test.file}`];
    const words = [...named, ...shell, test.file, dtrace];
    return failureOf(test, await runCommand({ words, seconds, ...surroundings }));
  }
  const [program, ...others] = companion?.words ?? [];
  const beside =
    program === undefined
      ? undefined
      : spawn(program, others, { ...spawnOptions(surroundings), stdio: "ignore" });
  const end = beside === undefined ? undefined : endedWithUs(beside);
  try {
    const words = [dtrace, ...test.options, "-C", ...tagOptions(test), "-s", test.file];
    // The program's process is the script's $1.
    if (beside !== undefined) words.push(String(beside.pid));
    return failureOf(test, await runCommand({ words, seconds, ...surroundings }));
  } finally {
    end?.();
  }
}

function tagOptions({ expects }: ConformanceTest): readonly string[] {
  if (expects.kind === "success") return [];
  return [expects.kind === "error" ? "-xerrtags" : "-xdroptags"];
}
