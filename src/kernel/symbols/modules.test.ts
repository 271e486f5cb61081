import assert from "node:assert/strict";
import { test } from "node:test";
import { parseModules } from "./modules.ts";

test("only modules that are ready count, and tell where they lie", () => {
  const text = [
    "dummy 12288 0 - Live 0xffffffffc0a0b000",
    "9p 81920 3 - Live 0xffffffffc0694000 (OE)",
    "loop 36864 0 - Loading 0xffffffffc0b00000",
    "",
  ].join("\n");
  assert.deepEqual(
    [...parseModules(text)],
    [
      ["dummy", "0xffffffffc0a0b000"],
      ["9p", "0xffffffffc0694000"],
    ],
  );
});
