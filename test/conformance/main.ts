/**
 * `npm run conformance -- [--only REGEX] [--list FILE] [--jobs N] [--seconds N] [--update]
 * DIRECTORY`: runs the D tests of an illumos checkout (`usr/src/cmd/dtrace/test/tst/common`)
 * against `bin/dtrace` and compares with the committed list of results. Needs root.
 * `npm run conformance -- --table`: the counts of that list.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Expected, formatExpected, isWorse, parseExpected, updated } from "./expected.ts";
import { openLocalService } from "./local-service.ts";
import { type Running, runTest } from "./run-test.ts";
import { formatTable } from "./table.ts";
import { type ConformanceTest, findTests } from "./tests.ts";
import { openWorkplace } from "./workplace.ts";

const listPath = resolve(import.meta.dirname, "expected.txt");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", default: "" },
    list: { type: "string" },
    jobs: { type: "string", default: String(availableParallelism()) },
    seconds: { type: "string", default: "20" },
    update: { type: "boolean", default: false },
    table: { type: "boolean", default: false },
  },
});

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
process.exitCode = await main();

async function main(): Promise<number> {
  const expected = parseExpected(readFileSync(listPath, "utf8"));
  if (values.table) {
    const listed = [...expected.keys()].map((name) => ({ name, category: dirname(name) }));
    process.stdout.write(formatTable(listed, expected));
    return 0;
  }
  const [root] = positionals;
  if (root === undefined) {
    say("usage: npm run conformance -- [options] .../usr/src/cmd/dtrace/test/tst/common");
    return 2;
  }
  const tests = chosen(findTests(root));
  using _service = openLocalService();
  using workplace = openWorkplace(root, resolve("bin/dtrace"));
  const running: Running = { workplace, seconds: Number(values.seconds) };
  const failures = await runAll(
    tests.filter(({ name }) => expected.get(name)?.result !== "not run"),
    { expected, running },
  );
  const results = updated(expected, failures);
  process.stdout.write(formatTable(tests, results));
  if (values.update) {
    // The list may have been edited while the tests ran.
    const latest = parseExpected(readFileSync(listPath, "utf8"));
    writeFileSync(listPath, formatExpected(updated(latest, failures)));
    return 0;
  }
  return tellChanges(expected, failures);
}

/** The tests that --only and --list ask for. */
function chosen(tests: readonly ConformanceTest[]): readonly ConformanceTest[] {
  const pattern = new RegExp(values.only);
  const listed = values.list === undefined ? undefined : namesIn(values.list);
  return tests.filter(({ name }) => pattern.test(name) && (listed?.has(name) ?? true));
}

/** The first word of each line: a list may say more of a test. */
function namesIn(path: string): ReadonlySet<string> {
  const lines = readFileSync(path, "utf8").split("\n");
  return new Set(lines.map((line) => line.trim().split(/\s/)[0] ?? ""));
}

interface Run {
  readonly expected: Expected;
  readonly running: Running;
}

/** Several at a time; what passed once and fails now is tried again alone, when all is quiet. */
async function runAll(
  tests: readonly ConformanceTest[],
  { expected, running }: Run,
): Promise<ReadonlyMap<string, string | undefined>> {
  const failures = new Map<string, string | undefined>();
  const waiting = [...tests];
  const worker = async (): Promise<void> => {
    for (let test = waiting.shift(); test !== undefined; test = waiting.shift()) {
      failures.set(test.name, await runTest(test, running));
      if (failures.size % 50 === 0) say(`${failures.size} of ${tests.length}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, worker));
  const again = tests.filter(
    ({ name }) => expected.get(name)?.result === "pass" && failures.get(name) !== undefined,
  );
  for (const test of again) failures.set(test.name, await runTest(test, running));
  return failures;
}

function tellChanges(
  expected: Expected,
  failures: ReadonlyMap<string, string | undefined>,
): number {
  let worse = 0;
  for (const [name, failure] of failures) {
    if (isWorse(expected.get(name), failure)) {
      worse += 1;
      say(`worse: ${name}: ${failure}`);
    } else if (failure === undefined && expected.get(name)?.result === "fail") {
      say(`better: ${name} passes`);
    }
  }
  return worse === 0 ? 0 : 1;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
