/** What needs which privilege, and what is said where it is lacking. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  asNobody,
  publicCommand,
  runInMounts,
  runWithCapabilities,
} from "../harness/restricted.ts";

const trace = ["-q", "-n", "BEGIN { trace(1); exit(0) }"];
const countWrites = [
  "-q",
  "-n",
  "syscall::write:entry /pid == $target/ { @ = count() }",
  "-c",
  "/usr/bin/dd if=/dev/zero of=/dev/null bs=1 count=100 status=none",
];

test("tracing without a privilege: one message with the remedy, status 1", async () => {
  const { stdout, stderr, status } = await runWithCapabilities([], trace);
  assert.equal(stdout, "");
  assert.match(
    stderr,
    /^dtrace: could not enable tracing: .*EPERM \(tracing needs root, or CAP_BPF and CAP_PERFMON, .*\)\n$/,
  );
  assert.equal(stderr.split("\n").length, 2);
  assert.equal(status, 1);
});

for (const lacking of ["bpf", "perfmon"] as const) {
  test(`tracing without CAP_${lacking.toUpperCase()} names it`, async () => {
    const others = ["bpf", "perfmon"].filter((name) => name !== lacking);
    const { stderr, status } = await runWithCapabilities(others, countWrites);
    assert.match(stderr, new RegExp(`^dtrace: .*CAP_${lacking.toUpperCase()}.*\n$`));
    assert.equal(status, 1);
  });
}

for (const words of [
  ["-V"],
  ["--help"],
  ["-e", "-n", "BEGIN { trace(1) }"],
  ["-e", "-n", "syscall::write:entry { @[execname] = quantize(arg2) }"],
  ["-e", "-n", "profile-97 { trace(curthread->pid); print(*curthread) }"],
  ["-l", "-n", "syscall::write:entry"],
]) {
  test(`${words.join(" ")} needs no privilege`, async () => {
    const { stderr, status } = await runWithCapabilities([], words);
    assert.match(stderr, /^(dtrace: not all probes are listed: .*\n)?$/);
    assert.equal(status, 0);
  });
}

test("with CAP_BPF and CAP_PERFMON system calls are traced", async () => {
  const counted = await runWithCapabilities(["bpf", "perfmon"], countWrites);
  assert.equal(counted.stdout, "\n              100\n", counted.stderr);
});

/** Debian's kernels know 3, with which CAP_PERFMON is not enough. */
const isVeryParanoid =
  Number(readFileSync("/proc/sys/kernel/perf_event_paranoid", "latin1").trim()) > 2;

test("clocks need CAP_PERFMON, or where the system says so CAP_SYS_ADMIN", async () => {
  const tick = ["-q", "-n", "tick-5ms { trace(1); exit(0) }"];
  const enough = isVeryParanoid ? "sys_admin" : "perfmon";
  const lacking = isVeryParanoid ? ["bpf", "perfmon"] : ["bpf"];
  const ticked = await runWithCapabilities(["bpf", "perfmon", enough], tick);
  assert.equal(ticked.stdout, "1\n", ticked.stderr);
  const refused = await runWithCapabilities(lacking, tick);
  assert.match(refused.stderr, new RegExp(`^dtrace: .*CAP_${enough.toUpperCase()}.*\n$`));
  assert.equal(refused.status, 1);
});

const withTracefs =
  "mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing";
const switches = ["-q", "-n", "sdt:sched::sched_switch { trace(1); exit(0) }"];

function runInTracefs(capabilities: readonly string[], words: readonly string[]) {
  const change = `${withTracefs}\nset -- setpriv ${asNobody(capabilities).join(" ")} "$@"`;
  return runInMounts(change, words, { command: publicCommand() });
}

test("trace events also need CAP_DAC_READ_SEARCH, which is said", async () => {
  const refused = await runInTracefs(["bpf", "perfmon"], switches);
  assert.match(
    refused.stderr,
    /does not match any probes: read \/sys\/kernel\/tracing: EACCES \(.*CAP_DAC_READ_SEARCH.*\)\n$/,
  );
  assert.equal(refused.status, 1);
  const traced = await runInTracefs(["bpf", "perfmon", "dac_read_search"], switches);
  assert.equal(traced.stdout, "1\n", traced.stderr);
});

test("without CAP_SYSLOG kernel addresses have no names, which is said", async () => {
  const { stdout, stderr } = await runWithCapabilities(
    ["bpf", "perfmon"],
    ["-n", "BEGIN { func((uint64_t)curthread); stack(); exit(0) }"],
  );
  assert.match(stderr, /kernel addresses have no names: .*CAP_SYSLOG\n/);
  assert.match(stdout, / 0x[0-9a-f]{16}\n/);
});

test("--status tells the remedies", async () => {
  const { stdout, status } = await runInTracefs([], ["--status"]);
  assert.equal(status, 0);
  for (const row of [
    /bpf\(2\) +no: .*EPERM; needs: run as root, or with CAP_BPF and CAP_PERFMON/,
    /perf events +no: .*EACCES; needs: .*CAP_PERFMON/,
    /trace events \(tracefs\) +no: .*EACCES; needs: .*CAP_DAC_READ_SEARCH/,
    /kernel symbols +no: .*; needs: .*CAP_SYSLOG/,
    /raw tracepoint +no: EPERM; needs: run as root, or with CAP_BPF and CAP_PERFMON/,
  ]) {
    assert.match(stdout, row);
  }
});
