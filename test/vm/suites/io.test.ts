/**
 * io against devices that only a guest may have: what the kernel's own statistics say of them, and
 * what programs are known to ask of them.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { before, test } from "node:test";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = "/tmp/io";
const device = "/dev/loop5";
const full = "/dev/loop6";
const mounted = `${folder}/mounted`;

const shell = (text: string): string =>
  execFileSync("/bin/sh", ["-c", `set -e; ${text}`], { encoding: "utf8" });

before(() => {
  shell(`modprobe loop
mkdir -p ${mounted} ${folder}/small
truncate -s 64M ${folder}/disk
losetup ${device} ${folder}/disk
mount -t tmpfs -o size=1m tmpfs ${folder}/small
truncate -s 8M ${folder}/small/disk
losetup ${full} ${folder}/small/disk`);
});

function script(name: string, text: string): string {
  const path = `${folder}/${name}`;
  writeFileSync(path, `#!/bin/sh\n${text}`);
  chmodSync(path, 0o755);
  return path;
}

const linesOf = (stdout: string, kind: string): readonly string[] =>
  stdout.split("\n").filter((line) => line.startsWith(`${kind} `));

const statistics = "cat /sys/block/loop5/stat";

test("direct I/O to a device: each request, with its place, size, direction and device", async () => {
  const workload = script(
    "raw",
    `${statistics} | sed 's/^/stat /'
dd if=/dev/zero of=${device} bs=16384 count=25 seek=2 oflag=direct 2> /dev/null
dd if=${device} of=/dev/null bs=4096 count=10 skip=3 iflag=direct 2> /dev/null
${statistics} | sed 's/^/stat /'
`,
  );
  const { stdout, stderr } = await runDtrace(
    [
      ...["-q", "-c", workload, "-n"],
      `io:::start, io:::done
       /args[1]->dev_statname == "loop5" && args[0]->b_bcount != 0/
       {
         printf("%s %s %d %d\\n", probename, args[0]->b_flags & B_WRITE ? "write" : "read",
             args[0]->b_blkno, args[0]->b_bcount);
         @[args[1]->dev_name, args[1]->dev_pathname, args[1]->dev_major, args[1]->dev_minor,
             args[0]->b_edev == (args[1]->dev_major << 20 | args[1]->dev_minor)] = count();
       }
       io:::done /args[1]->dev_statname == "loop5"/
       { @errors[args[0]->b_error, args[0]->b_flags & B_ERROR] = count(); }
       END { printa("device %s %s %d %d %d %@d\\n", @); printa("errors %d %d\\n", @errors); }`,
    ],
    { timeoutMs: 60_000 },
  );
  const requests = [
    ...Array.from({ length: 25 }, (_, index) => `write ${(index + 2) * 32} 16384`),
    ...Array.from({ length: 10 }, (_, index) => `read ${(index + 3) * 8} 4096`),
  ];
  for (const moment of ["start", "done"]) {
    assert.deepEqual(
      linesOf(stdout, moment).toSorted(),
      requests.map((request) => `${moment} ${request}`).toSorted(),
      stderr,
    );
  }
  assert.deepEqual(linesOf(stdout, "device"), ["device loop5 /dev/loop5 7 5 1 70"]);
  assert.deepEqual(linesOf(stdout, "errors"), ["errors 0 0"]);

  const [earlier = [], later = []] = linesOf(stdout, "stat").map((line) =>
    line.trim().split(/\s+/).slice(1).map(Number),
  );
  const grown = later.map((count, index) => count - (earlier[index] ?? 0));
  // Reads, of which merged, sectors read; writes, of which merged, sectors written.
  assert.deepEqual(
    [grown[0], grown[2], grown[4], grown[6]],
    [10, (10 * 4096) / 512, 25, (25 * 16384) / 512],
  );
});

test("files are known of ext4's page writeback and of its direct I/O", async () => {
  shell(`mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 ${device}
mount ${device} ${mounted}
mkdir ${mounted}/within`);
  const workload = script(
    "files",
    `cd ${mounted}/within
dd if=/dev/zero of=cached bs=4096 count=16 conv=fsync 2> /dev/null
dd if=/dev/zero of=direct bs=8192 count=4 oflag=direct 2> /dev/null
dd if=direct of=/dev/null bs=8192 count=4 iflag=direct 2> /dev/null
`,
  );
  const { stdout, stderr } = await runDtrace(
    [
      ...["-q", "-c", workload, "-n"],
      `io:::start, io:::done
       /args[1]->dev_statname == "loop5" && args[2]->fi_name != "<none>"/
       {
         @[probename, args[0]->b_flags & B_WRITE ? "write" : "read", args[2]->fi_name,
             args[2]->fi_dirname, args[2]->fi_pathname, args[2]->fi_mount, args[2]->fi_fs] =
             sum(args[0]->b_bcount);
       }
       END { printa("%s %s %s %s %s %s %s %@d\\n", @); }`,
    ],
    { timeoutMs: 60_000 },
  );
  // A guest's root is not that of the kernel.
  const found = stdout.replaceAll(/\S*\/tmp\/io/g, folder);
  for (const moment of ["start", "done"]) {
    const where = (name: string): string =>
      `${name} ${mounted}/within ${mounted}/within/${name} ${mounted} ext4`;
    assert.deepEqual(
      linesOf(found, moment).toSorted(),
      [
        `${moment} read ${where("direct")} ${4 * 8192}`,
        `${moment} write ${where("cached")} ${16 * 4096}`,
        `${moment} write ${where("direct")} ${4 * 8192}`,
      ],
      stderr,
    );
  }
  shell(`umount ${mounted}`);
});

test("what fails has an error, and each wait for a device ends", async () => {
  const { stdout, stderr } = await runDtrace(
    [
      ...["-q", "-c", `dd if=/dev/zero of=${full} bs=262144 count=20 oflag=direct`, "-n"],
      `io:::done /args[1]->dev_statname == "loop6" && args[0]->b_flags & B_ERROR/
       { @failed[args[0]->b_error] = count(); }
       io:::done /args[1]->dev_statname == "loop6" && !(args[0]->b_flags & B_ERROR)/
       { @worked[args[0]->b_error] = count(); }
       syscall::write:return /pid == $target && errno/ { printf("errno %d\\n", errno); }
       io:::wait-start /pid == $target/ { waiting++; starts++; }
       io:::wait-done /pid == $target/ { waiting--; dones++; }
       END
       {
         printa("failed %d\\n", @failed); printa("worked %d\\n", @worked);
         printf("waits %d %d %d\\n", waiting, starts == dones, starts > 0);
       }`,
    ],
    { timeoutMs: 60_000 },
  );
  const [error] = linesOf(stdout, "errno");
  assert.ok(error, stderr);
  assert.deepEqual(linesOf(stdout, "failed"), [error.replace("errno", "failed")]);
  assert.deepEqual(linesOf(stdout, "worked"), ["worked 0"]);
  assert.deepEqual(linesOf(stdout, "waits"), ["waits 0 1 1"]);
});
