/** Programs, files and systems that are not as they should be: a message and a status, no more. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runInMounts } from "../harness/restricted.ts";
import { commandPath, runCommand, runDtrace } from "../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-test-"));
after(() => rmSync(folder, { recursive: true }));

function script(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const withoutBtf = "mount -t tmpfs none /sys/kernel/btf";
/** Covered: wherever it was mounted before, its files are not there. */
const withoutTracefs = `mount -t tmpfs none /sys/kernel/debug
mount -t tmpfs none /sys/kernel/tracing`;

const writes = "dd if=/dev/zero of=/dev/null bs=1 count=100 status=none";
const countWrites = "syscall::write:entry /pid == $target/ { @ = count() }";

test("without BTF what needs no types works", async () => {
  const counted = await runInMounts(withoutBtf, ["-q", "-n", countWrites, "-c", writes]);
  assert.equal(counted.stdout, "\n              100\n", counted.stderr);
});

test("without BTF a structure of the kernel is an error, and --status tells why", async () => {
  const { stderr, status } = await runInMounts(withoutBtf, [
    "-n",
    "BEGIN { trace(curthread->pid); exit(0) }",
  ]);
  assert.match(stderr, /no struct task_struct definition is available\n$/);
  assert.equal(status, 1);
  const shown = await runInMounts(withoutBtf, ["--status"]);
  assert.match(
    shown.stdout,
    /kernel types \(BTF\) +no: no \/sys\/kernel\/btf\/vmlinux; needs: .*CONFIG_DEBUG_INFO_BTF=y\n/,
  );
});

test("where tracefs is not mounted it is mounted for dtrace alone", async () => {
  const program = `BEGIN { system("mount > ${folder}/during") }
    sdt:sched::sched_switch { trace(1); exit(0) }`;
  const { stdout, stderr, status } = await runInMounts(
    `${withoutTracefs}\nmount > ${folder}/before`,
    ["-w", "-n", program],
  );
  assert.match(stdout, /:sched_switch {9}1\n/, stderr);
  assert.equal(status, 0);
  const [before, during] = ["before", "during"].map((name) =>
    readFileSync(`${folder}/${name}`, "utf8"),
  );
  assert.deepEqual(during, before);
});

for (const [description, mistake] of [
  ["syscall::nosuch:entry", "syscall::nosuch:entry"],
  ["nosuch:::", "nosuch:::"],
  ["sdt:sched::nosuch", "sdt:sched::nosuch"],
] as const) {
  test(`${description} is no probe`, async () => {
    const { stderr, stdout, status } = await runDtrace(["-xerrtags", "-n", description]);
    assert.equal(
      stderr,
      `dtrace: invalid probe specifier ${description}: ` +
        `[D_PDESC_ZERO] probe description ${mistake} does not match any probes\n`,
    );
    assert.equal(stdout, "");
    assert.equal(status, 1);
  });
}

for (const word of ["--nosuch", "-y", "-8"]) {
  test(`${word} is no option`, async () => {
    const { stderr, status } = await runDtrace([word]);
    assert.match(stderr, /^dtrace: illegal option -- .\nUsage: dtrace /);
    assert.equal(status, 2);
  });
}

for (const [name, content] of [
  ["a clause", "BEGIN { trace(1);\0 exit(0) }\n"],
  ["a comment", "/* \0 */ BEGIN { exit(0) }\n"],
  ["a string", 'BEGIN { trace("a\0b"); exit(0) }\n'],
] as const) {
  test(`a script with a NUL byte in ${name} is refused`, async () => {
    const path = script("nul.d", content);
    const { stderr, status } = await runDtrace(["-s", path]);
    assert.ok(stderr.startsWith(`dtrace: failed to compile script ${path}: line 1: `), stderr);
    assert.equal(stderr.split("\n").length, 2);
    assert.equal(status, 1);
  });
}

