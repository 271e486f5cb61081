/** Names of kernel addresses against /proc/kallsyms, kernel stacks against /proc/PID/stack. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Outcome, runDtrace, slowness } from "../harness/run-dtrace.ts";

interface KernelFunction {
  readonly name: string;
  readonly address: bigint;
}

/** Of the core kernel, by address. */
const functions: readonly KernelFunction[] = [
  ...readFileSync("/proc/kallsyms", "latin1").matchAll(/^([0-9a-f]{16}) [tTwW] (\S+)$/gm),
]
  .map(([, address = "", name = ""]) => ({ name, address: BigInt(`0x${address}`) }))
  .sort((left, right) => (left.address < right.address ? -1 : 1));

function address(name: string): bigint {
  const found = functions.find((each) => each.name === name);
  assert.ok(found !== undefined, name);
  return found.address;
}

const known = ["schedule", "vfs_read", "do_exit"].map((name) => ({ name, start: address(name) }));

async function output(program: string, ...words: readonly string[]): Promise<string> {
  const { stdout, stderr, status } = await runDtrace(["-q", ...words, "-n", program]);
  assert.equal(status, 0, stderr);
  return stdout;
}

test("sym(), func(), mod() and %a", async () => {
  const statements = known.map(
    ({ start }) =>
      `sym(${start + 5n}ul); func(${start + 5n}ul); mod(${start + 5n}ul);
       printf("%a %a\\n", ${start + 5n}ul, ${start}ul);`,
  );
  const text = await output(`BEGIN { ${statements.join("\n")} exit(0); }`);
  assert.deepEqual(
    text
      .trim()
      .split("\n")
      .map((row) => row.trim().split(/ +/)),
    known.map(({ name }) => {
      const symbol = `vmlinux\`${name}`;
      return [symbol, symbol, "vmlinux", `${symbol}+0x5`, symbol];
    }),
  );
});

for (const form of ["sym", "func"] as const) {
  test(`@[${form}()] has a row for each function`, async () => {
    const statements = known.flatMap(({ start }, index) =>
      [0n, 1n, 4n].map((offset) => `@[${form}(${start + offset}ul)] = sum(${index + 1});`),
    );
    const text = await output(`BEGIN { ${statements.join("\n")} exit(0); }`);
    assert.deepEqual(
      text.split("\n").flatMap((row) => (row.trim() === "" ? [] : [row.trim().split(/ +/)])),
      known.map(({ name }, index) => [`vmlinux\`${name}`, String(3 * (index + 1))]),
    );
  });
}

test("@[mod()] has a row for each module", async () => {
  const statements = known.map(({ start }) => `@[mod(${start}ul)] = count();`);
  const text = await output(`BEGIN { ${statements.join("\n")} exit(0); }`);
  assert.match(text, /^\s*vmlinux +3\n$/);
});

/** `name+0xoffset` of each frame. */
function framesOf(text: string): readonly string[] {
  return [...text.matchAll(/^ {14}vmlinux`(\S+)$/gm)].map(([, frame = ""]) => frame);
}

test("stack() of a process that sleeps is what /proc/PID/stack shows", async () => {
  let kernelSays = "";
  const program = `BEGIN { printf("pid %d\\n", $target); }
    syscall::clock_nanosleep:entry /pid == $target/ { self->calls = 1; }
    sdt:sched::sched_switch /self->calls && arg3 != 0/ {
      self->calls = 0; stack(); printf("asleep %a %d\\n", caller, stackdepth);
    }`;
  const { stdout, stderr } = await runDtrace(
    ["-q", "-xswitchrate=10ms", "-n", program, "-c", "sleep 60"],
    {
      onOutput(text) {
        if (kernelSays !== "" || !text.includes("asleep")) return;
        const pid = /pid (\d+)/.exec(text)?.[1];
        kernelSays = readFileSync(`/proc/${pid}/stack`, "latin1");
        process.kill(Number(pid));
      },
    },
  );
  const expected = [...kernelSays.matchAll(/^\[<0>\] (\S+)\/0x/gm)].map(([, frame]) => frame);
  const frames = framesOf(stdout);
  assert.ok(expected.length > 2, kernelSays + stderr);
  assert.deepEqual(frames.slice(-expected.length), expected, stdout);
  // What that file leaves out: how the process came to sleep.
  assert.match(frames[0] ?? "", /^__schedule\+/);
  assert.ok(stdout.includes(`asleep vmlinux\`${frames[1]} ${frames.length}\n`), stdout);
});

