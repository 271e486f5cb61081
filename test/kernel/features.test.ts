import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createBtfSource } from "../../src/kernel/btf-source.ts";
import { featureTable } from "../../src/kernel/features/feature-table.ts";
import { KernelFeatures } from "../../src/kernel/features/kernel-features.ts";
import { tryProgram } from "../../src/kernel/features/trial.ts";
import { runWithCapabilities } from "../harness/restricted.ts";
import { isBalanced } from "./blueprints.ts";

const types = createBtfSource();

/** What the oldest kernel we support, 6.1, has. */
const everywhere = [
  "bpf(2)",
  "perf events",
  "kernel types (BTF)",
  "trace events (tracefs)",
  "kernel symbols",
  "raw tracepoint",
  "perf event",
  "tracepoint",
  "typed tracepoint (tp_btf)",
  "per-CPU hash",
  "per-CPU array",
  "array in memory",
  "ring buffer",
  "ring buffer for each CPU",
  "task storage",
  "bpf_loop in raw-tracepoint programs",
  "bpf_task_storage_get in perf-event programs",
  "bpf_get_attach_cookie in perf-event programs",
];

for (const name of everywhere) {
  test(`every supported kernel has ${name}`, () => {
    const { available, reason } = new KernelFeatures(types).stateOf(name);
    assert.ok(available, reason);
  });
}

test("names are unique, and what is lacking has a reason and a remedy", () => {
  isBalanced(() => {
    const states = new KernelFeatures(types).listFeatures();
    assert.equal(new Set(states.map(({ name }) => name)).size, featureTable.length);
    for (const { name, available, reason, remedy } of states) {
      assert.equal(available, reason === undefined, name);
      assert.equal(available, remedy === undefined, name);
    }
  });
});

test("an answer is asked of the kernel once", () => {
  let asked = 0;
  const features = new KernelFeatures({
    modules: () => types.modules(),
    forget: (module) => types.forget(module),
    kernelTypes(module) {
      asked += 1;
      return types.kernelTypes(module);
    },
  });
  features.hasKernelFunction("bpf_rcu_read_lock");
  const once = asked;
  features.hasKernelFunction("bpf_rcu_read_lock");
  assert.ok(once > 0);
  assert.equal(asked, once);
});

test("kernel functions are those that programs may call, not all there are", () => {
  const features = new KernelFeatures(types);
  const symbols = readFileSync("/proc/kallsyms", "utf8");
  assert.equal(
    features.hasKernelFunction("bpf_rcu_read_lock"),
    symbols.includes(" bpf_rcu_read_lock\n"),
  );
  assert.equal(features.hasKernelFunction("do_exit"), false);
  assert.equal(features.hasKernelFunction("dtrace_no_such_function"), false);
});

test("helpers depend on the type of program", () => {
  const features = new KernelFeatures(types);
  assert.equal(features.hasHelper({ type: "perf-event" }, "bpf_perf_prog_read_value"), true);
  assert.equal(features.hasHelper({ type: "raw-tracepoint" }, "bpf_perf_prog_read_value"), false);
});

test("a trial that is refused says what the verifier says", () => {
  const load = tryProgram(types, { type: "raw-tracepoint" }, [
    { op: "load", into: 0, base: 9, offset: 0, size: 8 },
  ]);
  assert.ok(load.kind === "refused");
  assert.match(load.log, /R9 !read_ok/);
});

test("without privilege everything has an answer, and the remedy is privilege", async () => {
  const { status, stdout } = await runWithCapabilities([], ["--status"]);
  assert.equal(status, 0);
  const lines = stdout.split("\n");
  const answers = lines.filter((line) => /^ {2}\S.* {2,}(?:yes|no: .+; needs: .+)$/u.test(line));
  assert.equal(answers.length, featureTable.length);
  for (const name of ["bpf(2)", "raw tracepoint", "ring buffer", "kprobe"]) {
    const answer = answers.find((line) => line.startsWith(`  ${name}  `));
    assert.match(answer ?? "", /no: .*needs: .*root/u, name);
  }
});
