/** Runs one test as the illumos driver does and judges it. */

import { spawn } from "node:child_process";
import { endedWithUs, runCommand, spawnOptions } from "./child.ts";
import { failureOf } from "./judge.ts";
import type { ConformanceTest } from "./tests.ts";
import { shell, type Workplace } from "./workplace.ts";

export interface Running {
  readonly workplace: Workplace;
  /** The command under test. */
  readonly dtrace: string;
  readonly seconds: number;
}

/** Undefined where the test passes. */
export async function runTest(
  test: ConformanceTest,
  { workplace, dtrace, seconds }: Running,
): Promise<string | undefined> {
  const folder = workplace.folderOf(test.category);
  const companion = workplace.companionOf(test.category, test.file);
  if (companion?.kind === "unbuilt") return companion.reason;
  if (test.language === "ksh") {
    const words = [...shell, test.file, dtrace];
    return failureOf(test, await runCommand({ words, folder, seconds }));
  }
  const [program, ...others] = companion?.words ?? [];
  const beside =
    program === undefined
      ? undefined
      : spawn(program, others, { ...spawnOptions(folder), stdio: "ignore" });
  const end = beside === undefined ? undefined : endedWithUs(beside);
  try {
    const words = [dtrace, ...test.options, "-C", ...tagOptions(test), "-s", test.file];
    // The program's process is the script's $1.
    if (beside !== undefined) words.push(String(beside.pid));
    return failureOf(test, await runCommand({ words, folder, seconds }));
  } finally {
    end?.();
  }
}

function tagOptions({ expects }: ConformanceTest): readonly string[] {
  if (expects.kind === "success") return [];
  return [expects.kind === "error" ? "-xerrtags" : "-xdroptags"];
}
