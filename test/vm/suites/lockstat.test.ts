/** lockstat against a module that takes locks of its own a known number of times. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-lockstat-"));
execFileSync("insmod", [`${process.env["DTRACE_LAB_MODULES"]}/known_locks.ko`]);
after(() => {
  execFileSync("rmmod", ["known_locks"]);
  rmSync(folder, { recursive: true });
});

const symbols = new Map(
  readFileSync("/proc/kallsyms", "utf8")
    .split("\n")
    .filter((line) => line.endsWith("[known_locks]"))
    .map((line) => line.split(/\s+/))
    .map(([address = "", , name = ""]) => [name, `0x${address}`]),
);
const addressOf = (name: string): string => symbols.get(name) ?? "absent";

const mutex = addressOf("known_mutex");
const semaphore = addressOf("known_rwsem");

/** Lines of output, sorted, while the module works. */
async function trace(works: readonly string[], program: string): Promise<readonly string[]> {
  const workload = join(folder, "workload");
  const lines = works.map((work) => `echo ${work} > /sys/module/known_locks/parameters/run\n`);
  writeFileSync(workload, `#!/bin/sh\nset -e\n${lines.join("")}`);
  chmodSync(workload, 0o755);
  const { stdout, stderr } = await runDtrace(["-q", "-c", workload, "-n", program], {
    timeoutMs: 120_000,
  });
  assert.equal(stderr, "");
  const messages = execFileSync("dmesg", { encoding: "utf8" }).split("\n");
  assert.deepEqual(
    messages.filter((line) => /\b(WARNING|BUG|Oops):/.test(line)),
    [],
  );
  return stdout.trim().split("\n").sort();
}

const times = 50;
const runners = 4;

test("every function that takes or gives a mutex tells of it once", async () => {
  const counts = { known_counted: times, known_mutex: 5 * times, known_ww: 5 * times };
  const clauses = Object.keys(counts).map(
    (name) => `lockstat:::adaptive-acquire, lockstat:::adaptive-release
      /arg0 == ${addressOf(name)}/ { @[probename, "${name}"] = count(); }`,
  );
  const lines = await trace(
    [`mutex ${times}`, `counted ${times}`, `ww ${times}`],
    `${clauses.join("\n")} END { printa("%s %s %@d\\n", @); }`,
  );
  assert.deepEqual(
    lines,
    ["acquire", "release"].flatMap((what) =>
      Object.entries(counts).map(([name, count]) => `adaptive-${what} ${name} ${count}`),
    ),
  );
});

test("readers and writers, and those who become readers", async () => {
  const lines = await trace(
    [`rwsem ${times}`],
    `lockstat:::rw-acquire, lockstat:::rw-release /arg0 == ${semaphore}/
     { @[probename, arg1 == RW_READER ? "reader" : "writer"] = count(); }
     lockstat:::rw-downgrade /arg0 == ${semaphore}/ { @[probename, "writer"] = count(); }
     END { printa("%s %s %@d\\n", @); }`,
  );
  assert.deepEqual(lines, [
    `rw-acquire reader ${4 * times}`,
    `rw-acquire writer ${4 * times}`,
    `rw-downgrade writer ${times}`,
    `rw-release reader ${5 * times}`,
    `rw-release writer ${3 * times}`,
  ]);
});

test("a thread that slept for a lock tells of it once, and how long, before it has the lock", async () => {
  const lines = await trace(
    ["block-mutex 10"],
    `lockstat:::adaptive-block /arg0 == ${mutex}/
     { @["block"] = count(); self->blocked = 1; }
     lockstat:::adaptive-block /arg0 == ${mutex} && arg1 >= 2000000/ { @["slept"] = count(); }
     lockstat:::adaptive-spin /arg0 == ${mutex}/ { @["spin"] = count(); }
     lockstat:::adaptive-acquire /arg0 == ${mutex} && self->blocked/
     { @["then acquire"] = count(); self->blocked = 0; }
     lockstat:::adaptive-acquire, lockstat:::adaptive-release /arg0 == ${mutex}/
     { @[probename] = count(); }
     END { printa("%s %@d\\n", @); }`,
  );
  assert.deepEqual(lines, [
    ...["adaptive-acquire 20", "adaptive-release 20"],
    ...["block 10", "slept 10", "then acquire 10"],
  ]);
});

test("who slept for a semaphore, and who had it", async () => {
  const lines = await trace(
    ["reader-blocks-writer 7", "writer-blocks-writer 8", "writer-blocks-reader 9"],
    `lockstat:::rw-block /arg0 == ${semaphore}/
     {
       @[arg2 == RW_READER ? "reader" : "writer", arg3 ? "writer" : "reader", arg4] = count();
       @slept = sum(arg1 >= 2000000);
       self->blocked = 1;
     }
     lockstat:::rw-acquire /arg0 == ${semaphore} && self->blocked/
     { @acquired = count(); self->blocked = 0; }
     END { printa("%s had by %s, readers %d: %@d\\n", @); printa("z %@d %@d\\n", @slept, @acquired); }`,
  );
  assert.deepEqual(lines, [
    "reader had by writer, readers 0: 9",
    "writer had by reader, readers 1: 7",
    "writer had by writer, readers 0: 8",
    "z 24 24",
  ]);
});

test("threads that contend take and give a lock as often as they do", async () => {
  const lines = await trace(
    [`contend-mutex ${times}`, `contend-rwsem ${times}`],
    `lockstat:::adaptive-acquire, lockstat:::adaptive-release,
     lockstat:::rw-acquire, lockstat:::rw-release
     /arg0 == ${mutex} || arg0 == ${semaphore}/ { @[probename] = count(); }
     END { printa("%s %@d\\n", @); }`,
  );
  assert.deepEqual(
    lines,
    ["adaptive-acquire", "adaptive-release", "rw-acquire", "rw-release"].map(
      (name) => `${name} ${runners * times}`,
    ),
  );
});

test("all of them at once", async () => {
  const lines = await trace(
    [`mutex ${times}`, `rwsem ${times}`],
    `lockstat::: { n++; }
     lockstat::: /arg0 == ${mutex} || arg0 == ${semaphore}/ { @ = count(); }
     END { printa("%@d\\n", @); }`,
  );
  assert.deepEqual(lines, [`${(5 + 5 + 8 + 8 + 1) * times}`]);
});
