import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProbePattern } from "../compiler/environment.ts";
import { parseKernelFunctions } from "../kernel/functions/kernel-functions.ts";
import { indexSymbols } from "../kernel/symbols/kernel-symbols.ts";
import type { PublishedProbe } from "../kernel/symbols/published-probes.ts";
import { matcherOf } from "./glob.ts";
import { timerOf } from "./profile-provider.ts";
import type { ProviderSystem } from "./provider.ts";
import { createProbeRegistry } from "./registry.ts";

const kernelFunctions = parseKernelFunctions(
  "vfs_read\nvfs_write\nshow\nshow [loop]\np9_read [9p]\nget_kprobe\nvfs_open\n",
  { refused: "0x0-0x1\tget_kprobe\n", isUnsafe: () => false },
);

const hello: PublishedProbe = {
  provider: "hworld",
  module: "hello",
  function: "open",
  name: "is-open",
  symbol: "dtrace_probe__hworld__open__is__open",
  switch: "/sys/module/hello/parameters/dtrace_probe__hworld__open__is__open",
};

const system: ProviderSystem = {
  architecture: "x64",
  compatibility: () => undefined,
  traceEvents: () => [],
  kernelFunctions: () => kernelFunctions,
  publishedProbes: () => ({ firstIndex: 0, probes: [hello] }),
  kernelTypes: () => undefined,
  kernelSymbols: () => indexSymbols(new Uint8Array()),
  kernelText: () => undefined,
  replacedCode: () => [],
  decoder: () => () => [],
  tellUnread: () => undefined,
};

const registry = createProbeRegistry(system);

const pattern = (fields: Partial<ProbePattern>): ProbePattern => ({
  provider: "",
  module: "",
  function: "",
  name: "",
  ...fields,
});

const namesOf = (fields: Partial<ProbePattern>) =>
  registry
    .findProbes(pattern(fields))
    .map((probe) => `${probe.provider}:${probe.module}:${probe.function}:${probe.name}`);

const globs = [
  ["re*", "read", true],
  [`${"*a".repeat(40)}*b`, "a".repeat(60), false],
  ["**?**", "r", true],
  ["[z-a]", "z", false],
  ["re*", "pread", false],
  ["*read", "pread64", false],
  ["[rw]*", "write", true],
  ["[!rw]*", "write", false],
  ["r?ad", "read", true],
  ["a.b", "axb", false],
  ["\\*", "*", true],
  ["\\*", "x", false],
  ["", "anything", true],
] as const;
for (const [glob, text, expected] of globs) {
  test(`"${glob}" ${expected ? "matches" : "does not match"} "${text}"`, () => {
    assert.equal(matcherOf(glob)(text), expected);
  });
}

const timers = [
  ["profile-97", { kind: "timer", cpus: "all", periodNs: 10_309_278n }],
  ["tick-1sec", { kind: "timer", cpus: "one", periodNs: 1_000_000_000n }],
  ["tick-10MS", { kind: "timer", cpus: "one", periodNs: 10_000_000n }],
  ["profile-250us", { kind: "timer", cpus: "all", periodNs: 250_000n }],
  ["tick-2hz", { kind: "timer", cpus: "one", periodNs: 500_000_000n }],
] as const;
for (const [name, timer] of timers) {
  test(`${name} is a timer`, () => assert.deepEqual(timerOf(name), timer));
}
for (const name of [
  "profile-",
  "profile-0",
  "profile-5parsecs",
  "profile-5001",
  "tick-1us",
  "TICK-1sec",
  "tick-1s5",
]) {
  test(`${name} is no timer`, () => assert.equal(timerOf(name), undefined));
}

test("a system call is told apart by ABI", () => {
  assert.deepEqual(namesOf({ provider: "syscall", function: "read", name: "entry" }), [
    "syscall:x64:read:entry",
    "syscall:x32:read:entry",
  ]);
});

const published = "hworld:hello:open:is-open";
for (const [fields, expected] of [
  [{ provider: "hworld" }, [published]],
  [{ provider: "h*d", function: "op?n" }, [published]],
  [{ module: "hello" }, [published]],
  [{ provider: "hworld", name: "close" }, []],
  [{ provider: "hello" }, []],
] as const) {
  test(`${JSON.stringify(fields)} means ${expected.length} of a module's probes`, () => {
    assert.deepEqual(namesOf(fields), expected);
  });
}

test("modules publish nothing under the names of our own providers", () => {
  const probes = [{ ...hello, provider: "sdt" }];
  const other = createProbeRegistry({
    ...system,
    publishedProbes: () => ({ firstIndex: 0, probes }),
  });
  for (const provider of ["sdt", "s*"]) {
    assert.deepEqual(
      other.findProbes(pattern({ provider, function: "open", name: "is-open" })),
      [],
    );
  }
});

test("a timer that is not listed is made once and keeps its id", () => {
  const [first] = registry.findProbes(pattern({ name: "tick-123ms" }));
  const [again] = registry.findProbes(pattern({ provider: "profile", name: "tick-123ms" }));
  assert.ok(first);
  assert.equal(again, first);
  assert.deepEqual(registry.findProbesById(first.id), [first]);
});

test("ids are unique and ascend", () => {
  const ids = [...registry.listProbes()]
    .filter(({ derivation }) => (derivation?.way ?? 0) === 0)
    .map((probe) => probe.id);
  assert.ok(ids.length > 1_500);
  assert.deepEqual(
    ids,
    [...new Set(ids)].sort((left, right) => left - right),
  );
});

test("four empty fields match only probes with a function", () => {
  assert.ok(namesOf({}).length > 1_500);
  assert.ok(!namesOf({}).includes("dtrace:::BEGIN"));
});

test("system calls carry the types of their arguments", () => {
  const [openat] = registry.findProbes(
    pattern({ provider: "syscall", module: "x64", function: "openat", name: "entry" }),
  );
  assert.deepEqual(
    openat?.arguments().map(({ type }) => (type.kind === "text" ? type.text : type.id)),
    ["int", "const char *", "int", "umode_t"],
  );
});

test("a kernel function has probes in its module", () => {
  assert.deepEqual(namesOf({ provider: "fbt", function: "*_read" }), [
    "fbt:vmlinux:vfs_read:entry",
    "fbt:vmlinux:vfs_read:return",
    "fbt:9p:p9_read:entry",
    "fbt:9p:p9_read:return",
  ]);
});

for (const module of ["kernel", "unix", "genunix", "vmlinux"]) {
  test(`${module} is the core kernel`, () => {
    const found = namesOf({ provider: "fbt", module, function: "vfs_*", name: "entry" });
    assert.deepEqual(
      found,
      ["read", "write", "open"].map((call) => `fbt:vmlinux:vfs_${call}:entry`),
    );
  });
}

test("functions that cannot be traced or told apart have no probes", () => {
  assert.deepEqual(namesOf({ provider: "fbt", function: "show" }), []);
  assert.deepEqual(namesOf({ provider: "fbt", function: "get_kprobe" }), []);
});

test("a function's probe has the same id by whichever pattern", () => {
  const [alone] = registry.findProbes(pattern({ provider: "fbt", function: "p9_read" }));
  const all = registry.findProbes(pattern({ provider: "fbt" }));
  assert.deepEqual(
    all.filter((probe) => probe.id === alone?.id).map((probe) => probe.function),
    ["p9_read"],
  );
  assert.deepEqual(
    registry.findProbesById(alone?.id ?? 0).map((probe) => probe.name),
    ["entry"],
  );
});
