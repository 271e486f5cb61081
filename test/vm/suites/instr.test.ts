/** instr needs kprobes and the kernel's memory: only guests run this. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-instr-"));
after(() => rmSync(folder, { recursive: true }));

const file = join(folder, "known-file");
writeFileSync(file, "0123456789");
const reads = buildProgram("known-reads", "-static");
const readsOf = (count: number): string => `${reads} ${file} ${count}`;

test("explore", async () => {
  const listed = await runDtrace(["-l", "-n", "instr::vfs_read-*:"]);
  console.error(listed.stdout, listed.stderr);
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", readsOf(1000), "-n"],
    `instr::vfs_read-*: /pid == $target/ { @[probefunc, probename, arg0] = count(); }
     END { printa("%s %s %d %@d\\n", @); }`,
  ]);
  console.error(stdout, stderr);
  assert.ok(stdout);
});
