/** lockstat against two threads that wait for a terminal's mutex a known number of times. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-lockstat-"));
after(() => rmSync(folder, { recursive: true }));

const events = join(folder, "events");
const source = fileURLToPath(new URL("../../../bench/peers/events.c", import.meta.url));
execFileSync("gcc", ["-O1", source, "-o", events, "-lpthread"]);

test("each wait for a mutex is told once, with its length", async () => {
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", `${events} waits 100 3`, "-n"],
    `lockstat:::adaptive-block /pid == $target/
     {
       @ = count();
       @total = sum(arg1);
       this->locked = (struct mutex *)arg0;
       @owned = sum((this->locked->owner.counter & ~7) == (long)curthread);
     }
     END { printa("waits %@d\\n", @); printa("owned %@d\\n", @owned); printa("waited %@d\\n", @total); }`,
  ]);
  assert.equal(stderr, "");
  assert.match(stdout, /^waits 300$/m);
  // The lock is the waiter's by then.
  assert.match(stdout, /^owned 300$/m);
  assert.match(stdout, /^waited [1-9]\d*$/m);
});
