import assert from "node:assert/strict";
import { test } from "node:test";
import { quantizeBucket } from "../../format/aggregations/buckets.ts";
import { bucketsOf } from "../../format/aggregations/functions.ts";
import { aggregationJson, bucketRanges } from "./aggregation-json.ts";
import { byteTextJson, integerJson, objectJson, textJson } from "./json-text.ts";
import { printedJson } from "./printed-json.ts";

test("integers are numbers as long as every reader has them exact", () => {
  assert.equal(integerJson(9007199254740991n), "9007199254740991");
  assert.equal(integerJson(-9007199254740991n), "-9007199254740991");
  assert.equal(integerJson(9007199254740992n), '"9007199254740992"');
  assert.equal(integerJson(-(2n ** 63n)), '"-9223372036854775808"');
  assert.equal(integerJson(7), "7");
});

test("text is ASCII and reads back", () => {
  for (const text of ["plain", 'a "quote"\n', "ä€😀", "\u0000\u007f"]) {
    const json = textJson(text);
    assert.match(json, /^[\x20-\x7e]*$/);
    assert.equal(JSON.parse(json), text);
  }
});

test("recorded bytes are read as UTF-8, and shown where they are none", () => {
  assert.deepEqual(byteTextJson("h\u00c3\u00a4"), { value: '"h\\u00e4"' });
  assert.deepEqual(byteTextJson("h\u00ff"), { value: '"h\\ufffd"', bytes: '"68ff"' });
});

test("members without a value are left out", () => {
  assert.equal(objectJson({ a: "1", b: undefined, c: '"x"' }), '{"a":1,"c":"x"}');
});

test("every number lies in the range of its bucket of quantize()", () => {
  const ranges = bucketRanges({ name: "quantize" });
  const powers = Array.from({ length: 63 }, (_, power) => 1n << BigInt(power));
  const values = powers.flatMap((power) => [power - 1n, power, -power, 1n - power]);
  for (const value of [...values, 2n ** 63n - 1n, -(2n ** 63n)]) {
    const [from = 0n, to = -1n] = ranges[quantizeBucket(value)] ?? [];
    assert.ok(from <= value && value <= to, `${value} is not from ${from} to ${to}`);
  }
});

test("ranges of linear and log-linear buckets leave nothing out", () => {
  const functions = [
    { name: "lquantize", base: -5, limit: 10, step: 4 },
    { name: "llquantize", factor: 10, low: 0, high: 3, steps: 20 },
  ] as const;
  for (const aggregating of functions) {
    const ranges = bucketRanges(aggregating);
    assert.equal(ranges.length, bucketsOf(aggregating).length);
    assert.equal(ranges[0]?.[0], undefined);
    assert.equal(ranges.at(-1)?.[1], undefined);
    for (const [index, [from]] of ranges.entries()) {
      if (index > 0) assert.equal(from, (ranges[index - 1]?.[1] ?? 0n) + 1n);
    }
  }
});

test("values of aggregations", () => {
  const average = { name: "a", function: { name: "avg" } } as const;
  assert.equal(
    aggregationJson(average, { words: [2n, 10n], normal: 1n }),
    '{"name":"a","function":"avg","value":5,"count":2,"sum":10}',
  );
  assert.equal(
    aggregationJson(average, { words: [], normal: 1n }),
    '{"name":"a","function":"avg"}',
  );
  assert.equal(
    aggregationJson({ name: "c", function: { name: "count" } }, { words: [9n], normal: 4n }),
    '{"name":"c","function":"count","value":2,"normal":4}',
  );
});

test("print(): structures member by member", () => {
  const byte = { kind: "integer", name: "char", size: 1, signed: true } as const;
  const word = { kind: "integer", name: "int", size: 4, signed: true } as const;
  const member = (name: string | undefined, bitOffset: number, bitSize?: number) => ({
    name,
    bitOffset,
    bitSize,
  });
  const inner = {
    kind: "union",
    name: undefined,
    size: 4,
    members: () => [{ ...member("minus", 0), type: word }],
  } as const;
  const outer = {
    kind: "struct",
    name: "outer",
    size: 16,
    members: () => [
      { ...member("text", 0), type: { kind: "array", element: () => byte, length: 4 } as const },
      { ...member(undefined, 32), type: inner },
      { ...member("low", 64, 3), type: word },
      { ...member("high", 67, 5), type: word },
    ],
  } as const;
  const bytes = Uint8Array.from([0x68, 0x69, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0b01111_010, 0, 0, 0]);
  assert.deepEqual(JSON.parse(printedJson(outer, bytes)), {
    text: "hi",
    minus: -2,
    low: 2,
    high: 15,
  });
});
