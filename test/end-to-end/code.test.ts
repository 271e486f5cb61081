/** -S and -xtree: what the compiler makes is shown, and is what the kernel gets. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { commandPath, runCommand, runDtrace } from "../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-test-"));
after(() => rmSync(folder, { recursive: true }));

const program = "BEGIN { counted = pid + 1;\n\ttrace(execname);\n\texit(0); }";

/** `line 2: …` with all up to the next heading. */
function sectionOf(text: string, line: number): string {
  return text.split(/\n(?=line \d|around )/).find((part) => part.startsWith(`line ${line}:`)) ?? "";
}

test("-S shows each source line, its IR and the eBPF made of it", async () => {
  const { stdout, stderr, status } = await runDtrace(["-S", "-e", "-n", program]);
  assert.equal(status, 0, stderr);
  assert.equal(stdout, "");
  for (const [line, source, ir, code] of [
    [1, "BEGIN { counted = pid + 1;", /^ {2}v\d+ = v\d+ \+ 1 +\d+: 07/m, "r0 += 1"],
    [2, "trace(execname);", /bpf_get_current_comm\(v\d+, 16\)/, "call bpf_get_current_comm#16"],
    [3, "exit(0); }", /atomic compare-exchange u32/, "cmpxchg_32("],
  ] as const) {
    const section = sectionOf(stderr, line);
    assert.ok(section.startsWith(`line ${line}: ${source}\n`), stderr);
    assert.match(section, ir);
    assert.ok(section.includes(code), section);
  }
  assert.match(stderr, /^counted +0 +scl glb pid_t$/m);
  assert.match(stderr, /^state +array /m);
});

test("-S shows all lines of a statement, and which of several programs has them", async () => {
  const first = 'BEGIN { printf("%d",\n\tpid); }';
  const { stderr } = await runDtrace(["-S", "-e", "-n", first, "-n", "BEGIN { exit(0); }"]);
  const heading = 'line 1 of program 1: BEGIN { printf("%d",\nline 2 of program 1: pid); }\n';
  assert.ok(stderr.includes(`\n${heading}  v`), stderr);
  assert.ok(stderr.includes("\nline 1 of program 2: BEGIN { exit(0); }\n"), stderr);
});

test("-S shows as many instructions as the kernel is given", async () => {
  const trace = join(folder, "calls");
  const words = [commandPath, "-S", "-q", "-n", program];
  const strace = ["-f", "-e", "trace=bpf", "-o", trace, process.execPath, ...words];
  const { stderr, status } = await runCommand("strace", strace);
  assert.equal(status, 0, stderr);
  const loads = /BPF_PROG_LOAD, .*insn_cnt=(\d+),.*prog_name="begin_1"/;
  const loaded = loads.exec(readFileSync(trace, "utf8"))?.[1];
  const shown = stderr.match(/(?<= )\d+: [0-9a-f]{16}/g) ?? [];
  assert.equal(String(shown.length), loaded);
  assert.ok(stderr.includes(`attached as session): ${loaded} instructions\n`), stderr);
});

test("-xtree shows the typed tree on standard error and goes on", async () => {
  const { stdout, stderr, status } = await runDtrace(["-q", "-xtree", "-n", program]);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^\S+/);
  assert.match(
    stderr,
    /^Typed tree:\nvariable 0 counted : pid_t\nclause :::BEGIN line 1 \(1 probe\)/,
  );
  assert.match(stderr, /\n {4}= : pid_t {2}Stable\/Stable\/Common\n {6}counted : pid_t/);
});

test("-xtree=parse shows the program as written, right or wrong", async () => {
  const { stderr, status } = await runDtrace(["-xtree=parse", "-n", "BEGIN { trace(nobody) }"]);
  assert.equal(status, 1);
  assert.match(stderr, /^Parse tree:\nclause@0-23\n/);
  assert.match(stderr, /identifier@14-20 nobody/);
  assert.match(stderr, /failed to resolve nobody/);
});
