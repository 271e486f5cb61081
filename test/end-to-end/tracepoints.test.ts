/** Typed arguments of tracepoints against what perf prints of the same events by the kernel's format. */

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { buildProgram } from "../harness/build-program.ts";
import { diskFolder } from "../harness/disk.ts";
import { runCommand, runDtrace } from "../harness/run-dtrace.ts";

/** perf wants tracefs in its place: a mount namespace of its own has it. */
const mounts =
  "mount -t debugfs debugfs /sys/kernel/debug; mount -t tracefs tracefs /sys/kernel/tracing";

function perf(...words: readonly string[]): readonly string[] {
  return ["-m", "sh", "-c", `{ ${mounts}; } 2>/dev/null; exec perf "$@"`, "sh", ...words];
}

const program = `
BEGIN { printf("ready\\n"); }
sdt:sched::sched_switch /pid == $target/ {
  printf("switch %s/%d/%d %s/%d/%d\\n", stringof(args[1]->comm), args[1]->pid, args[1]->prio,
    stringof(args[2]->comm), args[2]->pid, args[2]->prio);
}
sdt:block::block_rq_issue /pid == $target/ {
  printf("issue %d,%d %d %d+%d\\n", args[0]->q->disk->major, args[0]->q->disk->first_minor,
    args[0]->__data_len, args[0]->__sector, args[0]->__data_len / 512);
}
sdt:block::block_bio_queue /pid == $target/ {
  printf("queue %d,%d %d+%d\\n", args[0]->bi_bdev->bd_dev >> 20, args[0]->bi_bdev->bd_dev & 0xfffff,
    args[0]->bi_iter.bi_sector, args[0]->bi_iter.bi_size / 512);
}`;

/** perf's lines in the words of our own. */
function rewrite(line: string): readonly string[] {
  const switched =
    /sched_switch: prev_comm=(.+) prev_pid=(\d+) prev_prio=(\d+) prev_state=\S+ ==> next_comm=(.+) next_pid=(\d+) next_prio=(\d+)/.exec(
      line,
    );
  if (switched) {
    const [, comm, pid, priority, nextComm, nextPid, nextPriority] = switched;
    return [`switch ${comm}/${pid}/${priority} ${nextComm}/${nextPid}/${nextPriority}`];
  }
  const issued = /block_rq_issue: (\d+,\d+) \S+ (\d+) \(.*?\) (\d+) \+ (\d+)/.exec(line);
  if (issued) return [`issue ${issued[1]} ${issued[2]} ${issued[3]}+${issued[4]}`];
  const queued = /block_bio_queue: (\d+,\d+) \S+ (\d+) \+ (\d+)/.exec(line);
  return queued ? [`queue ${queued[1]} ${queued[2]}+${queued[3]}`] : [];
}

/** What perf says when it is asked to begin comes once it has. */
async function enable([request = "", answer = ""]: readonly string[]): Promise<void> {
  await writeFile(request, "enable\n");
  const answers = await open(answer);
  await answers.read();
  await answers.close();
}

test("sched and block tracepoints have the arguments that perf prints", async () => {
  const folder = mkdtempSync(`${diskFolder}/direct-`);
  try {
    const child = spawn(buildProgram("direct-writes"), [`${folder}/file`], {
      stdio: ["pipe", "ignore", "inherit"],
    });
    const pid = String(child.pid);
    const control = ["enable", "answer"].map((name) => `${folder}/${name}`);
    execFileSync("mkfifo", control);
    const recording = runCommand(
      "unshare",
      perf(
        ...["record", "-q", "-o", `${folder}/perf.data`, "-p", pid],
        ...["-D", "-1", "--control", `fifo:${control.join(",")}`],
        ...["-e", "sched:sched_switch,block:block_rq_issue,block:block_bio_queue"],
      ),
      { timeoutMs: 60_000 },
    );
    await Promise.race([recording, enable(control)]);
    const traced = await runDtrace(["-q", "-n", program, "-p", pid], {
      timeoutMs: 60_000,
      onOutput(text) {
        if (text === "ready\n") child.stdin.end("\n");
      },
    });
    await recording;
    const script = await runCommand("unshare", perf("script", "-i", `${folder}/perf.data`));
    const expected = script.stdout.split("\n").flatMap(rewrite);
    const seen = traced.stdout.split("\n").filter((line) => /^(switch|issue|queue) /.test(line));
    // From the first write to the last: what comes before and after, not both may see.
    const whole = (lines: readonly string[]): readonly string[] =>
      lines.slice(
        lines.findIndex((line) => line.startsWith("queue")),
        lines.findLastIndex((line) => line.startsWith("issue")) + 1,
      );
    assert.notEqual(expected.length, 0, script.stderr);
    assert.equal(seen.filter((line) => line.startsWith("queue")).length, 20, traced.stderr);
    assert.deepEqual(whole(seen), whole(expected));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
