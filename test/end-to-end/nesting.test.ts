/**
 * Firings that nest and preempt each other share no memory: clauses of timers, system calls and the
 * scheduler do string work and use `this->` at once on all CPUs, and every record carries enough
 * redundancy to be checked against itself.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildProgram } from "../harness/build-program.ts";
import { runDtrace } from "../harness/run-dtrace.ts";

const seconds = 60;

const clauses = [
  ["profile", "profile-4999"],
  ["tick", "tick-1ms"],
  ["enter", "syscall:::entry"],
  ["leave", "syscall:::return"],
  ["switch", "sdt:sched::sched_switch"],
  ["wake", "sdt:sched::sched_wakeup"],
] as const;

const program = clauses
  .map(([name, probe]) => {
    const predicate = name === "tick" ? "" : "/pid == $target/";
    return `${probe} ${predicate} {
  this->seed = timestamp * 31 + cpu;
  this->text = lltostr(this->seed);
  this->joined = strjoin(strjoin("${name}<", this->text), ">");
}
${probe} ${predicate} {
  printf("%d %s %s %s\\n", this->seed, this->text, this->joined, strjoin(this->joined, this->text));
  @fired["${name}"] = count();
}`;
  })
  .join("\n");

test(`${seconds} seconds of nested and preempted firings corrupt no record`, async () => {
  const command = `${buildProgram("busy-threads")} ${seconds}`;
  const traced = await runDtrace(
    [
      "-q",
      "-x",
      "bufsize=32m",
      "-n",
      program,
      "-n",
      'END { printa("fired %s %@d\\n", @fired); }',
      "-c",
      command,
    ],
    { timeoutMs: (seconds + 60) * 1000 },
  );
  assert.equal(traced.status, 0, traced.stderr);
  const fired = new Map(
    [...traced.stdout.matchAll(/^fired (\w+) (\d+)$/gm)].map(([, name, count]) => [
      name,
      Number(count),
    ]),
  );
  const seen = new Map<string, number>();
  for (const line of traced.stdout.split("\n")) {
    if (line === "" || line.startsWith("fired")) continue;
    const match = /^(-?\d+) (-?\d+) (\w+)<(-?\d+)> (\w+)<(-?\d+)>(-?\d+)$/.exec(line);
    assert.ok(match, `a corrupt record: ${line}`);
    const [, seed, text, name = "", joined, nameAgain, joinedAgain, tail] = match;
    assert.deepEqual([text, joined, joinedAgain, tail], [seed, seed, seed, seed], line);
    assert.equal(nameAgain, name, line);
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  // Where the machine is too busy to read them all, records are dropped whole and counted.
  assert.match(traced.stderr, /^(dtrace: \d+ drops? on CPU \d+\n)*$/);
  assert.deepEqual([...seen].sort(), [...fired].sort());
  for (const [name] of clauses) assert.ok((seen.get(name) ?? 0) > 1_000, `${name} hardly fired`);
});