/** In a function of the kernel's own a stack begins with who called it. */
const callers = /^(do_syscall_64|invoke_syscall)\+/;
const aroundCall = /^(do_)?syscall_|^invoke_syscall\+/;

/** Where the kernel calls the programs of a probe. */
const places = [
  ["syscall::getppid:entry", aroundCall],
  ["syscall::getppid:return", aroundCall],
  ["sdt:sched::sched_switch", /^__schedule\+/],
  ["rawtp:sched::sched_switch", /^__schedule\+/],
  ["sdt:raw_syscalls::sys_enter", /^(do_)?syscall_/],
] as const;

const calls = "sh -c :";

async function firstFrames(probe: string): Promise<void> {
  const text = await output(
    `${probe} /pid == $target/ {
       stack(); printf("%a %d\\n", caller, stackdepth); stack(1); exit(0);
     }`,
    "-c",
    calls,
  );
  const frames = framesOf(text);
  const where = places.find(([name]) => name === probe)?.[1] ?? /^$/;
  assert.match(frames[0] ?? "", where, text);
  const caller = callers.test(frames[0] ?? "") ? frames[0] : frames[1];
  assert.ok(text.includes(`\nvmlinux\`${caller} ${frames.length - 1}\n`), text);
  assert.equal(frames.at(-1), frames[0]);
}

for (const [probe] of places) {
  test(`stack() begins where ${probe} is`, () => firstFrames(probe));
}

test("stack() begins there too while others trace the same", async () => {
  const empty = places.map(([probe]) => `${probe} /pid == 0 && arg0 == 77/ { }`).join("\n");
  let nested: Promise<void> | undefined;
  const outcome: Outcome = await runDtrace(
    ["-q", "-xswitchrate=10ms", "-n", `BEGIN { printf("ready\\n") } ${empty}`],
    {
      timeoutMs: 60_000,
      onOutput(text, kill) {
        if (nested !== undefined || !text.includes("ready")) return;
        nested = (async () => {
          for (const [probe] of places) await firstFrames(probe);
        })().finally(() => kill("SIGINT"));
        nested.catch(() => undefined);
      },
    },
  );
  assert.equal(outcome.status, 0, outcome.stderr);
  assert.ok(nested !== undefined);
  await nested;
});

for (const [probe, command] of [
  ["syscall::write:entry", "dd if=/dev/zero of=/dev/null bs=1 count=50 status=none"],
  [
    "profile-997",
    `dd if=/dev/zero of=/dev/null bs=1M count=${Math.ceil(3000 / slowness)} status=none`,
  ],
] as const) {
  test(`ERROR has the stack of ${probe} where it faulted`, async () => {
    const text = await output(
      `${probe} /pid == $target/ { printf("here %d", stackdepth); stack(); }
       ${probe} /pid == $target/ { trace(*(int *)0); }
       ERROR { printf("there %d", stackdepth); stack(); }`,
      "-c",
      command,
    );
    const shown = (word: string): readonly string[] =>
      [...text.matchAll(new RegExp(`^ *${word} (\\d+\\n(?: {14}.*\\n)*)`, "gm"))].map(
        ([, stack = ""]) => stack,
      );
    assert.ok(
      shown("here").some((stack) => stack.includes("`")),
      text,
    );
    assert.deepEqual(shown("there"), shown("here"));
  });
}
