/** What the command tells of its programs: notices, the probes that match, their stability. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runDtrace } from "../harness/run-dtrace.ts";

function attributes(heading: string, level: string, dependency = "Common"): string {
  return (
    `\n\t${heading}\n\t\tIdentifier Names: ${level}\n` +
    `\t\tData Semantics:   ${level}\n\t\tDependency Class: ${dependency}\n`
  );
}

function information(level: string, types: string, dependency?: string): string {
  return (
    attributes("Probe Description Attributes", level, dependency) +
    attributes("Argument Attributes", level, dependency) +
    `\n\tArgument Types\n\t\t${types}\n\n`
  );
}

function report(title: string, descriptions: string, statements: string, dependency?: string) {
  return (
    `\nStability attributes for ${title}:\n` +
    attributes("Minimum Probe Description Attributes", descriptions, dependency) +
    attributes("Minimum Statement Attributes", statements)
  );
}

test("-v tells what each program depends on before the first record", async () => {
  const words = ["-v", "-xcpu=0", "-n", "BEGIN { trace(probename) }", "-n", "dtrace:::END"];
  const { stdout } = await runDtrace([...words, "-n", "BEGIN{ exit(0) }"]);
  assert.equal(
    stdout,
    `${report("description BEGIN ", "Unstable", "Unstable")}\n` +
      `${report("description dtrace:::END", "Stable", "Stable")}\n` +
      `${report("description BEGIN", "Unstable", "Stable")}\n` +
      "CPU     ID                    FUNCTION:NAME\n" +
      `  0      1                           :BEGIN   ${"BEGIN".padEnd(33)}\n` +
      "  0      1                           :BEGIN \n" +
      "  0      2                             :END \n\n",
  );
});

test("-e -v describes what a description stands for, unless its probes may differ", async () => {
  const program = "dtrace:::BEGIN, proc:::exit { trace(1) } profile:::tick-* { trace(1) }";
  const { stdout } = await runDtrace(["-ev", "-n", program]);
  assert.equal(
    stdout,
    report("description dtrace:::BEGIN, proc:::exit ", "Evolving", "Stable", "ISA") +
      `\ndtrace:::BEGIN\n${information("Stable", "None")}` +
      `\nproc:::exit\n${information("Evolving", "args[0]: int", "ISA")}` +
      "\nprofile:::tick-*\n",
  );
});

const heading = "   ID   PROVIDER            MODULE                          FUNCTION NAME\n";
const beginRow = `    1     dtrace ${" ".repeat(51)} BEGIN\n`;

test("-l -v describes each probe and the types of its arguments", async () => {
  const { stdout } = await runDtrace(["-lv", "-n", "BEGIN"]);
  assert.equal(stdout, heading + beginRow + information("Stable", "None"));
});

test("-l tells what matches nothing and goes on", async () => {
  assert.deepEqual(await runDtrace(["-l", "-n", "nothing:here", "-n", "BEGIN"]), {
    stdout: heading + beginRow,
    stderr: "dtrace: failed to match ::nothing:here: No probe matches description\n",
    status: 0,
    signal: undefined,
  });
});

test("a description that matches nothing is an error without -Z", async () => {
  const words = ["-n", "nothing:here", "-n", "BEGIN { exit(0) }"];
  const { stderr, status } = await runDtrace(words);
  assert.equal(
    stderr,
    "dtrace: invalid probe specifier nothing:here: probe description ::nothing:here does not match any probes\n",
  );
  assert.equal(status, 1);

  const allowed = await runDtrace(["-Z", ...words]);
  assert.equal(
    allowed.stderr,
    "dtrace: description 'nothing:here' matched 0 probes\n" +
      "dtrace: description 'BEGIN ' matched 1 probe\n",
  );
  assert.equal(allowed.status, 0);
});

test("with -Z nobody knows yet what args[] are", async () => {
  const words = ["-Z", "-n", "BEGIN { exit(0) }", "-n"];
  const early = await runDtrace([...words, "nothing:::here { trace(args[0]->count); }"]);
  assert.equal(early.status, 0, early.stderr);
  const wrong = await runDtrace([...words, "nothing:::here { trace(nosuch->count); }"]);
  assert.match(wrong.stderr, /failed to resolve nosuch/);
});

const fault = 'BEGIN { trace(*(int *)0); system("true") }';

test("notices are on standard error", async () => {
  const { stderr } = await runDtrace(["-w", "-c", "true", "-n", fault]);
  const lines = stderr
    .replace(/pid \d+/, "pid N")
    .split("\n")
    .sort();
  assert.deepEqual(lines, [
    "",
    "dtrace: allowing destructive actions",
    "dtrace: description 'BEGIN ' matched 1 probe",
    "dtrace: error on enabled probe ID 1 (ID 1: dtrace:::BEGIN): invalid address (0x0) in action #1",
    "dtrace: pid N has exited",
  ]);
});

for (const [words, program] of [
  [["-q"], fault],
  [["-x", "quiet"], fault],
  [[], `#pragma D option quiet\n${fault}`],
] as const) {
  test(`[${words}] ${program}: no notices, but errors and the last newline`, async () => {
    const outcome = await runDtrace(["-w", "-c", "true", ...words, "-n", program]);
    assert.equal(
      outcome.stderr,
      "dtrace: error on enabled probe ID 1 (ID 1: dtrace:::BEGIN): invalid address (0x0) in action #1\n",
    );
    assert.equal(outcome.stdout, "\n");
  });
}

test("a buffer that is made smaller is told", async () => {
  const { stderr, status } = await runDtrace(["-b", "1t", "-n", "BEGIN { exit(0) }"]);
  assert.match(stderr, /^dtrace: buffer size lowered to \d+[kmg]$/m);
  assert.equal(status, 0);
});
