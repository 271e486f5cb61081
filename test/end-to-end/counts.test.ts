/** Counts and arguments against programs whose calls are known by construction. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildProgram } from "../harness/build-program.ts";
import { runCommand, runDtrace, slowness } from "../harness/run-dtrace.ts";

/** `name count` rows of a printa format, by name. */
function countsOf(text: string): ReadonlyMap<string, number> {
  const rows = text.trim().split("\n");
  return new Map(rows.map((row) => [row.split(" ")[0] ?? "", Number(row.split(" ")[1])]));
}

test("write(2) of dd is counted as strace counts it", async () => {
  const writes = 200_000 / slowness;
  const command = `dd if=/dev/zero of=/dev/null bs=1 count=${writes} status=none`;
  const traced = await runDtrace([
    ...["-q", "-n", "syscall::write:entry /pid == $target/ { @ = count(); }", "-c", command],
  ]);
  const strace = await runCommand("strace", ["-c", "-e", "trace=write", ...command.split(" ")], {
    timeoutMs: 60_000,
  });
  const expected = /(\d+)\s+write$/m.exec(strace.stderr)?.[1];
  assert.equal(traced.stdout.trim(), expected);
  assert.equal(expected, `${writes}`);
});

/** In the order of many-calls.c: call i is made 100 + i times by each of four threads. */
const calls = [
  ...["getppid", "getuid", "geteuid", "getgid", "getegid", "gettid", "write", "writev"],
  ...["pwrite64", "read", "lseek", "fstat", "umask", "getpgid", "getsid", "sched_yield"],
  ...["clock_gettime", "getrlimit", "nanosleep", "fcntl"],
];

test("twenty different calls from four threads on all CPUs are counted exactly", async () => {
  const program = buildProgram("many-calls");
  const traced = await runDtrace([
    "-q",
    ...[
      "-n",
      "syscall:::entry, syscall:::return /pid == $target/ { @[probefunc, probename] = count(); }",
    ],
    ...["-n", 'END { printa("%s/%s %@d\\n", @); }', "-c", program],
  ]);
  const counts = countsOf(traced.stdout);
  // What the C library's start and the threads' start make of the same calls comes on top, and is
  // what strace sees beyond our own.
  const strace = await runCommand("strace", ["-f", "-c", "-U", "name,calls", program], {
    timeoutMs: 60_000,
  });
  for (const [index, name] of calls.entries()) {
    const own = 4 * (100 + index);
    const seen = Number(new RegExp(`^\\s*${name}\\s+(\\d+)$`, "m").exec(strace.stderr)?.[1]);
    assert.ok(seen >= own, `${name}: strace saw ${seen} of ${own}`);
    assert.equal(counts.get(`${name}/entry`), seen, `${name} entry`);
    assert.equal(counts.get(`${name}/return`), seen, `${name} return`);
  }
});

/** The lab's arm64 has no 32-bit programs. */
if (process.arch === "x64") test("32-bit calls are told from native ones, call by call", toldApart);

async function toldApart(): Promise<void> {
  const program = buildProgram("i386-calls");
  const traced = await runDtrace([
    "-q",
    "-n",
    "syscall::getppid:entry, syscall::write:entry /pid == $target/ { @[probemod, probefunc] = count(); }",
    "-n",
    'syscall:x32:write:entry /pid == $target/ { @arguments["arguments", arg0, arg2] = count(); }',
    "-n",
    'syscall:x32:write:return /pid == $target/ { @result["result", (int)arg0, errno] = count(); }',
    "-n",
    'END { printa("%s/%s %@d\\n", @); printa("%s/%d/%d %@d\\n", @arguments); printa("%s/%d/%d %@d\\n", @result); }',
    ...["-c", program],
  ]);
  assert.deepEqual(
    countsOf(traced.stdout),
    new Map([
      ["x64/getppid", 150],
      ["x32/write", 200],
      ["x32/getppid", 300],
      ["arguments/77/3", 200],
      ["result/-1/9", 200],
    ]),
    traced.stderr,
  );
}

/** On arm64 a new child leaves the kernel without a word. */
const childReturns = process.arch === "arm64" ? [] : ([["clone/child/0", 40]] as const);

test("execve, clone and exit_group are seen from every side", async () => {
  const traced = await runDtrace([
    "-q",
    "-n",
    'syscall::execve:return /progenyof($target)/ { @["execve", execname, (int)arg0] = count(); }',
    "-n",
    'syscall::clone:return /progenyof($target)/ { @["clone", arg0 == 0 ? "child" : "parent", 0] = count(); }',
    "-n",
    'syscall::exit_group:entry /progenyof($target)/ { @["exit", execname, (int)arg0] = count(); }',
    "-n",
    "syscall::exit_group:return /progenyof($target)/ { @never = count(); }",
    "-n",
    'END { printa("%s/%s/%d %@d\\n", @); printa("never %@d\\n", @never); }',
    ...["-c", buildProgram("fork-exec")],
  ]);
  const parent = "fork-exec";
  assert.deepEqual(
    countsOf(traced.stdout),
    new Map([
      // Its own execve returns under our eyes: it was held inside.
      [`execve/${parent}/0`, 1],
      [`exit/${parent}/0`, 1],
      ...childReturns,
      ["clone/parent/0", 40],
      ["execve/true/0", 40],
      ["exit/true/0", 40],
    ]),
    traced.stderr,
  );
});
