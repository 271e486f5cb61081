/** Scripts that name system calls as Solaris does. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runDtrace } from "../../harness/run-dtrace.ts";

test("open is openat relative to the current folder, entry and return alike", async () => {
  const program = `
syscall::open:entry /pid == $target/ { @entries = count(); self->path = copyinstr(arg0); }
syscall::open:return /pid == $target/ { @returns = count(); }
syscall::open:return /self->path == "/etc/hostname"/ { printf("%s %d\\n", self->path, arg0); }
syscall::rexit:entry /pid == $target/ { printf("rexit %d\\n", arg0); }
syscall::openat:entry /pid == $target/ { @calls = count(); }
END { printa("%@d entries, %@d returns, %@d calls\\n", @entries, @returns, @calls); }`;
  const words = ["-x", "compat=solaris", "-qn", program, "-c", "/bin/cat /etc/hostname"];
  const { stdout, stderr } = await runDtrace(words);
  // A path in a part of the program that nobody has touched yet is not in memory.
  assert.match(stderr, /^(dtrace: error on .*: invalid address .*\n)*$/);
  assert.match(stdout, /^\/etc\/hostname 3$/m);
  assert.match(stdout, /^rexit 0$/m);
  const [, entries, returns, calls] =
    /(\d+) entries, (\d+) returns, (\d+) calls/.exec(stdout) ?? [];
  assert.ok(Number(entries) > 0);
  assert.deepEqual([entries, returns], [calls, calls]);
});

test("the names are unknown without the option, and the option knows only Solaris", async () => {
  const unknown = await runDtrace(["-n", "syscall::rexit:entry"]);
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /probe description syscall::rexit:entry does not match any probes/);
  const other = await runDtrace(["-x", "compat=plan9", "-n", "BEGIN"]);
  assert.equal(
    other.stderr,
    "dtrace: failed to set -x compat: Invalid value for specified option\n",
  );
});

test("a call is counted once where no name is given", async () => {
  const program = "syscall:::entry /pid == $target/ { @[probefunc] = count(); }";
  const counts = async (...words: string[]): Promise<readonly string[]> => {
    const traced = await runDtrace([...words, "-qn", program, "-c", "/bin/true"]);
    return traced.stdout.split("\n").sort();
  };
  assert.deepEqual(await counts("-x", "compat=solaris"), await counts());
});
