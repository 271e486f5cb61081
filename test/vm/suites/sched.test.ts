/** sched against what the kernel counts of threads that do a known amount of it. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-sched-"));
after(() => rmSync(folder, { recursive: true }));

const program = buildProgram("known-scheduling", "-static");

async function trace(command: string, text: string): Promise<string> {
  const { stdout, stderr } = await runDtrace(["-q", "-c", command, "-n", text], {
    timeoutMs: 120_000,
  });
  assert.equal(stderr, "");
  return stdout;
}

const numberOf = (output: string, name: string): number =>
  Number(new RegExp(`^${name} (-?\\d+)`, "m").exec(output)?.[1] ?? 0);

/** The lengths of a tick in milliseconds that kernels are built with. */
const ticks = [1, 10 / 3, 4, 10];

test("a tick is what the kernel charges a thread", async () => {
  const output = await trace(
    `${program} burn 2000`,
    `inline long charged = (curthread->utime + curthread->stime) / 1000000;
     syscall::sched_setaffinity:entry /pid == $target/ { before = charged; }
     sched:::tick /pid == $target && before/
     { @[args[0]->pr_lwpid == tid && args[1]->pr_pid == pid] = count(); }
     proc:::exit /pid == $target/ { printf("charged %d\\n", charged - before); }
     END { printa("ticks %@d %d\\n", @); }`,
  );
  assert.match(output, /^ticks \d+ 1$/m);
  const charged = numberOf(output, "charged");
  const length = charged / numberOf(output, "ticks");
  // A tick is charged less the interrupts since the last one.
  const known = ticks.find((one) => Math.abs(one - length) < one * 0.08);
  assert.ok(known !== undefined && charged > 100, output);
});

test("a thread that yields stays or goes", async () => {
  const times = 500;
  const output = await trace(
    `${program} yield ${times}`,
    `syscall::sched_yield:entry /pid == $target/ { self->inside = 1; self->stayed = self->left = 0; }
     sched:::remain-cpu /self->inside/ { self->stayed++; }
     sched:::off-cpu /self->inside/ { self->left++; }
     syscall::sched_yield:return /pid == $target/
     {
       self->inside = 0;
       @[self->left ? "left" : self->stayed ? "stayed" : "neither"] = count();
     }
     END { printa("%s %@d\\n", @); }`,
  );
  assert.equal(numberOf(output, "stayed") + numberOf(output, "left"), times, output);
  assert.ok(numberOf(output, "stayed") > times / 2, output);
});

test("who gets a CPU leaves it", async () => {
  const output = await trace(
    `${program} wake 100`,
    `sched:::on-cpu /pid == $target/ { on++; }
     sched:::off-cpu /pid == $target && on/ { off++; }
     proc:::exit /pid == $target/ { printf("on %d\\noff %d\\n", on, off); on = 0; }`,
  );
  assert.ok(numberOf(output, "on") >= 100, output);
  assert.equal(numberOf(output, "on"), numberOf(output, "off") + 1, output);
});

test("changes of a nice value, and only changes", async () => {
  const times = 40;
  const output = await trace(
    `${program} nice ${times}`,
    `sched:::change-pri /pid == $target/
     { @[args[0]->pr_lwpid == tid && args[1]->pr_pid == pid && args[0]->pr_pri != args[2]] = count(); }
     sched:::change-pri /pid == $target/ { @last = max(args[2]); }
     END { printa("changes %@d %d\\n", @); printa("last %@d\\n", @last); }`,
  );
  assert.match(output, new RegExp(`^changes ${times} 1$`, "m"));
  // As /proc/PID/stat has it: 20 is nice 0.
  assert.equal(numberOf(output, "last"), 39);
});

test("changes of the scheduling class", async () => {
  const times = 25;
  const output = await trace(
    `${program} class ${times}`,
    `sched:::change-pri /pid == $target/ { @[args[2]] = count(); }
     END { printa("%d %@d\\n", @); }`,
  );
  assert.deepEqual(output.trim().split("\n").sort(), [`-11 ${times}`, `20 ${times}`]);
});

test("whoever has the CPU must surrender it to a better thread", async () => {
  const times = 100;
  const output = await trace(
    `${program} wake ${times}`,
    `sched:::wakeup /args[0]->pr_lwpid == $target/ { woken = 1; }
     sched:::surrender /woken && cpu == 1 && args[0]->pr_lwpid == curlwpsinfo->pr_lwpid/
     { @ = count(); woken = 0; }
     END { printa("asked %@d\\n", @); }`,
  );
  assert.ok(numberOf(output, "asked") >= times * 0.9, output);
});

test("a group of processes that has used up its time sleeps until it gets more", async () => {
  const root = join(folder, "cgroup");
  mkdirSync(root);
  execFileSync("mount", ["-t", "cgroup2", "none", root]);
  const group = join(root, "known");
  try {
    writeFileSync(join(root, "cgroup.subtree_control"), "+cpu");
    if (!existsSync(group)) mkdirSync(group);
    writeFileSync(join(group, "cpu.max"), "50000 1000000");
    const workload = join(folder, "capped");
    writeFileSync(
      workload,
      `#!/bin/sh\necho $$ > ${group}/cgroup.procs && exec ${program} burn 500\n`,
    );
    chmodSync(workload, 0o755);
    const output = await trace(
      workload,
      `sched:::cpucaps-sleep { @[probename] = count(); }
       sched:::cpucaps-sleep /args[1]->pr_pid == $target/ { @["own"] = count(); }
       sched:::cpucaps-wakeup { @[probename] = count(); }
       END { printa("%s %@d\\n", @); }`,
    );
    const stat = readFileSync(join(group, "cpu.stat"), "utf8");
    const slept = numberOf(output, "cpucaps-sleep");
    const throttled = numberOf(stat, "nr_throttled");
    assert.ok(slept >= 3, output);
    // It may end before the last sleep does.
    const woken = numberOf(output, "cpucaps-wakeup");
    assert.ok(woken === slept || woken === slept - 1, output);
    assert.equal(numberOf(output, "own"), slept, output);
    assert.equal(slept, throttled, `${output}${stat}`);
    rmdirSync(group);
  } finally {
    execFileSync("umount", [root]);
  }
});
