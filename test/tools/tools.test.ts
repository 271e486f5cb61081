/** The tools of `dtrace --tools`: each against a workload known by construction. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { toolNames } from "../../src/cli/modes/tools.ts";
import { buildProgram } from "../harness/build-program.ts";
import { runDtrace } from "../harness/run-dtrace.ts";
import { type ToolCase, toolCases, type Workload } from "./cases.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** On the disk, where /tmp may be none. */
const folder = mkdtempSync(join(root, ".build/tools-"));
after(() => rmSync(folder, { recursive: true }));

const worker = buildProgram("tool-work");
const connections = buildProgram("connections");

function commandFor(work: Workload): string {
  if (work.kind === "connections") return `${connections} 4`;
  if (work.kind === "job") return `${worker} ${work.job}`;
  const path = join(folder, "script");
  writeFileSync(path, work.text);
  return `/bin/sh ${path}`;
}

for (const { tool, work, expected } of toolCases) {
  test(`${tool} shows what was done`, async () => {
    const { stdout, stderr } = await runTool(tool, work);
    assert.doesNotMatch(stderr, /^dtrace:/m);
    const lines = stdout.split("\n");
    for (const [pattern, times] of expected) {
      const matching = lines.filter((line) => pattern.test(line));
      const isWell = times === "some" ? matching.length > 0 : matching.length === times;
      assert.ok(isWell, `${matching.length} times ${pattern} in\n${stdout}`);
    }
  });
}

const runTool = (tool: ToolCase["tool"], work: Workload) =>
  runDtrace(["--tools", tool, "-c", commandFor(work)], { cwd: folder, timeoutMs: 60_000 });

test("cachemisses counts, or says that there are no counters", async () => {
  const { stdout, stderr } = await runTool("cachemisses", { kind: "job", job: "busy" });
  if (stderr === "") assert.match(stdout, /samples of 10000 cache misses/);
  else assert.match(stderr, /this machine has no such counter/);
});

test("each tool has its help, its page and its test", async () => {
  const tested = [...toolCases.map(({ tool }) => tool), "cachemisses"].sort();
  assert.deepEqual(tested, toolNames());
  const { stdout } = await runDtrace(["--tools"]);
  assert.deepEqual(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" ")[0]),
    toolNames(),
  );
  for (const name of toolNames()) {
    assert.ok(existsSync(join(root, `docs/tools/${name}.md`)), name);
    const help = await runDtrace(["--tools", name, "--help"]);
    assert.match(help.stdout, new RegExp(`^${name} - \\S.*\n\nUsage: .*\nColumns: `));
    assert.match(help.stdout, /\nExample: {2}dtrace --tools \w+ \S/);
    assert.equal(help.status, 0);
  }
});

test("a tool of another name is refused", async () => {
  const { stderr, status } = await runDtrace(["--tools", "../opensnoop"]);
  assert.match(stderr, /no tool is called '\.\.\/opensnoop'/);
  assert.equal(status, 1);
});

test("a pid restricts a tool to one process", async () => {
  const child = spawn("/bin/sh", ["-c", "read word; cd /; read word"], { stdio: "pipe" });
  const { stdout } = await runDtrace(["--tools", "dirsnoop", String(child.pid)], {
    onOutput: (text, kill) => {
      if (text.includes("chdir")) kill("SIGINT");
      else if (text.includes("COMMAND")) child.stdin.write("go\n");
    },
  });
  child.stdin.end();
  const [, ...rows] = stdout.trim().split("\n");
  assert.deepEqual(
    rows.map((line) => line.trim().split(/ +/)),
    [[String(child.pid), "sh", "chdir", "0", "/"]],
  );
});
