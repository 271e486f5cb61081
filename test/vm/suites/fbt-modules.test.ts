/** fbt and modules that come and go while it traces: only guests load modules. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-modules-"));
after(() => rmSync(folder, { recursive: true }));

const datagrams = buildProgram("known-datagrams", "-static");
const rounds = 3;
const perRound = 25;

/** Loads `dummy`, waits until it is traced, sends datagrams through it, unloads it. */
const workload = join(folder, "workload");
writeFileSync(
  workload,
  `#!/bin/sh
set -e
for round in $(seq $1); do
  modprobe dummy numdummies=0
  until grep -q dummy_xmit /sys/kernel/debug/kprobes/list; do sleep 0.2; done
  ip link add lab0 type dummy
  echo 1 > /proc/sys/net/ipv6/conf/lab0/disable_ipv6
  ip addr add 10.9.9.1/24 dev lab0
  ip link set lab0 up
  ${datagrams} 10.9.9.2 ${perRound}
  ip link del lab0
  rmmod dummy
done
echo unloaded
`,
);
chmodSync(workload, 0o755);

test("functions of a module loaded later are traced, and it can be unloaded", async () => {
  const { stdout, stderr } = await runDtrace(
    [
      ...["-q", "-Z", "-c", `${workload} ${rounds}`, "-n"],
      `fbt:dummy:dummy_x*:entry, fbt:dummy:dummy_x*:return
       { @[probemod, probefunc, probename] = count(); }
       END { printa("%s %s %s %@d\\n", @); }`,
    ],
    { timeoutMs: 60_000 },
  );
  const count = rounds * perRound;
  assert.deepEqual(
    stdout.trim().split("\n"),
    ["unloaded", `dummy dummy_xmit entry ${count}`, `dummy dummy_xmit return ${count}`],
    stderr,
  );
});

test("variables are shared with the functions of later modules", async () => {
  const { stdout, stderr } = await runDtrace(
    [
      ...["-q", "-c", `${workload} 2`, "-n"],
      `fbt::*_xmit:entry { self->depth++; }
       fbt:dummy:*_xmit:entry /self->depth > 1/ { calls++; }
       fbt::*_xmit:return /self->depth/ { self->depth--; }
       END { printf("%d %d", calls, self->depth); }`,
      "-Z",
    ],
    { timeoutMs: 60_000 },
  );
  assert.match(stdout, new RegExp(`\\b${2 * perRound} 0\\s*$`), stderr);
});

test("a module loaded before tracing can be unloaded meanwhile", async () => {
  execFileSync("modprobe", ["dummy", "numdummies=0"]);
  const { stdout, stderr } = await runDtrace(
    [
      ...["-q", "-c", `${workload} 2`, "-n"],
      `fbt:dummy:dummy_xmit:entry { @ = count(); } END { printa("%@d", @); }`,
    ],
    { timeoutMs: 60_000 },
  );
  assert.match(stdout, new RegExp(`unloaded\\s+${2 * perRound}\\s*$`), stderr);
});