test("a script of random bytes is refused", async () => {
  let state = 12_345;
  const bytes = Uint8Array.from({ length: 1 << 20 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state >> 16;
  });
  const path = script("random.d", bytes);
  const { stderr, status } = await runDtrace(["-s", path]);
  assert.ok(stderr.startsWith(`dtrace: failed to compile script ${path}: line 1: `), stderr);
  assert.equal(status, 1);
});

test("a script of 1 MB works", async () => {
  const comments = `/* ${"y".repeat(95)} */\n`.repeat(10_300);
  const path = script("large.d", `BEGIN { x = 1; }\n${comments}BEGIN { trace(x); exit(0) }\n`);
  const { stdout, stderr, status } = await runDtrace(["-q", "-s", path]);
  assert.equal(stdout, "1\n", stderr);
  assert.equal(status, 0);
});

test("a string of 1 MB works", async () => {
  const text = "abcdefgh".repeat(1 << 17);
  const path = script("string.d", `BEGIN { printf("${text}"); exit(0) }\n`);
  const { stdout, stderr } = await runDtrace(["-q", "-s", path]);
  assert.ok(stdout === `${text}\n`, stderr);
});

for (const [name, expression] of [
  ["a sum of 500,000 terms", `0${"+1".repeat(500_000)}`],
  ["20,000 parentheses", `${"(".repeat(20_000)}1${")".repeat(20_000)}`],
] as const) {
  test(`${name} is too deep`, async () => {
    const path = script("deep.d", `BEGIN { trace(${expression}); exit(0) }\n`);
    const { stderr, status } = await runDtrace(["-s", path], { timeoutMs: 60_000 });
    assert.match(stderr, /nested deeper than \d+ levels\n$/);
    assert.equal(status, 1);
  });
}

test("10,000 clauses run, each once", async () => {
  const path = script(
    "clauses.d",
    `BEGIN { n = 0; }\n${"BEGIN { n++; }\n".repeat(10_000)}BEGIN { trace(n); exit(0) }\n`,
  );
  const { stdout, stderr } = await runDtrace(["-q", "-s", path], { timeoutMs: 60_000 });
  assert.equal(stdout, "10000\n", stderr);
});

test("a disk that fills up under -o ends tracing with a message", async () => {
  const disk = join(folder, "disk");
  const { stderr, status } = await runInMounts(
    `mkdir -p ${disk}; mount -t tmpfs -o size=64k none ${disk}`,
    ["-q", "-xswitchrate=20ms", "-o", `${disk}/out`, "-n", `tick-1ms { printf("%2000d\\n", 1) }`],
  );
  assert.equal(stderr, `dtrace: failed to write to ${disk}/out: No space left on device\n`);
  assert.equal(status, 1);
});

test("standard output that is closed before the start is an error", async () => {
  const line = `'${process.execPath}' '${commandPath}' -q -n 'BEGIN { trace(1); exit(0) }' >&-`;
  const { stderr, status } = await runCommand("sh", ["-c", line]);
  assert.match(stderr, /^(dtrace: .*\n)?$/);
  assert.ok(status !== undefined && !stderr.includes("internal error"), stderr);
});

for (const [command, message] of [
  ["exit 3", "exited with status 3"],
  ["kill -SEGV $$", "terminated by SIGSEGV"],
] as const) {
  test(`a target that dies early (${command}) ends tracing`, async () => {
    const path = script("early.sh", `${command}\n`);
    const { stderr, stdout, status } = await runDtrace([
      "-n",
      'tick-60s {} END { printf("end\\n") }',
      "-c",
      `sh ${path}`,
    ]);
    assert.match(stdout, /:END end\n/);
    assert.ok(stderr.includes(message), stderr);
    assert.equal(status, 0);
  });
}

test("-p of a process that has ended is an error", async () => {
  const { stdout } = await runCommand("sh", ["-c", "echo $$"]);
  const pid = stdout.trim();
  const { stderr, status } = await runDtrace(["-n", "BEGIN", "-p", pid]);
  assert.equal(stderr, `dtrace: failed to grab pid ${pid}: No such process\n`);
  assert.equal(status, 1);
});
