/** Scripts that name system calls as Solaris does. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, freemem, hostname, loadavg, release, uptime } from "node:os";
import { test } from "node:test";
import { runDtrace } from "../../harness/run-dtrace.ts";

test("open is openat relative to the current folder, entry and return alike", async () => {
  const program = `
syscall::open:entry /pid == $target/ { @entries = count(); self->path = copyinstr(arg0); }
syscall::open:return /pid == $target/ { @returns = count(); }
syscall::open:return /self->path == "/etc/debian_version"/ { printf("%s %d\\n", self->path, arg0); }
syscall::rexit:entry /pid == $target/ { printf("rexit %d\\n", arg0); }
syscall::openat:entry /pid == $target/ { @calls = count(); }
END { printa("%@d entries, %@d returns, %@d calls\\n", @entries, @returns, @calls); }`;
  const words = ["-x", "compat=solaris", "-qn", program, "-c", "/bin/cat /etc/debian_version"];
  const { stdout, stderr } = await runDtrace(words);
  // A path in a part of the program that nobody has touched yet is not in memory.
  assert.match(stderr, /^(dtrace: error on .*: invalid address .*\n)*$/);
  assert.match(stdout, /^\/etc\/debian_version 3$/m);
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

const option = ["-x", "compat=solaris", "-qn"];

test("variables of Solaris' kernel are what Linux says", async () => {
  const program = `BEGIN
{
  printf("%d %d %d %d ", \`ncpus, \`hz, unix\`_pagesize, genunix\`physmem);
  printf("%d %s %s", (\`lbolt64 - (int64_t)timestamp / 10000000) <= 1,
    stringof(\`utsname.nodename), stringof(\`utsname.release));
  printf(" %d", \`boot_time);
  exit(0);
}`;
  const { stdout, stderr } = await runDtrace([...option, program]);
  assert.equal(stderr, "");
  const page = Number(execFileSync("getconf", ["PAGESIZE"], { encoding: "utf8" }));
  const memory = /^MemTotal: +(\d+) kB/.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
  const words = stdout.split(" ");
  const started = Number(words.pop());
  assert.deepEqual(
    words,
    [cpus().length, 100, page, (Number(memory) * 1024) / page, 1, hostname(), release()].map(
      String,
    ),
  );
  assert.ok(Math.abs(started - (Date.now() / 1000 - uptime())) < 3, stdout);
});

/** Kernels may leave data out of kallsyms. */
const hasVariable = (name: string): boolean =>
  readFileSync("/proc/kallsyms", "utf8").includes(` ${name}\n`);

for (const [expression, variable, truth] of [
  ["`hp_avenrun[0] / 655", "avenrun", () => 100 * (loadavg()[0] ?? 0)],
  ["`avenrun[1] * 100 / 256", "avenrun", () => 100 * (loadavg()[1] ?? 0)],
  ["`freemem * `_pagesize", "vm_zone_stat", freemem],
  [
    "`nthread",
    "nr_threads",
    () => Number(/\/(\d+) /.exec(readFileSync("/proc/loadavg", "utf8"))?.[1]),
  ],
] as const) {
  test(`${expression} is made of ${variable}, or that is what is not there`, async () => {
    const { stdout, stderr } = await runDtrace([
      ...option,
      `BEGIN { printf("%d", ${expression}); exit(0) }`,
    ]);
    if (!hasVariable(variable)) {
      assert.match(stderr, new RegExp(`failed to resolve \`${variable}: Unknown symbol name`));
      return;
    }
    const expected = truth();
    assert.ok(Math.abs(Number(stdout) - expected) <= 20 + expected / 5, `${stdout}, ${expected}`);
  });
}

test("without the option Linux's variables are meant, and a name of Solaris' alone is unknown", async () => {
  const { stderr, status } = await runDtrace(["-n", "BEGIN { trace(`lbolt64) }"]);
  assert.equal(status, 1);
  assert.match(stderr, /failed to resolve `lbolt64: Unknown symbol name\n/);
});
