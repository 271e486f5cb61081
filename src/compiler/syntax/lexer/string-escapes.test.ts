import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sourceTextOf, stringBytes, unescapeString } from "./string-escapes.ts";

const cases = [
  ["plain", [0x70, 0x6c, 0x61, 0x69, 0x6e]],
  ["\\a\\b\\f\\n\\r\\t\\v", [7, 8, 12, 10, 13, 9, 11]],
  ['\\"\\\\', [0x22, 0x5c]],
  ["\\1018", [0x41, 0x38]],
  ["\\377", [0xff]],
  ["\\xff\\x1ff\\xg", [0xff, 0xff]],
  ["a\\0b", [0x61]],
  ["é", [0xc3, 0xa9]],
  ["\\xc3\\xa9", [0xc3, 0xa9]],
  ["\\q\\'", [0x5c, 0x71, 0x5c, 0x27]],
  ["\\", [0x5c]],
] as const;

for (const [text, bytes] of cases) {
  test(`"${text}" is ${bytes.length} bytes`, () => {
    assert.deepEqual([...stringBytes(unescapeString(text))], [...bytes]);
  });
}

test("text without backslashes stays as it is", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }).filter((text) => !/[\\\0]/.test(text)),
      (text) => assert.deepEqual(stringBytes(unescapeString(text)), new TextEncoder().encode(text)),
    ),
    { seed: 20250103, numRuns: 300 },
  );
});

for (const [what, bytes] of [
  ["ASCII", [0x61, 0x0a]],
  ["UTF-8 of every length", [...Buffer.from("aé€😀")]],
  ["a byte order mark", [0xef, 0xbb, 0xbf, 0x61]],
  ["Latin-1", [0x68, 0xe9, 0x21, 0xff, 0xc0]],
  ["characters cut short", [0xe2, 0x82, 0x61, 0xf0, 0x9f]],
  ["half of a surrogate pair", [0xed, 0xb2, 0x80]],
  ["more bytes than a character needs", [0xc0, 0x80, 0xe0, 0x80, 0x80, 0xf0, 0x80, 0x80, 0x80]],
  ["beyond the last character", [0xf4, 0x90, 0x80, 0x80, 0xf8, 0x88, 0x80, 0x80, 0x80]],
  ["characters among other bytes", [0xff, ...Buffer.from("é€😀"), 0xff]],
] as const) {
  test(`a source keeps its bytes: ${what}`, () => {
    assert.deepEqual([...stringBytes(sourceTextOf(Uint8Array.from(bytes)))], [...bytes]);
  });
}
