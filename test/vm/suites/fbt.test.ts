/** fbt needs kprobes, which not every kernel that develops has: only guests run this. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-fbt-"));
after(() => rmSync(folder, { recursive: true }));

const file = join(folder, "known-file");
writeFileSync(file, "0123456789");
const reads = buildProgram("known-reads", "-static");
const readsOf = (count: number): string => `${reads} ${file} ${count}`;

const mechanisms = ["fentry", "multi", "kprobe"] as const;

async function runWith(mechanism: (typeof mechanisms)[number], words: readonly string[]) {
  process.env["DTRACE_FBT"] = mechanism;
  try {
    return await runDtrace(words);
  } finally {
    delete process.env["DTRACE_FBT"];
  }
}

for (const mechanism of mechanisms) {
  test(`entries and returns are counted exactly by ${mechanism}`, async () => {
    const { stdout, stderr } = await runWith(mechanism, [
      ...["-q", "-c", readsOf(1000), "-n"],
      `fbt::vfs_read:entry, fbt::vfs_read:return /pid == $target/ { @[probename] = count(); }
       END { printa("%s %@d\\n", @); }`,
    ]);
    assert.equal(stdout.trim(), "entry 1000\nreturn 1000", stderr);
  });

  test(`arguments have the function's types by ${mechanism}`, async () => {
    const { stdout, stderr } = await runWith(mechanism, [
      ...["-q", "-c", readsOf(3), "-n"],
      `fbt::vfs_read:entry /pid == $target/
       { printf("%s %d\\n", stringof(args[0]->f_path.dentry->d_name.name), args[2]); }
       fbt::vfs_read:return /pid == $target/ { printf("%d %d %d\\n", arg0, arg1, args[1]); }`,
    ]);
    const expected = [1, 2, 3].map((size) => `known-file ${size}\n0 ${size} ${size}\n`).join("");
    assert.equal(stdout.trim(), expected.trim(), stderr);
  });

  test(`stacks begin with the caller, at the entry and at the return, by ${mechanism}`, async () => {
    for (const edge of ["entry", "return"]) {
      const { stdout, stderr } = await runWith(mechanism, [
        ...["-q", "-c", readsOf(1), "-n"],
        `fbt:kernel:vfs_read:${edge} /pid == $target/
         { printf("%s %a", probemod, caller); stack(1); }`,
      ]);
      assert.match(stdout, /^vmlinux (vmlinux`\w+pread64\+0x\w+)\s+\1\s*$/, stderr);
    }
  });
}

test("a return has the arguments of the entry where fexit traces it", async () => {
  const words = [
    ...["-q", "-c", readsOf(3), "-n"],
    `fbt::vfs_read:return /pid == $target/
     { printf("%s %d %d\\n", stringof(args[2]->f_path.dentry->d_name.name), arg4, arg1); }`,
  ];
  const { stdout, stderr } = await runWith("fentry", words);
  const expected = [1, 2, 3].map((size) => `known-file ${size} ${size}\n`).join("");
  assert.equal(stdout.trim(), expected.trim(), stderr);
  const other = await runWith("multi", words);
  assert.match(other.stderr, /the arguments of vfs_read\( \) are not known at its return here/);
});

test("a function with a wrong address in its clause reports a fault", async () => {
  const { stderr } = await runDtrace([
    ...["-q", "-c", readsOf(1), "-n"],
    "fbt::vfs_read:entry /pid == $target/ { trace(*(int *)8); }",
  ]);
  assert.match(stderr, /fbt:vmlinux:vfs_read:entry\): invalid address \(0x8\) in action #1/);
});

/** Before 6.16 a program inside the spin lock of a ring would wait for that lock for ever. */
test("functions that a program's own work calls stop nothing", async () => {
  const { status, stderr } = await runDtrace(
    [
      ...["-q", "-c", readsOf(2000), "-n"],
      `fbt::*spin*:entry, fbt::*spin*:return, fbt::*ringbuf*:entry, fbt::*htab*:entry,
       fbt::*slab*:entry { self->calls++; trace(1); }
       syscall::read:entry, syscall::read:return { self->calls++; trace(2); }`,
    ],
    { timeoutMs: 120_000 },
  );
  assert.equal(status, 0, stderr);
});
