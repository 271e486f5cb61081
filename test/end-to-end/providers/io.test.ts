/** io: against a program that writes known blocks straight to the disk. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { diskFolder } from "../../harness/disk.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

const program = `
BEGIN { printf("ready\\n"); }
io:::start /pid == $target && args[0]->b_bcount > 0 && (args[0]->b_flags & B_WRITE)/
{
  place[arg0] = args[0]->b_blkno;
  @starts = count(); @bytes = sum(args[0]->b_bcount); @sizes[args[0]->b_bcount / 4096] = count();
  @devices[args[1]->dev_statname] = count();
}
io:::done /place[arg0] != 0/
{
  @dones = count(); @same = sum(place[arg0] == args[0]->b_blkno && args[0]->b_bcount > 0);
  place[arg0] = 0;
}
END {
  printa("starts %@d\\n", @starts); printa("bytes %@d\\n", @bytes); printa("dones %@d\\n", @dones);
  printa("same %@d\\n", @same); printa("size %d: %@d\\n", @sizes);
}`;

test("direct writes start and are done once each, with their places and sizes", async () => {
  const folder = mkdtempSync(`${diskFolder}/io-`);
  try {
    const words = ["-qn", program, "-c", `${buildProgram("direct-writes")} ${folder}/file`];
    const traced = await runDtrace(words, { input: "\n", timeoutMs: 60_000 });
    assert.equal(traced.stderr, "");
    // Sizes of 1 to 8 blocks of 4096 bytes in turn, 20 times.
    const sizes = [1, 2, 3, 4, 5, 6, 7, 8].map((size) => `size ${size}: ${size <= 4 ? 3 : 2}`);
    const lines = new Set(traced.stdout.split("\n"));
    const expected = ["starts 20", `bytes ${82 * 4096}`, "dones 20", "same 20", ...sizes];
    assert.deepEqual(
      expected.filter((line) => !lines.has(line)),
      [],
      traced.stdout,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
