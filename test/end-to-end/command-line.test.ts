/** The command around the tracing: usage, statuses, files, pipes, signals. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { commandPath, runCommand, runDtrace } from "../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-test-"));
after(() => rmSync(folder, { recursive: true }));

const begin = "BEGIN { trace(1); exit(0) }";

test("no words: the usage text on standard error, status 2", async () => {
  const { stderr, stdout, status } = await runDtrace([]);
  assert.equal(status, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /^Usage: dtrace /);
});

test("--help is the same text on standard output, status 0", async () => {
  const { stdout, status } = await runDtrace(["--help"]);
  assert.equal(status, 0);
  assert.match(stdout, /^Usage: dtrace /);
});

test("-V tells the version", async () => {
  assert.deepEqual(await runDtrace(["-V"]), {
    stdout: "dtrace: Sun D 1.14\n",
    stderr: "",
    status: 0,
    signal: undefined,
  });
});

for (const [words, message, status] of [
  [["-n"], "dtrace: option requires an argument -- n\n", 2],
  [["-y"], "dtrace: illegal option -- y\n", 2],
  [["-x", "nonsense", "-n", begin], "dtrace: failed to set -x nonsense: Invalid option name\n", 1],
  [
    ["-x", "bufsize=many", "-n", begin],
    "dtrace: failed to set -x bufsize: Invalid value for specified option\n",
    1,
  ],
  [["-s", "/no/such.d"], "dtrace: failed to open /no/such.d: No such file or directory\n", 1],
  [["-q"], "dtrace: no probes specified\n", 1],
  [["-l", "-V"], "dtrace: only one of the [-AGhlV] options can be specified at a time\n", 2],
  [["-p", "12x", "-n", begin], "dtrace: invalid pid: 12x\n", 1],
] as const) {
  test(`${words.join(" ")} fails with status ${status}`, async () => {
    const outcome = await runDtrace(words);
    assert.ok(outcome.stderr.startsWith(message), outcome.stderr);
    assert.equal(outcome.status, status);
  });
}

test("a bad clause after -n is an invalid probe specifier", async () => {
  const { stderr, status } = await runDtrace(["-xerrtags", "-n", "BEGIN { trace(nobody) }"]);
  assert.match(
    stderr,
    /^dtrace: invalid probe specifier BEGIN \{ trace\(nobody\) \}: \[D_IDENT_UNDEF\] in action list: /,
  );
  assert.equal(status, 1);
});

test("a bad script names its file and line", async () => {
  const path = join(folder, "bad.d");
  writeFileSync(path, "BEGIN\n{\n\ttrace(nobody);\n}\n");
  const { stderr, status } = await runDtrace(["-s", path]);
  assert.ok(stderr.startsWith(`dtrace: failed to compile script ${path}: line 3: `), stderr);
  assert.equal(status, 1);
});

test("the default form tells how many probes matched, on standard error", async () => {
  const { stdout, stderr, status } = await runDtrace(["-n", begin]);
  assert.equal(stderr, "dtrace: description 'BEGIN ' matched 1 probe\n");
  assert.match(stdout, /^CPU {5}ID {20}FUNCTION:NAME\n {2}\d {6}1 {27}:BEGIN {9}1\n\n$/);
  assert.equal(status, 0);
});

test("a description without actions shows that it fired", async () => {
  const { stdout } = await runDtrace(["-n", "BEGIN", "-n", "BEGIN { exit(0) }"]);
  assert.equal(stdout.split("\n").filter((row) => row.includes(":BEGIN")).length, 2);
});

test("-e compiles and runs nothing", async () => {
  const { stdout, stderr, status } = await runDtrace(["-e", "-n", begin]);
  assert.deepEqual({ stdout, stderr, status }, { stdout: "", stderr: "", status: 0 });
});

test("-o appends to its file", async () => {
  const path = join(folder, "out");
  writeFileSync(path, "first\n");
  const { stdout, status } = await runDtrace(["-q", "-o", path, "-n", begin]);
  assert.equal(stdout, "");
  assert.equal(status, 0);
  assert.equal(readFileSync(path, "utf8"), "first\n1\n");
});

test("a full disk is an error with a message", async () => {
  const { stderr, status } = await runDtrace(["-q", "-o", "/dev/full", "-n", begin]);
  assert.equal(stderr, "dtrace: failed to write to /dev/full: No space left on device\n");
  assert.equal(status, 1);
});

test("a reader that goes away ends tracing without a word", async () => {
  const script = `'${process.execPath}' '${commandPath}' -q -xswitchrate=10ms \
    -n 'tick-1ms { printf("line\\n") }' | head -n 1`;
  const { stdout, stderr } = await runCommand("/bin/sh", ["-c", script]);
  assert.equal(stdout, "line\n");
  assert.equal(stderr, "");
});

/** Sends each signal when its word is in what was written. */
function signals(...sent: readonly (readonly [word: string, signal: NodeJS.Signals])[]) {
  let count = 0;
  return (text: string, kill: (signal: NodeJS.Signals) => void): void => {
    const [word, signal] = sent[count] ?? [];
    if (word === undefined || signal === undefined || !text.includes(word)) return;
    count += 1;
    kill(signal);
  };
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`${signal} ends tracing in order: END runs, aggregations print`, async () => {
    const outcome = await runDtrace(
      ["-q", "-n", 'BEGIN { printf("ready\\n"); @ = count() } END { printf("end\\n") }'],
      { onOutput: signals(["ready", signal]) },
    );
    assert.equal(outcome.status, 0);
    assert.equal(outcome.stdout, "ready\n\nend\n\n                1\n");
  });
}

test("a second SIGINT gives up: aggregations do not print", async () => {
  const end = 'END { printf("end\\n"); system("sleep 1") }';
  const outcome = await runDtrace(
    ["-q", "-w", "-n", `BEGIN { printf("ready\\n"); @ = count() } ${end}`],
    { onOutput: signals(["ready", "SIGINT"], ["end", "SIGINT"]) },
  );
  assert.equal(outcome.stdout, "ready\n\nend\n\n");
  assert.equal(outcome.status, 0);
});

test("tracing itself needs no operand: what is left unused is refused", async () => {
  const { stderr, status } = await runDtrace(["-n", begin, "unused"]);
  assert.match(stderr, /extraneous argument 'unused' \(\$1 is not referenced\)/);
  assert.equal(status, 1);
});
