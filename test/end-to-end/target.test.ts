/** -c and -p: the traced process from its start to its end, counted exactly. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { test } from "node:test";
import { runCommand, runDtrace } from "../harness/run-dtrace.ts";

const writes = "dd if=/dev/zero of=/dev/null bs=1 count=5000 status=none";

test("-c counts what strace counts, for every system call", async () => {
  const traced = await runDtrace([
    "-q",
    "-n",
    'syscall:::entry /pid == $target/ { @[probefunc] = count() } END { printa("%s %@d\\n", @) }',
    "-c",
    writes,
  ]);
  assert.equal(traced.status, 0, traced.stderr);
  const counts = new Map(
    traced.stdout
      .trim()
      .split("\n")
      .map((row) => [row.split(" ")[0] ?? "", Number(row.split(" ")[1])]),
  );

  const strace = await runCommand("strace", ["-c", "-U", "name,calls", ...writes.split(" ")]);
  const expected = strace.stderr.split("\n").flatMap((row) => {
    const match = /^\s*(\w+)\s+(\d+)\s*$/.exec(row);
    return match && match[1] !== "total" ? [[match[1] ?? "", Number(match[2])] as const] : [];
  });
  assert.ok(expected.length > 5, strace.stderr);
  // The process is held at its execve, whose entry is past by then.
  for (const [name, calls] of expected.filter(([call]) => call !== "execve")) {
    assert.equal(counts.get(name), calls, name);
  }
});

for (const [command, message] of [
  ["true", /pid \d+ has exited\n$/],
  ["false", /pid \d+ exited with status 1\n$/],
] as const) {
  test(`the end of ${command} is told and ends tracing`, async () => {
    const { stderr, status } = await runDtrace(["-n", "BEGIN", "-c", command]);
    assert.match(stderr, message);
    assert.equal(status, 0);
  });
}

test("a command's words are what white space parts: quotes are characters", async () => {
  const { stdout } = await runDtrace(["-q", "-n", "BEGIN", "-c", "echo 'a  b'\t\"c\""]);
  assert.equal(stdout, "'a b' \"c\"\n\n");
});

test("a command that does not exist is an error", async () => {
  const { stderr, status } = await runDtrace(["-n", "BEGIN", "-c", "/no/such/command"]);
  assert.match(stderr, /^dtrace: failed to execute \/no\/such\/command: No such file or directory/);
  assert.equal(status, 1);
});

test("-p traces a live process until it ends", async () => {
  const child = spawn("/bin/sh", ["-c", "read line; for i in 1 2 3; do echo $i; done"], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  const { stdout, stderr } = await runDtrace(
    [
      "-q",
      "-xswitchrate=10ms",
      "-n",
      'BEGIN { printf("ready\\n") } syscall::write:entry /pid == $target/ { @ = count() }',
      "-n",
      'END { printa("%@d\\n", @) }',
      "-p",
      String(child.pid),
    ],
    { onOutput: (text) => letGo(child, text) },
  );
  assert.equal(stdout, "ready\n3\n\n", stderr);
});

function letGo(child: ChildProcess, text: string): void {
  if (text.includes("ready")) child.stdin?.end("go\n");
}

test("a program that is only compiled has its $target", async () => {
  const program = "BEGIN { trace($target) }";
  const { status, stderr } = await runDtrace(["-e", "-n", program, "-p", `${process.pid}`]);
  assert.equal(status, 0, stderr);
});
