import assert from "node:assert/strict";
import { test } from "node:test";
import { parseKernelFunctions, parseReplacedCode } from "./kernel-functions.ts";

test("functions are read with their modules", () => {
  const { names, modules } = parseKernelFunctions("vfs_read\np9_read [9p]\n");
  assert.deepEqual(names, ["vfs_read", "p9_read"]);
  assert.deepEqual(modules, [undefined, "9p"]);
});

test("where addresses tell them apart, functions that share a name are there", () => {
  const listed = [
    "ffffffff9e402014 show",
    "ffffffff9e402064 vfs_read",
    "ffffffffc0401004 show [loop]",
    "ffffffffc0402004 get_kprobe [loop]",
  ].join("\n");
  const refused = "0xffffffff9bc08940-0xffffffff9bc08970\tget_kprobe\n";
  const functions = parseKernelFunctions(listed, { refused, isUnsafe: () => false });
  assert.deepEqual(functions.names, ["show", "vfs_read", "show", "get_kprobe"]);
  assert.deepEqual(functions.modules, [undefined, undefined, "loop", "loop"]);
  assert.equal(functions.addresses?.[2], "ffffffffc0401004");
  assert.deepEqual([...functions.namesakes], [0, 2]);
  assert.deepEqual([...functions.leftOut], [3]);
});

test("names of several functions, what kprobes refuse and what is unsafe are left out", () => {
  const listed = "show\nvfs_read\nshow [loop]\nget_kprobe\nlock\n";
  const refused = "0xffffffff9bc08940-0xffffffff9bc08970\tget_kprobe\n";
  const isUnsafe = (name: string): boolean => name === "lock";
  const { leftOut } = parseKernelFunctions(listed, { refused, isUnsafe });
  assert.deepEqual([...leftOut].sort(), [0, 2, 3, 4]);
});

test("kprobes replace code, unless they are where ftrace calls", () => {
  const listed = `ffffffff8db1d3f0  k  vfs_read+0x20    [OPTIMIZED]
ffffffff8db1d3d4  k  vfs_read+0x4    [FTRACE]
ffffffffc0401010  r  show+0x10  loop  [DISABLED]
`;
  assert.deepEqual(parseReplacedCode(listed), [0xffffffff8db1d3f0n, 0xffffffffc0401010n]);
});
