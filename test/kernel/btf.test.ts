import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { tracepointParameters } from "../../src/btf/btf.ts";
import { createBtfSource } from "../../src/kernel/btf-source.ts";

const types = createBtfSource().kernelTypes("vmlinux");
assert.ok(types, "this kernel has BTF");

/** What bpftool says of types, by id. */
interface Described {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly size?: number;
  readonly members?: readonly { readonly name: string; readonly bits_offset: number }[];
}

const dump = spawnSync(
  "bpftool",
  ["-j", "btf", "dump", "file", "/sys/kernel/btf/vmlinux", "format", "raw"],
  { encoding: "utf8", maxBuffer: 1 << 30 },
);
const described: readonly Described[] = JSON.parse(dump.stdout).types;

test("every structure has the name, size and members that bpftool reports", () => {
  const structures = described.filter(({ kind }) => kind === "STRUCT" || kind === "UNION");
  assert.ok(structures.length > 5_000);
  for (const { id, name, size, members } of structures) {
    const type = types.typeAt(id);
    assert.ok(type.kind === "struct" || type.kind === "union");
    assert.equal(type.name, name === "(anon)" ? "" : name);
    assert.equal(type.size, size);
    assert.deepEqual(
      type.members.map((member) => [member.name, member.bitOffset]),
      members?.map((member) => [member.name === "(anon)" ? "" : member.name, member.bits_offset]),
    );
  }
});

test("there are as many types as bpftool lists", () => {
  assert.equal(types.typeCount, (described.at(-1)?.id ?? 0) + 1);
});

test("a name is found among the kinds asked for", () => {
  const id = types.findType("task_struct", "struct");
  assert.ok(id !== undefined);
  const type = types.typeAt(id);
  assert.ok(type.kind === "struct" && type.name === "task_struct");
  assert.equal(types.findType("task_struct", "union"), undefined);
  assert.equal(types.findType("no such type", "struct"), undefined);
});

test("a tracepoint's parameters are those of its prototype", () => {
  const parameters = tracepointParameters(types, "sched_switch") ?? [];
  const [, previous = 0] = parameters;
  const pointer = types.typeAt(previous);
  assert.ok(pointer.kind === "pointer");
  const task = types.typeAt(types.resolve(pointer.to));
  assert.ok(task.kind === "struct" && task.name === "task_struct");
  assert.equal(tracepointParameters(types, "no_such_event"), undefined);
});
