/** Few system calls are traced in the kernel's functions, as others are at the tracepoint. */

import assert from "node:assert/strict";
import { execSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { runCommand, runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-calls-"));
after(() => rmSync(folder, { recursive: true }));

const file = join(folder, "known-file");
writeFileSync(file, "0123456789");
const program = buildProgram("known-calls", "-static");
const callsOf = (times: number): string => `${program} ${file} ${times}`;

const ways = ["function", "tracepoint"] as const;
type CallWay = (typeof ways)[number];

/** What forbids fentry has all system calls at the tracepoint. */
async function runBy(way: CallWay, words: readonly string[]) {
  if (way === "tracepoint") process.env["DTRACE_FBT"] = "kprobe";
  try {
    return await runDtrace(words);
  } finally {
    delete process.env["DTRACE_FBT"];
  }
}

/** What the kernel says is attached, from a process that is started when all is. */
const looking = join(folder, "looking");
writeFileSync(
  looking,
  `mount -t tracefs none /sys/kernel/tracing 2> /dev/null
cut -d ' ' -f 1 /sys/kernel/tracing/enabled_functions
cat /proc/[0-9]*/fdinfo/* 2> /dev/null | grep -E '^(tp_name|link_type)'
`,
);

async function attachedFor(way: CallWay, probes: string): Promise<readonly string[]> {
  const { stdout, stderr, status } = await runBy(way, [
    ...[
      "-q",
      "-c",
      `sh ${looking}`,
      "-n",
      `${probes} { @[probefunc] = count(); } END { trunc(@); }`,
    ],
  ]);
  assert.equal(status, 0, stderr);
  return stdout.split("\n").map((line) => line.replace(":\t", " "));
}

const architecture = process.arch === "arm64" ? "arm64" : "x64";
const readFunction = `__${architecture}_sys_read`;

test("few calls are traced in their functions and nowhere else", async () => {
  const attached = await attachedFor("function", "syscall::read:entry, syscall::read:return");
  assert.ok(attached.includes(readFunction), attached.join("\n"));
  assert.ok(attached.includes("link_type tracing"), attached.join("\n"));
  assert.ok(!attached.some((line) => line.startsWith("tp_name")), attached.join("\n"));
});

test("many calls, and returns of what returns elsewhere, are traced at the tracepoint", async () => {
  const all = await attachedFor("function", "syscall:::entry");
  assert.ok(all.includes("tp_name sys_enter"), all.join("\n"));
  assert.ok(!all.includes(readFunction), all.join("\n"));
  const children = await attachedFor("function", "syscall::clone:entry, syscall::clone:return");
  assert.ok(children.includes("tp_name sys_exit"), children.join("\n"));
  assert.ok(!children.includes("tp_name sys_enter"), children.join("\n"));
});

for (const way of ways) {
  test(`entries and returns are counted exactly at the ${way}`, async () => {
    const { stdout, stderr } = await runBy(way, [
      ...["-q", "-c", callsOf(1000), "-n"],
      `syscall::read:entry, syscall::read:return, syscall::write:entry, syscall::write:return,
       syscall::openat:entry, syscall::openat:return, syscall::close:entry, syscall::close:return
       /pid == $target/ { @[probefunc, probename] = count(); }
       END { printa("%s %s %@d\\n", @); }`,
    ]);
    const expected = ["close 1000", "openat 1500", "read 1500", "write 1000"].flatMap((text) => {
      const [call, count] = text.split(" ");
      return [`${call} entry ${count}`, `${call} return ${count}`];
    });
    assert.deepEqual(stdout.trim().split("\n").sort(), expected.sort(), stderr);
  });

  test(`errors are those of the caller at the ${way}`, async () => {
    const { stdout, stderr } = await runBy(way, [
      ...["-q", "-c", callsOf(10), "-n"],
      `syscall::openat:return, syscall::read:return /pid == $target && errno != 0/
       { @[probefunc, errno, (int)arg0, (int)arg1] = count(); }
       END { printa("%s %d %d %d %@d\\n", @); }`,
    ]);
    assert.deepEqual(
      stdout.trim().split("\n").sort(),
      ["openat 2 -1 -1 5", "read 9 -1 -1 5"],
      stderr,
    );
  });

  test(`a child returns from clone() as its parent does at the ${way}`, async () => {
    const { stdout, stderr } = await runBy(way, [
      ...["-q", "-c", callsOf(1), "-n"],
      `syscall::clone:entry, syscall::clone:return, syscall::exit_group:entry
       /execname == "known-calls"/
       { @[probefunc, probename, probename == "return" && arg0 == 0] = count(); }
       END { printa("%s %s %d %@d\\n", @); }`,
    ]);
    // On arm64 a new child leaves the kernel without a word.
    const childReturns = process.arch === "arm64" ? [] : ["clone return 1 3"];
    assert.deepEqual(
      stdout.trim().split("\n").sort(),
      ["clone entry 0 3", "clone return 0 3", ...childReturns, "exit_group entry 0 4"],
      stderr,
    );
  });
}

test("arguments, results and what clauses keep are the same in both ways", async () => {
  const words = [
    ...["-q", "-x", "strsize=64", "-c", callsOf(20), "-n"],
    `syscall::openat:entry /pid == $target/
     { self->path = copyinstr(arg1); printf("%d %s %x\\n", (int)arg0, self->path, args[2]); }
     syscall::openat:return /self->path != NULL/
     { printf("%s:%s %s = %d, %d\\n", probeprov, probefunc, self->path, (int)args[0], errno);
       self->path = NULL; }
     syscall::read:entry, syscall::write:entry /pid == $target/
     { self->size = arg2; this->at = arg0; printf("%s(%d, %d)\\n", probefunc, args[0], this->at); }
     syscall::read:entry /pid == $target/
     { self->token = speculation(); speculate(self->token); printf("kept %d\\n", self->size); }
     syscall::read:return /self->token != 0 && errno != 0/ { commit(self->token); }
     syscall::read:return /self->token != 0 && errno == 0/ { discard(self->token); }
     syscall::read:return, syscall::write:return /pid == $target/
     { printf("%s %d of %d, %s\\n", probefunc, arg1, self->size, execname); self->token = 0; }
     syscall::close:entry /pid == $target && arg0 == 3/
     { @[ustackdepth > 0, uregs[R_SP] != 0] = count(); }`,
  ];
  const [one, other] = [await runBy("function", words), await runBy("tracepoint", words)];
  assert.match(one.stdout, /^-100 \S+known-file 2\nsyscall:openat /);
  assert.match(one.stdout, /kept 5\n/);
  assert.equal(one.stdout, other.stdout, one.stderr + other.stderr);
});

test("a wrong address in a clause is reported, and the other clauses go on", async () => {
  for (const way of ways) {
    const { stdout, stderr } = await runBy(way, [
      ...["-q", "-c", callsOf(1), "-n"],
      `syscall::write:entry /pid == $target/ { trace(*(int *)8); }
       syscall::write:entry /pid == $target/ { printf("next"); }
       ERROR { printf("error "); }`,
    ]);
    assert.equal(stdout.trim(), "error next", stderr);
    assert.match(stderr, /syscall:\w+:write:entry\): invalid address \(0x8\) in action #1/);
  }
});

test("clauses that need several programs are run to the last", async () => {
  const clauses = Array.from(
    { length: 60 },
    (_, index) => `syscall::write:entry /pid == $target/
      { this->sum += ${index}; @[${index}, execname] = sum(this->sum + arg2); }`,
  );
  const text = `syscall::write:entry { this->sum = 0; }
    ${clauses.join("\n")}
    syscall::write:entry /pid == $target/ { printf("%d %d\\n", this->sum, arg2); }`;
  const path = join(folder, "long.d");
  writeFileSync(path, text);
  for (const way of ways) {
    const { stdout, stderr } = await runBy(way, ["-q", "-c", callsOf(2), "-s", path]);
    assert.match(stdout, /^1770 3\n1770 3\n/, stderr);
  }
});

if (architecture === "x64") {
  test("32-bit calls are told from others in their functions", async () => {
    const calls = buildProgram("i386-calls");
    for (const way of ways) {
      const { stdout, stderr } = await runBy(way, [
        ...["-q", "-c", calls, "-n"],
        `syscall::getppid:entry, syscall::getppid:return, syscall::write:entry,
         syscall::write:return /pid == $target/
         { @[probemod, probefunc, probename, errno] = count(); }
         syscall:x32:write:entry /pid == $target/
         { @["x32", "write", "arguments", (int)(arg0 + arg2)] = count(); }
         END { printa("%s %s %s %d %@d\\n", @); }`,
      ]);
      assert.deepEqual(
        stdout.trim().split("\n").sort(),
        [
          "x32 getppid entry 0 300",
          "x32 getppid return 0 300",
          "x32 write arguments 80 200",
          "x32 write entry 0 200",
          "x32 write return 9 200",
          "x64 getppid entry 0 150",
          "x64 getppid return 0 150",
        ],
        stderr,
      );
    }
  });
}

test("stack() begins with what called the function", async () => {
  for (const edge of ["entry", "return"]) {
    const { stdout, stderr } = await runBy("function", [
      ...["-q", "-c", callsOf(1), "-n"],
      `syscall::write:${edge} /pid == $target/ { printf("%a", caller); stack(1); }`,
    ]);
    assert.match(
      stdout,
      /^vmlinux`((x64_sys_call|do_syscall_64|invoke_syscall)\+\w+)\s+vmlinux`\1\s*$/,
      stderr,
    );
  }
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** Where the kernel may be preempted a thread can meet the program of another in its middle. */
const preemption = "/sys/kernel/debug/sched/preempt";

test("no firing is lost in silence where the kernel is preempted", async () => {
  execSync("mount -t debugfs none /sys/kernel/debug || true");
  const before = /\((\w+)\)/.exec(readIfThere(preemption))?.[1];
  if (before !== undefined) writeFileSync(preemption, "full");
  try {
    const four = join(folder, "four");
    writeFileSync(four, `for each in 1 2 3 4; do ${callsOf(5000)} & done; wait\n`);
    const words = [
      ...["-q", "-c", `sh ${four}`, "-n"],
      'syscall::read:entry /execname == "known-calls"/ { @ = count(); } END { printa("%@d\\n", @); }',
    ];
    // Left alone, it goes to the tracepoint.
    const chosen = await runBy("function", words);
    assert.equal(Number(chosen.stdout), 4 * 7500, chosen.stderr);
    process.env["DTRACE_FBT"] = "fentry";
    const { stdout, stderr } = await runDtrace(words);
    const told = [...stderr.matchAll(/(\d+) drops?$/gm)].map(([, count]) => Number(count));
    const missed = told.reduce((sum, count) => sum + count, 0);
    assert.equal(Number(stdout) + missed, 4 * 7500, stderr);
    process.stdout.write(`preemption ${before}, full meanwhile: ${missed} misses were told\n`);
  } finally {
    delete process.env["DTRACE_FBT"];
    if (before !== undefined) writeFileSync(preemption, before);
  }
});

test("other calls cost nothing more", async () => {
  const cost = buildProgram("call-cost");
  const alone = Number((await runCommand(cost, ["20000"])).stdout);
  const costs = new Map<CallWay, number>();
  for (const way of ways) {
    const { stdout, stderr } = await runBy(way, [
      ...["-q", "-c", `${cost} 20000`, "-n", "syscall::read:entry, syscall::read:return { }"],
    ]);
    const each = Number(stdout);
    assert.ok(each > 0, stderr);
    costs.set(way, each);
  }
  const times = [...costs].map(([way, each]) => `${(each / alone).toFixed(2)} by ${way}`);
  process.stdout.write(
    `getppid() while read() is traced, ${alone} ns alone: ${times.join(", ")}\n`,
  );
});
