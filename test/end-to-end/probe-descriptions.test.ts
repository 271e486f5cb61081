/** Which probes a description means, as dtrace(1) lists them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runDtrace } from "../harness/run-dtrace.ts";

const machine = process.arch === "arm64" ? "arm64" : "x64";

/** `provider:module:function:name` of each line. */
async function list(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await runDtrace(["-l", ...words]);
  assert.equal(stderr, "");
  const [, ...lines] = stdout.trimEnd().split("\n");
  return lines.map((line) => {
    const fields = line.trim().split(/ +/).slice(1);
    const [name = ""] = fields.slice(-1);
    return fields.length === 4 ? fields.join(":") : `${fields[0]}:::${name}`;
  });
}

const ofRead = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `syscall:${machine}:read:${name}`);

test("fields are read from the right", async () => {
  assert.deepEqual(await list("-n", `${machine}:read:entry`), ofRead("entry"));
  assert.deepEqual(await list("-n", `syscall:${machine}:read:entry`), ofRead("entry"));
  assert.deepEqual(await list("-n", "BEGIN"), ["dtrace:::BEGIN"]);
  assert.ok((await list("-n", "read:entry")).includes(`syscall:${machine}:read:entry`));
});

test("-P, -m, -f and -i name a provider, a module, a function, an id", async () => {
  assert.deepEqual(await list("-P", "dtrace"), [
    "dtrace:::BEGIN",
    "dtrace:::END",
    "dtrace:::ERROR",
  ]);
  const ofMachine = await list("-m", `syscall:${machine}`);
  assert.ok(ofMachine.length > 500);
  assert.ok(ofMachine.every((probe) => probe.startsWith(`syscall:${machine}:`)));
  assert.ok((await list("-m", machine)).length >= ofMachine.length);
  assert.deepEqual(await list("-f", `syscall:${machine}:read`), ofRead("entry", "return"));
  assert.deepEqual(await list("-f", `${machine}:read`), ofRead("entry", "return"));
  assert.deepEqual(await list("-i", "1"), ["dtrace:::BEGIN"]);
});

for (const [letter, text] of [
  ["-P", "a:b"],
  ["-m", "a:b:c"],
  ["-f", "a:b:c:d"],
  ["-n", "a:b:c:d:e"],
] as const) {
  test(`${letter} ${text} has too many fields`, async () => {
    const start = `dtrace: invalid probe specifier ${text}: `;
    const traced = await runDtrace([letter, text]);
    assert.equal(traced.status, 1);
    assert.equal(
      traced.stderr,
      `${start}invalid probe description "${text}": Overspecified probe description\n`,
    );
    const listed = await runDtrace(["-l", letter, text]);
    assert.equal(listed.status, 1);
    assert.equal(listed.stderr, `${start}Overspecified probe description: ${text}\n`);
  });
}

test("globs have stars, question marks, sets, their complements and escapes", async () => {
  for (const name of ["rea[a-d]", "rea[!a-c]", "re?d", "rea\\d", "r*ad", "read"]) {
    const found = await list("-n", `syscall:${machine}:${name}:entry`);
    assert.ok(found.includes(`syscall:${machine}:read:entry`), name);
    assert.ok(!found.includes(`syscall:${machine}:write:entry`), name);
  }
  for (const name of ["rea[!a-d]", "rea[abc]", "read\\*", "rea?d"]) {
    const found = await runDtrace(["-l", "-n", `syscall:${machine}:${name}:entry`]);
    assert.match(found.stderr, /No probe matches description/, name);
  }
});

test("an empty field means anything, four of them what has a function", async () => {
  assert.deepEqual(await list("-n", "dtrace:::"), await list("-P", "dtrace"));
  const all = await list("-n", ":::");
  assert.ok(all.includes(`syscall:${machine}:read:entry`));
  assert.ok(!all.includes("dtrace:::BEGIN"));
});

test("each description of a list must match, unless -Z is given", async () => {
  const program = "BEGIN, syscall::nosuch:entry { exit(3); }";
  const refused = await runDtrace(["-q", "-n", program]);
  assert.equal(refused.status, 1);
  assert.match(
    refused.stderr,
    /probe description syscall::nosuch:entry does not match any probes\n$/,
  );
  const taken = await runDtrace(["-q", "-Z", "-n", program]);
  assert.deepEqual([taken.status, taken.stderr], [3, ""]);
});

test("a provider that ends in a digit and makes no probe matches nothing", async () => {
  for (const description of ["pid$target:::entry", "app123:::go"]) {
    const { status, stderr } = await runDtrace(["-n", description, "-c", "/bin/true"]);
    assert.equal(status, 1);
    assert.match(stderr, /does not match any probes\n$/);
  }
});

const units = "ns nsec us usec ms msec s sec m min h hour d day hz".split(" ");
const least: Readonly<Record<string, number>> = { ns: 200_000, nsec: 200_000, us: 200, usec: 200 };

test("timers take every unit, and frequencies without one", async () => {
  const names = units.map((unit) => `tick-${least[unit] ?? 1}${unit}`);
  for (const name of [...names, "profile-4999hz", "profile-123", "tick-5000", "PROFILE-1"]) {
    const found = await runDtrace(["-l", "-n", name]);
    if (name === name.toLowerCase()) assert.match(found.stdout, new RegExp(` ${name}$`, "m"));
    else assert.match(found.stderr, /No probe matches/);
  }
  for (const name of ["profile-5001", "profile-0", "tick-199us", "tick-1ns", "tick-1x", "tick-"]) {
    assert.match((await runDtrace(["-l", "-n", name])).stderr, /No probe matches/, name);
  }
});

test("the usual timers are listed", async () => {
  const rates = [97, 199, 499, 997, 1999, 4001, 4999].map((rate) => `profile:::profile-${rate}`);
  const ticks = [1, 10, 100, 500, 1000, 5000].map((rate) => `profile:::tick-${rate}`);
  assert.deepEqual(await list("-P", "profile"), [...rates, ...ticks]);
});
