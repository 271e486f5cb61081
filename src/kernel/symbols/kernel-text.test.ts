import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openKernelText } from "./kernel-text.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-text-"));
after(() => rmSync(folder, { recursive: true }));

/** A note and 16 bytes of memory, as /proc/kcore has them. */
function writeCore(path: string): void {
  const bytes = Buffer.alloc(64 + 2 * 56 + 16);
  bytes.write("\x7fELF", "latin1");
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(2, 56);
  bytes.writeUInt32LE(4, 64);
  const memory = 64 + 56;
  bytes.writeUInt32LE(1, memory);
  bytes.writeBigUInt64LE(BigInt(memory + 56), memory + 8);
  bytes.writeBigUInt64LE(0xffffffff81000000n, memory + 16);
  bytes.writeBigUInt64LE(16n, memory + 32);
  for (let index = 0; index < 16; index += 1) bytes[memory + 56 + index] = index;
  writeFileSync(path, bytes);
}

const core = join(folder, "core");
writeCore(core);

test("memory is read by its address", () => {
  using text = openKernelText(core);
  assert.ok(text);
  assert.deepEqual(text.read(0xffffffff81000004n, 4), Uint8Array.of(4, 5, 6, 7));
  assert.deepEqual(text.read(0xffffffff8100000en, 4), Uint8Array.of(14, 15));
  assert.equal(text.read(0xffffffff81000010n, 4), undefined);
  assert.equal(text.read(0xffffffff80ffffffn, 4), undefined);
});

test("a file that is not there is no memory", () => {
  assert.equal(openKernelText(join(folder, "none")), undefined);
});
