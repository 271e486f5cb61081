/** dynvarsize: how many elements arrays have room for. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runDtrace } from "../harness/run-dtrace.ts";

for (const [kept, isDropped] of [
  ["a[calls] = 0;", false],
  ["", true],
] as const) {
  test(`an element of an array ${isDropped ? "keeps" : "gives back"} its room`, async () => {
    const { stderr } = await runDtrace(
      [
        ...["-q", "-x", "dynvarsize=64k", "-c", "dd if=/dev/zero of=/dev/null bs=1 count=20000"],
        "-n",
        `syscall::write:entry /pid == $target/ { calls++; a[calls] = 1; ${kept} }`,
      ],
      { timeoutMs: 60_000 },
    );
    assert.equal(/dynamic variable drops?$/m.test(stderr), isDropped, stderr);
  });
}
