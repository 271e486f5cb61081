/** sched: what it counts is what the kernel counts of the same thread, in /proc. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { runDtrace, slowness } from "../../harness/run-dtrace.ts";

const program = `
sched:::on-cpu, sched:::off-cpu, sched:::sleep, sched:::preempt /pid == $target/
{ @[probename] = count(); }
sched:::wakeup /args[0]->pr_lwpid == $target/ { @[probename] = count(); }
sched:::off-cpu /pid == $target/ { self->since = timestamp; }
sched:::on-cpu /self->since/ { @away = sum(timestamp - self->since); self->since = 0; }
END { printa("%s %@d\\n", @); printa("away %@d\\n", @away); }`;

test("switches are those that /proc counts", async () => {
  const traced = await runDtrace(["-qn", program, "-c", buildProgram("sleeper")], {
    timeoutMs: 30_000,
  });
  assert.equal(traced.stderr, "");
  const numberOf = (name: string): number =>
    Number(new RegExp(`^${name} (\\d+)$`, "m").exec(traced.stdout)?.[1] ?? 0);

  const voluntary = numberOf("voluntary");
  const involuntary = numberOf("involuntary");
  // A millisecond of the 200 may be over before a busy machine has gone to sleep.
  const sleeps = 100;
  assert.ok(voluntary >= sleeps, traced.stdout);
  // Some more happen before the program's first words and after its last.
  const switches = numberOf("off-cpu");
  assert.ok(Math.abs(switches - voluntary - involuntary) <= 20 * slowness, traced.stdout);
  assert.ok(Math.abs(switches - numberOf("on-cpu")) <= 1);
  // Tracing may end between the programs of one switch, the program's last.
  const kinds = numberOf("sleep") + numberOf("preempt");
  assert.ok(Math.abs(kinds - switches) <= 1, traced.stdout);
  assert.ok(numberOf("wakeup") >= voluntary - 1, traced.stdout);
  assert.ok(numberOf("away") >= sleeps * 1_000_000);
});

test("twenty keys made inside the scheduler are no drop", async () => {
  const keys = Array.from({ length: 20 }, (_, key) => `@["key ${key}"] = count();`).join(" ");
  const probe = `sdt:sched::sched_switch /pid == $target/ { ${keys} }`;
  const traced = await runDtrace(["-qn", probe, "-c", "/bin/sleep 0.1"]);
  assert.equal(traced.stderr, "");
  const counts = [...traced.stdout.matchAll(/key \d+ +(\d+)$/gm)].map(([, count]) => count);
  assert.equal(counts.length, 20);
  assert.equal(new Set(counts).size, 1);
});
