import assert from "node:assert/strict";
import { test } from "node:test";
import { parseKernelFunctions } from "./kernel-functions.ts";

test("functions are read with their modules", () => {
  const { names, modules } = parseKernelFunctions("vfs_read\np9_read [9p]\n", "");
  assert.deepEqual(names, ["vfs_read", "p9_read"]);
  assert.deepEqual(modules, [undefined, "9p"]);
});

test("names of several functions and what kprobes refuse are left out", () => {
  const listed = "show\nvfs_read\nshow [loop]\nget_kprobe\n";
  const refused = "0xffffffff9bc08940-0xffffffff9bc08970\tget_kprobe\n";
  assert.deepEqual([...parseKernelFunctions(listed, refused).leftOut].sort(), [0, 2, 3]);
});
