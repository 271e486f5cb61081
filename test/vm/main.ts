/**
 * `npm run test:vm [-- KERNEL… WORD…]`: the tests that ask the kernel something, on Debian's kernels
 * under QEMU. Names of kernels choose among them; other words choose test files by their paths.
 * `--command=TEXT` runs a shell's command in the guests instead; `--matrix` finds out what works on
 * each kernel and writes docs/kernels.md.
 */

import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type BootOutcome, bootGuest } from "./boot.ts";
import { bundleTests, chooseTests } from "./bundle-tests.ts";
import { exampleModules } from "./example-modules.ts";
import { projectFolder, runFolder } from "./folders.ts";
import { guestRoot } from "./guest-root.ts";
import { fetchKernel } from "./kernel-image.ts";
import { type Kernel, kernels } from "./kernels.ts";
import { makePage, pagePath } from "./matrix/page.ts";
import { keepResults } from "./matrix/results.ts";
import { allRows } from "./matrix/rows.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    command: { type: "string" },
    matrix: { type: "boolean", default: false },
    silence: { type: "string", default: "600" },
  },
});

const names = new Set(positionals);
const chosen = kernels.filter(({ name }) => names.has(name));
const words = positionals.filter((word) => !kernels.some(({ name }) => name === word));

/** Of this run alone: another may build the command meanwhile. */
const own = `${runFolder}/${process.pid}`;

const rowNames = allRows.map(({ name }) => name);

/** Of one test: a guest that still runs may hold one that does not end. */
const limitMs = 3_600_000;

/** How much longer than on a machine of its own a guest takes. */
const slowness = 8;

/** How long suites/stress traces everything. */
const stressSeconds = Number(process.env["LAB_STRESS_SECONDS"] ?? "60");

/** Other files of a guest lie in memory, on no block device. */
const makeDisk = [
  "modprobe -a loop ext4 && truncate -s 128M /tmp/disk && mkfs.ext4 -q /tmp/disk",
  "mkdir /disk && mount -o loop /tmp/disk /disk",
  "export DTRACE_TEST_DISK=/disk",
];

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
process.once("exit", () => rmSync(own, { recursive: true, force: true }));

mkdirSync(own, { recursive: true });
for (const folder of ["bin", "dist", "lib", "scripts"]) {
  cpSync(`${projectFolder}/${folder}`, `${own}/product/${folder}`, { recursive: true });
}
const measure = "test/vm/matrix/measure.ts";
const isTest = values.command === undefined && !values.matrix;
const files = isTest ? chooseTests(words) : [];
if (isTest || values.matrix) await bundleTests(values.matrix ? [measure] : files, `${own}/tests`);
const job = makeJob(files);
const wantsModules = !isTest || files.some((file) => /suites\/(modules|lockstat)/.test(file));
for (const kernel of chosen.length > 0 ? chosen : kernels) {
  if (!(await runOn(kernel, job))) process.exitCode = 1;
  if (values.matrix) writeFileSync(pagePath, makePage());
}

function makeJob(files: readonly string[]): string {
  const tests = files.map((file) => `${own}/tests/${file.replace(/\.ts$/, ".mjs")}`);
  const command =
    values.command ??
    (values.matrix ? `node ${own}/tests/${measure.replace(/\.ts$/, ".mjs")}` : testCommand(tests));
  return [
    "export PATH=/usr/local/bin:/usr/bin:/usr/sbin HOME=/root LANG=C.UTF-8",
    `export DTRACE_TEST_SLOWNESS=${slowness} LAB_STRESS_SECONDS=${stressSeconds}`,
    `cd ${projectFolder} && cp -r ${own}/product/. .`,
    // V8 takes compiled code only on a processor with the same features.
    "node scripts/make-cache.cjs > /dev/null",
    ...(isTest ? makeDisk : []),
    command,
    "",
  ].join("\n");
}

/** The suites trace the same functions of the kernel, whose code they look at: one by one. */
function testCommand(tests: readonly string[]): string {
  const isSuite = (test: string): boolean => test.includes("/vm/suites/");
  const suites = tests.filter(isSuite);
  const others = tests.filter((test) => !isSuite(test));
  const runs = [runTests(suites, 1), runTests(others, 2)].filter((run) => run !== undefined);
  return ["failed=0", ...runs.map((run) => `${run} || failed=1`), "test $failed = 0"].join("\n");
}

function runTests(tests: readonly string[], concurrency: number): string | undefined {
  if (tests.length === 0) return undefined;
  return [
    `DTRACE_TEST_WARM=${own}/tests/test/vm/guest/warm-command.mjs`,
    ...["node", "--test", `--test-concurrency=${concurrency}`, `--test-timeout=${limitMs}`],
    ...[`--test-reporter=${own}/tests/test/vm/guest/reporter.mjs`],
    ...["--test-reporter-destination=stdout", ...tests],
  ].join(" ");
}

async function runOn(kernel: Kernel, job: string): Promise<boolean> {
  write(`lab: ${kernel.name}\n`);
  const image = fetchKernel(kernel);
  const modules = `export DTRACE_LAB_MODULES=${wantsModules ? exampleModules(kernel, image) : ""}\n`;
  let output = "";
  const outcome = await bootGuest({
    kernel,
    image,
    ...(await guestRoot(kernel.architecture)),
    job: modules + job,
    silenceMs: Number(values.silence) * 1000,
    onOutput(text) {
      output += text;
      write(text);
    },
    onUnstarted: (console) =>
      write(`lab: ${kernel.name} did not start, once more; ${tail(console)}`),
  });
  if (values.matrix) keepResults(kernel.name, output, rowNames);
  write(outcomeText(kernel, outcome));
  return outcome.kind === "ended" && outcome.status === 0;
}

function outcomeText({ name }: Kernel, outcome: BootOutcome): string {
  if (outcome.kind === "ended") return `lab: ${name} ended with status ${outcome.status}\n`;
  const why = outcome.kind === "unstarted" ? "does not start" : outcome.why;
  return `lab: ${name} ${why}; ${tail(outcome.console)}`;
}

function tail(console: string): string {
  return `its console:\n${console}\n`;
}

function write(text: string): void {
  process.stdout.write(text);
}
