/**
 * Every function and every system call traced, with stacks, while the guest compiles in parallel and
 * writes to a disk: the kernel lives, says nothing, and the counts agree. LAB_STRESS_SECONDS is how
 * long.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runDtrace } from "../../harness/run-dtrace.ts";

const seconds = Number(process.env["LAB_STRESS_SECONDS"]);

/** Left to the guest, whose end it is. */
const folder = mkdtempSync(join(tmpdir(), "dtrace-stress-"));

const workload = join(folder, "workload");
writeFileSync(
  workload,
  `#!/bin/sh
cd ${folder}
truncate -s 64M image
mkfs.ext4 -q image
echo 'int main(void) { return 0; }' > small.c
mkdir disk
mount -o loop image disk
build() {
  while [ ! -e stop ]; do
    gcc -c -o built.$1 small.c || exit 1
  done
}
write() {
  while [ ! -e stop ]; do
    dd if=/dev/zero of=disk/written bs=64k count=64 conv=fsync 2> /dev/null
    cat disk/written > /dev/null
    rm disk/written
  done
}
build 1 &
build 2 &
write &
sleep ${seconds}
touch stop
wait
umount disk
ls built.1 built.2
`,
);
chmodSync(workload, 0o755);

const program = `
fbt:::entry { @entries[probefunc] = count(); }
fbt:::return { @returns[probefunc] = count(); }
fbt::vfs_*:entry, fbt::ext4_*:entry, fbt::blk_*:entry { @kernel[stack(16)] = count(); }
syscall:::entry { @calls[probefunc] = count(); @users[stack(16), ustack(16)] = count(); }
END
{
  printa("entry %s %@d\\n", @entries);
  printa("return %s %@d\\n", @returns);
  printa("call %s %@d\\n", @calls);
  trunc(@kernel, 5);
  trunc(@users, 5);
  printa(@kernel);
  printa(@users);
}`;

/** Made, kept and ended by one thread at a time: one system call is one call of the function. */
const plainCalls = ["read", "write", "close", "newfstat", "lseek", "fsync", "unlink"];

const callNames: Readonly<Record<string, string>> = { newfstat: "fstat" };

test(`${seconds} s of everything at once`, { timeout: (seconds + 1900) * 1000 }, async () => {
  execFileSync("modprobe", ["-a", "loop", "ext4"]);
  execFileSync("dmesg", ["-C"]);
  const { stdout, stderr, status } = await runDtrace(
    ["-q", "-x", "aggsize=64m", "-x", "strsize=64", "-c", workload, "-n", program],
    { timeoutMs: (seconds + 1800) * 1000 },
  );
  const messages = execFileSync("dmesg", { encoding: "utf8" });
  assert.doesNotMatch(messages, /BUG|Oops|WARNING|stall|lockup|Call Trace|hung task/i);
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(stderr, /error on enabled probe|\bdrops?\b/);
  assert.match(stdout, /built\.1\nbuilt\.2/);

  const counts = new Map<string, number>();
  for (const [, edge, name, count] of stdout.matchAll(/^(entry|return|call) (\S+) (\d+)$/gm)) {
    counts.set(`${edge} ${name}`, Number(count));
  }
  const of = (key: string): number => counts.get(key) ?? 0;
  const prefix = process.arch === "arm64" ? "__arm64_sys_" : "__x64_sys_";
  for (const name of plainCalls) {
    const called = of(`call ${callNames[name] ?? name}`);
    const entered = of(`entry ${prefix}${name}`);
    const returned = of(`return ${prefix}${name}`);
    assert.ok(called > 0, `${name} was called`);
    // Those that were in flight when tracing began or ended.
    assert.ok(Math.abs(called - entered) <= 16, `${name}: ${called} calls, ${entered} entries`);
    assert.ok(
      Math.abs(entered - returned) <= 16,
      `${name}: ${entered} entries, ${returned} returns`,
    );
  }
});
