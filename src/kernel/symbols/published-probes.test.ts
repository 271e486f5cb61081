import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { isKernelError } from "../kernel-error.ts";
import { readPublishedProbes, turnOn } from "./published-probes.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-published-"));
after(() => rmSync(folder, { recursive: true }));

for (const [module, parameter, text] of [
  ["hworld", "dtrace_probe__hworld__read__lock__taken", "hworld:hworld:read:lock__taken 0\n"],
  ["hworld", "dtrace_probe__hworld__open__entry", "hworld:hworld:open:entry 1\n"],
  ["hworld", "debug", "hworld:hworld:no:probe 0\n"],
  ["loop", "dtrace_probe__of_another_kind", "N\n"],
  ["loop", "max_loop", "8\n"],
] as const) {
  mkdirSync(`${folder}/${module}/parameters`, { recursive: true });
  writeFileSync(`${folder}/${module}/parameters/${parameter}`, text);
}
mkdirSync(`${folder}/vfat`);

test("the probes of modules are parameters of a certain name", () => {
  const found = readPublishedProbes(undefined, folder);
  assert.deepEqual(
    found.map((probe) => `${probe.provider}:${probe.module}:${probe.function}:${probe.name}`),
    ["hworld:hworld:open:entry", "hworld:hworld:read:lock-taken"],
  );
  assert.equal(found[0]?.symbol, "dtrace_probe__hworld__open__entry");
  assert.equal(found[0]?.switch, `${folder}/hworld/parameters/${found[0]?.symbol}`);
});

test("those of one module can be asked for alone", () => {
  assert.equal(readPublishedProbes("hworld", folder).length, 2);
  assert.deepEqual(readPublishedProbes("loop", folder), []);
  assert.deepEqual(readPublishedProbes("nosuch", folder), []);
});

test("what is turned on is turned off again", () => {
  const path = join(folder, "switch");
  writeFileSync(path, "");
  const on = turnOn(path);
  assert.equal(readFileSync(path, "latin1"), "1");
  on[Symbol.dispose]();
  assert.equal(readFileSync(path, "latin1"), "10");
});

test("a switch that is not there is the kernel's error", () => {
  assert.throws(
    () => turnOn(join(folder, "nosuch")),
    (error) => isKernelError(error, "ENOENT"),
  );
});
