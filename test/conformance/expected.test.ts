import assert from "node:assert/strict";
import { test } from "node:test";
import { formatExpected, isWorse, parseExpected, updated } from "./expected.ts";
import { formatTable } from "./table.ts";

const list = [
  "a/tst.one.d\tpass",
  "a/tst.three.d\tnot run\tit ends every sleep(1) of the machine",
  "a/tst.two.d\tfail\tnames the zone of Solaris",
  "",
].join("\n");

const expected = parseExpected(list);

test("a list is read and written", () => {
  assert.deepEqual(expected.get("a/tst.two.d"), {
    result: "fail",
    reason: "names the zone of Solaris",
  });
  assert.ok(formatExpected(expected).endsWith(list));
  assert.throws(() => parseExpected("a/tst.one.d\tmaybe"), /without a result/);
});

test("an update takes what was seen and keeps what was written by hand", () => {
  const seen = new Map([
    ["a/tst.one.d", "no error"],
    ["a/tst.two.d", "exit 1"],
    ["a/tst.three.d", "exit 1"],
    ["a/tst.four.d", undefined],
  ]);
  assert.deepEqual(
    [...updated(expected, seen)],
    [
      ["a/tst.one.d", { result: "fail", reason: "observed: no error" }],
      ["a/tst.three.d", { result: "not run", reason: "it ends every sleep(1) of the machine" }],
      ["a/tst.two.d", { result: "fail", reason: "names the zone of Solaris" }],
      ["a/tst.four.d", { result: "pass", reason: "" }],
    ],
  );
});

test("worse is to fail what passed or what is new", () => {
  assert.equal(isWorse(expected.get("a/tst.one.d"), "no error"), true);
  assert.equal(isWorse(undefined, "no error"), true);
  assert.equal(isWorse(expected.get("a/tst.two.d"), "no error"), false);
  assert.equal(isWorse(expected.get("a/tst.one.d"), undefined), false);
});

test("a table tells what is open from what only others have", () => {
  const results = parseExpected(
    [...list.trim().split("\n"), "b/tst.d\tfail\tobserved: no error"].join("\n"),
  );
  const tests = [...results.keys()].map((name) => ({ name, category: name.slice(0, 1) }));
  assert.deepEqual(
    formatTable(tests, results)
      .trimEnd()
      .split("\n")
      .map((line) => line.trim().split(/\s{2,}/)),
    [
      ["category", "pass", "open", "foreign", "not run", "passed"],
      ["a", "1", "0", "1", "1", "33.3 %"],
      ["b", "0", "1", "0", "0", "0.0 %"],
      ["all", "1", "1", "1", "1", "25.0 %"],
    ],
  );
});
