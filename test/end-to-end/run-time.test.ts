/** vtimestamp: run time without the time spent asleep, to less than a tick. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runDtrace } from "../harness/run-dtrace.ts";

test("a sleep costs time, but no run time", async () => {
  const program = `
syscall::clock_nanosleep:entry /pid == $target/ { self->wall = timestamp; self->run = vtimestamp; }
syscall::clock_nanosleep:return /self->wall/
{ printf("%d %d\\n", timestamp - self->wall, vtimestamp - self->run); }`;
  const { stdout, stderr } = await runDtrace(["-qn", program, "-c", "/bin/sleep 0.2"]);
  const [wall = 0, run = 0] = stdout.trim().split(" ").map(Number);
  assert.equal(stderr, "");
  assert.ok(wall >= 200_000_000, stdout);
  assert.ok(run > 0 && run < 5_000_000, stdout);
});

test("run time advances between two system calls of one turn", async () => {
  const program = `
self uint64_t last;
syscall:::entry /pid == $target && self->last/ { @least = min(vtimestamp - self->last); }
syscall:::entry /pid == $target/ { self->last = vtimestamp; }
END { printa("%@d\\n", @least); }`;
  const { stdout } = await runDtrace(["-qn", program, "-c", "/bin/true"]);
  const least = Number(stdout);
  assert.ok(least > 0 && least < 1_000_000, stdout);
});
