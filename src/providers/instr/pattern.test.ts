import assert from "node:assert/strict";
import { test } from "node:test";
import { instructionPattern } from "./pattern.ts";

const instruction = { address: 0xffffffff81000010n, offset: 16, mnemonic: "jne" };

const rows = [
  ["vfs_*-j*", "", "mnemonic", "vfs_*", "0xffffffff81000010"],
  ["vfs_read-[a-j]*", "", "mnemonic", "vfs_read", "0xffffffff81000010"],
  ["vfs_read-jne", "0xffffffff81000010", "mnemonic", "vfs_read", "0xffffffff81000010"],
  ["vfs_read-jne", "0xffffffff81000011", "mnemonic", "vfs_read", undefined],
  ["vfs_read-je", "", "mnemonic", "vfs_read", undefined],
  ["", "0xffffffff81000010", "mnemonic", "", "0xffffffff81000010"],
  ["vfs_read", "", "offset", "vfs_read", "16"],
  ["vfs_read", "16", "offset", "vfs_read", "16"],
  ["vfs_read", "0x10", "offset", "vfs_read", "16"],
  ["vfs_read", "1?", "offset", "vfs_read", "16"],
  ["vfs_read", "10", "offset", "vfs_read", undefined],
] as const;
for (const [functionName, name, form, wanted, found] of rows) {
  test(`instr::${functionName}:${name} ${found === undefined ? "is not" : `is ${found}`}`, () => {
    const pattern = instructionPattern({
      provider: "instr",
      module: "",
      function: functionName,
      name,
    });
    assert.equal(pattern.form, form);
    assert.equal(pattern.function, wanted);
    assert.equal(pattern.nameOf(instruction), found);
  });
}
