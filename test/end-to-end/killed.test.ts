/** SIGKILL in the middle of tracing: the kernel has nothing of ours any more. */

import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { readTextIfThere } from "../../src/kernel/read-if-there.ts";
import { commandPath } from "../harness/run-dtrace.ts";

const program = `
BEGIN { printf("ready\\n"); }
syscall:::entry { @calls[probefunc] = count(); self->start = timestamp; }
syscall:::return { @times[execname] = quantize(timestamp - self->start); self->start = 0; }
sdt:sched::sched_switch { @stacks[stack()] = count(); }
profile-97, tick-10ms { printf("%d\\n", cpu); }`;

const kinds = ["prog", "map", "link"] as const;
type Kind = (typeof kinds)[number];

/** What the kernel says of the process's descriptors. */
function heldBy(pid: number): Readonly<Record<Kind, readonly number[]>> {
  const folder = `/proc/${pid}/fdinfo`;
  const text = readdirSync(folder).map((name) => readTextIfThere(`${folder}/${name}`));
  const numbers = (kind: Kind): number[] => {
    // A link's descriptor also names its program.
    const line = new RegExp(`^${kind}_id:\\t(\\d+)$`, "gm");
    return [...text.join("\n").matchAll(line)].map(([, id]) => Number(id));
  };
  return { prog: numbers("prog"), map: numbers("map"), link: numbers("link") };
}

function known(kind: Kind): ReadonlySet<number> {
  const listed: readonly { readonly id: number }[] = JSON.parse(
    execFileSync("bpftool", ["-j", kind, "list"], { encoding: "utf8" }),
  );
  return new Set(listed.map(({ id }) => id));
}

/** The pipe stays open: without a reader the command would end by itself. */
async function isReady({ stdout }: ChildProcess): Promise<void> {
  let text = "";
  for await (const piece of stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += piece;
    if (text.includes("ready")) return;
  }
}

test("nothing stays attached or loaded", async () => {
  const child = spawn(process.execPath, [commandPath, "-q", "-n", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  assert.ok(child.pid !== undefined);
  await isReady(child);
  const held = heldBy(child.pid);
  const before = { prog: known("prog"), map: known("map"), link: known("link") };
  // What it needed only at the start may be gone since.
  const still = heldBy(child.pid);
  for (const kind of kinds) {
    assert.ok(held[kind].length > 0, `no ${kind}`);
    const unlisted = held[kind].filter((id) => still[kind].includes(id) && !before[kind].has(id));
    assert.deepEqual(unlisted, [], kind);
  }

  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  for (const kind of kinds) assert.deepEqual(await remaining(kind, held[kind]), [], kind);
});

/** The kernel frees them when readers of its lists are done: soon, but not at once. */
async function remaining(kind: Kind, ids: readonly number[]): Promise<readonly number[]> {
  let left = ids;
  for (let attempt = 0; attempt < 100 && left.length > 0; attempt += 1) {
    await sleep(50);
    const after = known(kind);
    left = left.filter((id) => after.has(id));
  }
  return left;
}
