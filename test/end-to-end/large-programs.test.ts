/**
 * Clauses by the hundreds on one probe: their programs run one after the other for the same firing,
 * which no other firing on the CPU gets mixed up with.
 */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { buildProgram } from "../harness/build-program.ts";
import { type Outcome, runDtrace } from "../harness/run-dtrace.ts";

/** Each of its four threads makes call i of the list 100 + i times. */
const command = buildProgram("many-calls");
const calls = "getppid getuid geteuid getgid getegid gettid write writev pwrite64 read".split(" ");
const timesOf = (call: string): number => 4 * (100 + calls.indexOf(call));

const repeat = (count: number, clause: (number: number) => string): string =>
  Array.from({ length: count }, (_, number) => clause(number)).join("\n");

async function runAny(program: string, ...words: readonly string[]): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "dtrace-large-"));
  try {
    const script = join(folder, "large.d");
    writeFileSync(script, program);
    return await runDtrace([...words, "-s", script], { timeoutMs: 60_000 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(program: string, ...words: readonly string[]): Promise<string> {
  const { stdout, stderr, status } = await runAny(program, ...words);
  assert.equal(stderr, "");
  assert.equal(status, 0);
  return stdout;
}

test("3000 clauses on a system call all run, each time it is made", async () => {
  const mine = "syscall::getppid:entry /pid == $target/";
  const program = repeat(3_000, () => `${mine} { @ = sum(1); }`);
  const total = 3_000 * timesOf("getppid");
  assert.equal((await run(program, "-q", "-c", command)).trim(), String(total));
});

test("records of many clauses come in the clauses' order", async () => {
  const mine = "syscall::exit_group:entry /pid == $target/";
  const program = repeat(2_000, (number) => `${mine} { printf("${number} "); }`);
  const shown = await run(program, "-q", "-c", "/bin/true");
  assert.equal(shown.trim(), Array.from({ length: 2_000 }, (_, number) => number).join(" "));
});

test("clause variables, the time and alloca()'s memory go from program to program", async () => {
  for (const probe of ["BEGIN", "tick-50ms", "syscall::exit_group:entry"]) {
    const predicate = probe.startsWith("syscall") ? "/pid == $target/" : "";
    const mine = `${probe} ${predicate}`;
    const program = `
${mine} { this->n = 0; this->s = "text"; this->t = timestamp; this->p = (int *)alloca(4); *this->p = 7; }
${repeat(500, () => `${mine} { this->n++; }`)}
${mine} { printf("%d %s %d %d", this->n, this->s, timestamp - this->t, *this->p); exit(0); }
`;
    const words = predicate === "" ? [] : ["-c", "/bin/true"];
    assert.equal((await run(program, "-q", ...words)).trim(), "500 text 0 7", probe);
  }
});

test("what was not assigned in this firing is 0 or empty, whatever the last one left", async () => {
  const mine = "syscall::getppid:entry /pid == $target/";
  const program = `
this int n;
this string s;
${repeat(300, () => `${mine} { @ = count(); }`)}
${mine} { @unset[this->n, this->s] = count(); this->n = 1; this->s = "left"; }
${repeat(300, () => `${mine} { @ = count(); }`)}
END { printa("%d <%s> %@d\\n", @unset); }`;
  const shown = await run(program, "-q", "-c", command);
  assert.match(shown, new RegExp(`^0 <> ${timesOf("getppid")}$`, "m"));
});

test("each of many probes has the clauses that are its own, and its own name", async () => {
  const own = calls.flatMap((call) =>
    Array.from(
      { length: 30 },
      (_, number) =>
        `syscall::${call}:entry /pid == $target/ { @own[probefunc, ${number}] = count(); }`,
    ),
  );
  const all = repeat(
    200,
    (number) => `syscall:::entry /pid == $target/ { @all[probefunc, ${number}] = count(); }`,
  );
  const shown = await run(
    `${own.join("\n")}\n${all}\nEND { printa("%s %d %@d\\n", @own); printa("%s %d %@d\\n", @all); }`,
    "-q",
    "-xaggsize=16m",
    "-c",
    command,
  );
  for (const call of calls.filter((name) => name !== "write" && name !== "read")) {
    const counts = [...shown.matchAll(new RegExp(`^${call} \\d+ (\\d+)$`, "gm"))].map(Number);
    const found = [...shown.matchAll(new RegExp(`^${call} (\\d+) (\\d+)$`, "gm"))];
    assert.equal(counts.length, 230, call);
    for (const [line, , count] of found) assert.equal(Number(count), timesOf(call), line);
  }
});

test("a record of a later program tells which probe it is of", async () => {
  const mine = "sdt:sched:: /pid == $target/";
  const program = `${repeat(200, () => `${mine} { this->n++; }`)}\n${mine} { trace(probename); }`;
  const { stdout: shown } = await runAny(`${mine} { this->n = 0; }\n${program}`, "-c", command);
  const lines = shown.split("\n").filter((line) => line.includes("sched_"));
  assert.ok(lines.length > 4, shown);
  for (const line of lines) {
    const [, column, traced] = /:(sched_\w+)\s+(sched_\w+)/.exec(line) ?? [];
    assert.ok(column !== undefined && column === traced, line);
  }
});

test("after exit() no later clause runs", async () => {
  const before = repeat(150, () => "tick-20ms { trace(1); }");
  const after = repeat(300, () => "tick-20ms { trace(2); }");
  assert.match(await run(`${before}\ntick-20ms { exit(0); }\n${after}`, "-q"), /^1{150}\n$/);
});

test("a fault ends its source clause, in whatever program its pieces are", async () => {
  const pieces = repeat(200, (number) => `if (this->n == ${number}) { trace("="); }`);
  const mine = "syscall::exit_group:entry /pid == $target/";
  const program = `
${mine} { this->n = 150; this->zero = 0; }
${mine} { ${pieces} }
${mine} { trace("<"); ${pieces} if (this->n) { trace(1 / this->zero); } ${pieces} trace("never"); }
${mine} { trace(">"); }
ERROR { trace("fault"); }`;
  const { stdout, stderr } = await runAny(program, "-q", "-c", "/bin/true");
  assert.equal(stdout.trim(), "=<=fault>", stderr);
  assert.match(stderr, /divide-by-zero/);
});

test("firings that interrupt and preempt each other keep what is theirs", async () => {
  const probes = {
    profile: "profile-1999",
    enter: "syscall:::entry",
    leave: "syscall:::return",
    switch: "sdt:sched::sched_switch",
  } as const;
  const clauses = Object.entries(probes).map(
    ([name, probe]) => `
${probe} /pid == $target/ { this->seed = timestamp * 31 + cpu; this->text = lltostr(this->seed); }
${repeat(150, () => `${probe} /pid == $target/ { this->seed++; }`)}
${probe} /pid == $target && this->text != lltostr(this->seed - 150)/ { @wrong["${name}"] = count(); }
${probe} /pid == $target/ { @fired["${name}"] = count(); @sum["${name}"] = sum(this->seed > 0); }`,
  );
  const shown = await run(
    `${clauses.join("\n")}\nEND { printa("%s %@d %@d\\n", @fired, @sum); printa("wrong %s %@d\\n", @wrong); }`,
    "-q",
    "-c",
    `${buildProgram("busy-threads")} 5`,
  );
  for (const name of Object.keys(probes)) {
    const [, fired, sum] = new RegExp(`^${name} (\\d+) (\\d+)$`, "m").exec(shown) ?? [];
    assert.ok(Number(fired) > 100, `${name} hardly fired: ${shown}`);
    assert.equal(sum, fired);
  }
  assert.ok(!shown.includes("wrong"), shown);
});
