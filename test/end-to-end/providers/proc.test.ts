/** proc: against a program that makes known numbers of processes, threads and signals. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

const program = `
proc:::create /progenyof($target)/ { @[probename, 0] = count(); }
proc:::lwp-create, proc:::lwp-start, proc:::lwp-exit, proc:::start, proc:::exec,
proc:::exec-success /progenyof($target)/ { @[probename, 0] = count(); }
proc:::exit, proc:::exec-failure /progenyof($target)/ { @[probename, args[0]] = count(); }
proc:::fault /pid == $target && args[1]->si_signo == 11/ { @[probename, args[0]] = count(); }
proc:::signal-send, proc:::signal-discard /pid == $target && args[2] != 17/
{ @[probename, args[2]] = count(); }
proc:::signal-handle, proc:::signal-clear /pid == $target && args[0] != 17/
{ @[probename, args[0]] = count(); }
END { printa("%s %d: %@d\\n", @); }`;

/** What life-cycles does by construction; the numbers behind the names are reasons and signals. */
const expected = [
  "create 0: 130",
  // CLD_EXITED: 40 without more, 25 executed, 15 whose execution failed, and the program itself.
  "exit 1: 81",
  "exit 2: 30",
  "exit 3: 20",
  "exec 0: 40",
  "exec-failure 2: 15",
  "exec-success 0: 25",
  "fault 6: 5",
  "lwp-create 0: 142",
  "lwp-exit 0: 143",
  "lwp-start 0: 142",
  "signal-clear 28: 9",
  "signal-discard 10: 10",
  "signal-handle 11: 5",
  "signal-handle 12: 11",
  "signal-send 10: 10",
  "signal-send 11: 5",
  "signal-send 12: 11",
  "signal-send 28: 9",
  "start 0: 130",
];

test("processes, threads and signals are counted as they were made", async () => {
  const traced = await runDtrace(["-qn", program, "-c", buildProgram("life-cycles")], {
    timeoutMs: 60_000,
  });
  assert.equal(traced.stderr, "");
  const lines = traced.stdout.split("\n").filter((line) => line !== "");
  assert.deepEqual(lines.sort(), [...expected].sort());
});

test("exec names the path, a new process is described in its creator", async () => {
  const watched = `
proc:::exec /progenyof($target)/ { printf("%s\\n", args[0]); }
proc:::create /pid == $target/ { printf("%s makes %s\\n", execname, args[0]->pr_fname); }`;
  const traced = await runDtrace(["-qn", watched, "-c", "/bin/sh -s"], {
    input: "/bin/true\n/bin/false\n",
  });
  assert.equal(traced.stderr, "");
  assert.equal(
    traced.stdout.trim(),
    ["sh makes sh", "/bin/true", "sh makes sh", "/bin/false"].join("\n"),
  );
});
