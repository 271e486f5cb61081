import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readlinkSync } from "node:fs";
import { test } from "node:test";
import { openDescriptorCount } from "../../src/kernel/descriptor.ts";
import { isKernelError } from "../../src/kernel/kernel-error.ts";
import { HeldProcess } from "../../src/kernel/process/held-process.ts";
import { LiveProcess } from "../../src/kernel/process/live-process.ts";
import type { ProcessEnd } from "../../src/kernel/process/process-end.ts";

const endOf = (held: HeldProcess | LiveProcess): Promise<ProcessEnd> =>
  new Promise((resolve) => held.release(resolve));

/** Fields of /proc/PID/stat after the name. */
const statOf = (pid: number): readonly string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
};

test("a process is held with its program in place, before the first instruction", async () => {
  const held = HeldProcess.start("sleep", ["0"]);
  assert.match(readlinkSync(`/proc/${held.pid}/exe`), /(sleep|coreutils|busybox)$/);
  assert.equal(statOf(held.pid)[0], "t");
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(statOf(held.pid)[0], "t");
  assert.deepEqual(await endOf(held), { pid: held.pid, status: 0, signal: undefined });
});

test("the end of a started process is its own", async () => {
  const failed = HeldProcess.start("sh", ["-c", "exit 3"]);
  assert.deepEqual(await endOf(failed), { pid: failed.pid, status: 3, signal: undefined });
  const killed = HeldProcess.start("sh", ["-c", "kill -TERM $$"]);
  assert.deepEqual(await endOf(killed), { pid: killed.pid, status: undefined, signal: "SIGTERM" });
});

test("a process killed while it is held has ended", async () => {
  const held = HeldProcess.start("sleep", ["100"]);
  process.kill(held.pid, "SIGKILL");
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(await endOf(held), { pid: held.pid, status: undefined, signal: "SIGKILL" });
});

test("a process never released is ended", async () => {
  const held = HeldProcess.start("sleep", ["100"]);
  held[Symbol.dispose]();
  assert.deepEqual(await endOf(held), { pid: held.pid, status: undefined, signal: "SIGKILL" });
});

test("a process that runs when tracing ends is ended as well", async () => {
  const held = HeldProcess.start("sleep", ["100"]);
  const end = endOf(held);
  held[Symbol.dispose]();
  assert.deepEqual(await end, { pid: held.pid, status: undefined, signal: "SIGKILL" });
});

test("what cannot be executed is refused before anything starts", () => {
  const refuses = (program: string, code: string): void =>
    assert.throws(
      () => HeldProcess.start(program, []),
      (error) => isKernelError(error, code),
    );
  refuses("/nonexistent/command", "ENOENT");
  refuses("/etc/passwd", "EACCES");
  refuses("no-such-command", "ENOENT");
});

/** Tells the process's id and never asks how it ended: before 6.15 nobody else can say it then. */
const parentOf = 'exec 3<&0; sh -c "$0" <&3 & echo $!; exec sleep 60';

for (const [script, end] of [
  ["read x; exit 5", { status: 5, signal: undefined }],
  ["read x; kill -KILL $$", { status: undefined, signal: "SIGKILL" }],
] as const) {
  test(`the end of a process that runs already is told: ${script}`, async () => {
    const parent = spawn("sh", ["-c", parentOf, script], { stdio: ["pipe", "pipe", "ignore"] });
    const [told] = await once(parent.stdout, "data");
    const pid = Number(told);
    const before = openDescriptorCount();
    {
      using live = new LiveProcess(pid);
      const ended = endOf(live);
      parent.stdin.end("\n");
      assert.deepEqual(await ended, { pid, ...end });
    }
    assert.ok(openDescriptorCount() <= before);
    parent.kill();
  });
}

test("there is no process with an id that nobody has", () => {
  assert.throws(
    () => new LiveProcess(0x3fffff),
    (error) => isKernelError(error, "ESRCH"),
  );
});
