/** Each system call is traced in the function that it is in this kernel: it fires there, too. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Probe } from "../../../src/compiler/environment.ts";
import { initialOptions } from "../../../src/compiler/options/options.ts";
import { openSystem } from "../../../src/consumer/system.ts";
import { buildProgram } from "../../harness/build-program.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

const program = buildProgram("every-call", "-static");

/** They end the process, wait for ever, or go on somewhere else. */
const unwanted = /^(exit|exit_group|fork|vfork|pause|sigsuspend|vhangup|(rt_)?sigreturn)$/;

const atOnce = 90;

function callsOf(module: string): readonly Probe[] {
  const { registry } = openSystem(new Map(), initialOptions());
  const pattern = { provider: "syscall", module, function: "", name: "entry" };
  return registry
    .findProbes(pattern)
    .filter(({ context }) => context.kind === "system-call" && context.functionTypeId?.())
    .filter(({ function: name }) => !unwanted.test(name));
}

const numberOf = ({ context }: Probe): number =>
  context.kind === "system-call" ? context.number : -1;

async function countsOf(
  mechanism: "fentry" | "kprobe",
  module: string,
  calls: readonly Probe[],
): Promise<readonly string[]> {
  process.env["DTRACE_FBT"] = mechanism;
  const numbers = calls.map(numberOf).join(" ");
  const probes = calls.map(({ function: name }) => `syscall:${module}:${name}:entry`);
  const { stdout, stderr, status } = await runDtrace(
    [
      ...["-q", "-c", `${program} ${module === "x32" ? "32" : "own"} ${numbers}`, "-n"],
      `${probes.join(",")} /pid == $target/ { @[probefunc, arg0 == -1] = count(); }
       END { printa("%s %d %@d\\n", @); }`,
    ],
    { timeoutMs: 120_000 },
  ).finally(() => delete process.env["DTRACE_FBT"]);
  assert.equal(status, 0, stderr);
  return stdout.trim().split("\n").sort();
}

for (const module of process.arch === "arm64" ? ["arm64"] : ["x64", "x32"]) {
  test(`every call of ${module} fires in its function`, async () => {
    const calls = callsOf(module);
    assert.ok(calls.length > 250, `only ${calls.length} have a function`);
    for (let start = 0; start < calls.length; start += atOnce) {
      const some = calls.slice(start, start + atOnce);
      const found = await countsOf("fentry", module, some);
      assert.deepEqual(found, await countsOf("kprobe", module, some));
      const called = new Set(found.map((line) => line.split(" ")[0]));
      assert.equal(called.size, some.length);
    }
  });
}
