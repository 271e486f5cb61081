/** How stacks are written, which other programs read: frames, their number, their place in output. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildProgram } from "../harness/build-program.ts";
import { runDtrace } from "../harness/run-dtrace.ts";

const program = buildProgram("deep-calls", "-O0", "-fno-omit-frame-pointer");

/** Offsets differ from compiler to compiler. */
async function trace(action: string, ...words: readonly string[]): Promise<string> {
  const clause = `syscall::getppid:entry /pid == $target/ { ${action} }`;
  const command = ["-c", `${program} 100`, "-n", clause];
  const { stdout, stderr, status } = await runDtrace([...words, ...command]);
  assert.equal(status, 0, stderr);
  return stdout.replaceAll(/\+0x[0-9a-f]+$/gm, "+0x…");
}

const frame = (name: string): string => `${" ".repeat(14)}${name}+0x…\n`;
const descend = frame("deep-calls`descend");
const [library] = /^\S+(?=`getppid)/m.exec((await trace("ustack()", "-q")).trim()) ?? [];
const getppid = frame(`${library}\`getppid`);

test("ustack() is a newline and then frames, 14 columns to the right", async () => {
  assert.equal(await trace("ustack(3)", "-q"), `\n${getppid}${descend}${descend}\n`);
});

test("in the default form the frames follow the columns, and a newline ends the record", async () => {
  const shown = await trace('trace("before"); ustack(1); trace(7)');
  const [heading, columns = "", ...rest] = shown.split("\n");
  assert.equal(heading, "CPU     ID                    FUNCTION:NAME");
  assert.match(columns, /^ +\d+ +\d+ {20}getppid:entry {3}before {27}$/);
  assert.equal(rest.join("\n"), `${getppid}        7\n\n`);
});

test("a stack as a key is the same block, the value a line of its own", async () => {
  assert.equal(
    await trace("@[ustack(2)] = count(); @after[execname, ustack(1), 5] = count()", "-q"),
    `\n\n${getppid}${descend}                1\n` +
      `  ${"deep-calls".padEnd(50)}\n${getppid}        5                1\n`,
  );
});

test("%k has no indentation but a width to the left; elsewhere stackindent is", async () => {
  const bare = getppid.trimStart();
  assert.equal(
    await trace('printf("%k|%-4k|", ustack(1), ustack(1)); ustack(1)', "-q", "-xstackindent=3"),
    `\n${bare}|\n    ${bare}|\n   ${bare}\n`,
  );
});

for (const [action, words, count] of [
  ["ustack()", [], 20],
  ["jstack()", [], 50],
  ["ustack()", ["-xustackframes=7"], 7],
  ["jstack()", ["-xjstackframes=8"], 8],
  ["ustack(60)", [], 60],
  ["jstack(5, 0)", [], 5],
  ["ustack(6, 64)", [], 6],
] as const) {
  test(`${action} ${words} has ${count} frames`, async () => {
    const lines = (await trace(action, "-q", ...words)).trim().split("\n");
    assert.equal(lines.length, count);
  });
}

for (const [action, words, count] of [
  ["stack()", ["-xstackframes=2"], 2],
  ["stack(1)", [], 1],
] as const) {
  test(`${action} ${words} has ${count} frames`, async () => {
    const shown = await trace(action, "-q", ...words);
    assert.match(shown, new RegExp(`^\\n( {14}vmlinux\`[\\w.]+(\\+0x…)?\\n){${count}}\\n$`));
  });
}

test("a stack is the same whether its program serves one tracepoint or many", async () => {
  const stackAt = async (probe: string): Promise<string> => {
    const clause = `${probe} /pid == $target && probename == "sched_process_exit"/ { stack(4) }`;
    const { stdout, stderr } = await runDtrace(["-q", "-c", "/bin/true", "-n", clause]);
    assert.match(stdout, /^\n( {14}vmlinux`.*\n){4}\n$/, stderr);
    return stdout;
  };
  assert.equal(await stackAt("sdt:sched::"), await stackAt("sdt:sched::sched_process_exit"));
});
