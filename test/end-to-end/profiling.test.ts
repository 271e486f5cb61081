/** Where a program burns its time, and how long its calls take. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildProgram } from "../harness/build-program.ts";
import { runDtrace } from "../harness/run-dtrace.ts";

const withFrames = ["-fno-omit-frame-pointer", "-mno-omit-leaf-frame-pointer"];
const burner = (): string => buildProgram("burner", "-O0", ...withFrames);

test("stacks of profile-997 fold to the function that burns the CPU", async () => {
  const program =
    "profile-997 /pid == $target && arg1/ { @[ustack(3)] = count(); } " +
    'END { printa("%k%@d\\n", @); }';
  const { stdout } = await runDtrace(["-qn", program, "-c", burner()]);
  const stack =
    /burner`burn\+0x[0-9a-f]+\n\s*burner`outer\+0x[0-9a-f]+\n\s*burner`main\+0x[0-9a-f]+\n\s*(\d+)/g;
  const burning = [...stdout.matchAll(stack)].reduce((sum, [, count]) => sum + Number(count), 0);
  // Not what loads the program: in an emulated machine that takes as long.
  const all = [...stdout.matchAll(/burner`main\+0x[0-9a-f]+\n(?: .+\n)*? *(\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
  assert.ok(all > 100, stdout);
  assert.ok(burning > all * 0.9, stdout);
});

test("the distribution of read(2)'s latency holds every read, once", async () => {
  const program = `
syscall::read:entry /pid == $target && arg2 == 1/ { self->since = timestamp; }
syscall::read:return /self->since/
{ @latency = quantize(timestamp - self->since); @reads = count(); self->since = 0; }
END { printa(@latency); printa("reads %@d\\n", @reads); }`;
  const { stdout, stderr } = await runDtrace(["-qn", program, "-c", burner()]);
  assert.equal(stderr, "");
  const counts = [...stdout.matchAll(/^ +\d+ \|[@ ]{40} (\d+) *$/gm)].map(([, count]) =>
    Number(count),
  );
  assert.match(stdout, /^reads 300$/m);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    300,
  );
});
