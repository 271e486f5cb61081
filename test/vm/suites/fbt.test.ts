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

test("entries and returns are counted exactly", async () => {
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", readsOf(1000), "-n"],
    `fbt::vfs_read:entry, fbt::vfs_read:return /pid == $target/ { @[probename] = count(); }
     END { printa("%s %@d\\n", @); }`,
  ]);
  assert.equal(stdout.trim(), "entry 1000\nreturn 1000", stderr);
});

test("arguments have the function's types", async () => {
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", readsOf(3), "-n"],
    `fbt::vfs_read:entry /pid == $target/
     { printf("%s %d\\n", stringof(args[0]->f_path.dentry->d_name.name), args[2]); }
     fbt::vfs_read:return /pid == $target/ { printf("%d %d %d\\n", arg0, arg1, args[1]); }`,
  ]);
  const expected = [1, 2, 3].map((size) => `known-file ${size}\n0 ${size} ${size}\n`).join("");
  assert.equal(stdout.trim(), expected.trim(), stderr);
});

test("stacks begin with the caller, at the entry and at the return", async () => {
  for (const edge of ["entry", "return"]) {
    const { stdout, stderr } = await runDtrace([
      ...["-q", "-c", readsOf(1), "-n"],
      `fbt:kernel:vfs_read:${edge} /pid == $target/ { printf("%s %a", probemod, caller); stack(1); }`,
    ]);
    assert.match(stdout, /^vmlinux (vmlinux`\w+pread64\+0x\w+)\s+\1\s*$/, stderr);
  }
});

test("a function with a wrong address in its clause reports a fault", async () => {
  const { stderr } = await runDtrace([
    ...["-q", "-c", readsOf(1), "-n"],
    "fbt::vfs_read:entry /pid == $target/ { trace(*(int *)8); }",
  ]);
  assert.match(stderr, /fbt:vmlinux:vfs_read:entry\): invalid address \(0x8\) in action #1/);
});
