/** No record is lost in silence: those that arrive and those reported as drops are all there were. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildProgram } from "../harness/build-program.ts";
import { type Outcome, runDtrace } from "../harness/run-dtrace.ts";

/** A clause that records each call, and one that only counts it, in the kernel. */
const program =
  "syscall::write:entry /pid == $target/ { @firings = count(); } " +
  'syscall::write:entry /pid == $target/ { printf("record %d %s\\n", arg2, execname); } ' +
  'END { printa("firings %@d\\n", @firings); }';

interface Account {
  readonly records: number;
  readonly drops: number;
  readonly firings: number;
}

function accountOf({ stdout, stderr }: Outcome): Account {
  const drops = [...stderr.matchAll(/^dtrace: (\d+) drops? on CPU \d+$/gm)];
  return {
    records: stdout.split("record 1 steady-writes\n").length - 1,
    drops: drops.reduce((sum, [, count]) => sum + Number(count), 0),
    firings: Number(/^firings (\d+)$/m.exec(stdout)?.[1]),
  };
}

test("200,000 records a second for ten seconds all arrive, or are counted as drops", async () => {
  const command = `${buildProgram("steady-writes")} 200000 10`;
  const traced = await runDtrace(["-q", "-n", program, "-c", command], { timeoutMs: 120_000 });
  const { records, drops, firings } = accountOf(traced);
  assert.equal(firings, 2_000_000, traced.stderr);
  assert.equal(records + drops, 2_000_000, traced.stderr);
});

test("where records must be dropped, exactly those are reported that did not arrive", async () => {
  const command = `${buildProgram("steady-writes")} 3000000 0.5`;
  const traced = await runDtrace(["-q", "-x", "bufsize=32k", "-n", program, "-c", command], {
    timeoutMs: 120_000,
  });
  const { records, drops, firings } = accountOf(traced);
  assert.equal(firings, 1_500_000, traced.stderr);
  assert.ok(drops > 0, "nothing was dropped");
  assert.equal(records + drops, 1_500_000, traced.stderr);
});
