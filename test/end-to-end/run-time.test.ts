/** vtimestamp: run time without the time spent asleep, to less than a tick. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildProgram } from "../harness/build-program.ts";
import { runDtrace, slowness } from "../harness/run-dtrace.ts";

test("a sleep costs time, but no run time", async () => {
  const program = `
syscall::clock_nanosleep:entry /pid == $target/ { self->wall = timestamp; self->run = vtimestamp; }
syscall::clock_nanosleep:return /self->wall/
{ printf("%d %d\\n", timestamp - self->wall, vtimestamp - self->run); }`;
  const { stdout, stderr } = await runDtrace(["-qn", program, "-c", "/bin/sleep 0.2"]);
  const [wall = 0, run = 0] = stdout.trim().split(" ").map(Number);
  assert.equal(stderr, "");
  assert.ok(wall >= 200_000_000, stdout);
  assert.ok(run > 0 && run < 5_000_000 * slowness, stdout);
});

test("run time never goes back, and lies between the kernel's own clock and the wall's", async () => {
  const program = `
self uint64_t last;
self uint64_t start;
sched:::on-cpu,sched:::off-cpu,syscall::getppid:entry /pid == $target && vtimestamp < self->last/
{ @back = count(); }
sched:::on-cpu,sched:::off-cpu,syscall::getppid:entry /pid == $target/
{ self->last = vtimestamp; @all = count(); }
syscall::getppid:entry /pid == $target && !self->start/
{ self->wall = timestamp; self->start = vtimestamp; }
syscall::getpgid:entry /pid == $target/
{ printf("%d %d %d\\n", (int64_t)arg0, vtimestamp - self->start, timestamp - self->wall); }
END { printa("%@d back\\n", @back); printa("%@d", @all); }`;
  const { stdout, stderr } = await runDtrace(["-qn", program, "-c", buildProgram("turns")]);
  assert.equal(stderr, "");
  const told = stdout.trim().split("\n");
  const all = Number(told.pop());
  assert.ok(all > 8_000, stdout);
  assert.equal(told.length, 4, stdout);
  for (const line of told) {
    // That clock leaves out interrupts, and what a hypervisor took.
    const [clock = 0, ours = 0, wall = 0] = line.split(" ").map(Number);
    assert.ok(clock > 0 && clock <= ours * 1.05 && ours <= wall, line);
  }
});

test("run time advances between two system calls of one turn", async () => {
  const program = `
self uint64_t last;
syscall:::entry /pid == $target && self->last/ { @least = min(vtimestamp - self->last); }
syscall:::entry /pid == $target/ { self->last = vtimestamp; }
END { printa("%@d\\n", @least); }`;
  const { stdout } = await runDtrace(["-qn", program, "-c", "/bin/true"]);
  const least = Number(stdout);
  assert.ok(least > 0 && least < 1_000_000 * slowness, stdout);
});
