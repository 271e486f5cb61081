import assert from "node:assert/strict";
import { test } from "node:test";
import { flagOption, initialOptions, listOption, numberOption, setOption } from "./options.ts";

const set = (name: string, value?: string) => {
  const options = initialOptions();
  const error = setOption(options, "command-line", { name, value });
  return { options, error };
};

for (const [text, nanoseconds] of [
  ["10", 10],
  ["10hz", 100_000_000],
  ["3s", 3_000_000_000],
  ["250MSEC", 250_000_000],
  ["2min", 120_000_000_000],
] as const) {
  test(`switchrate=${text} is ${nanoseconds} ns`, () => {
    assert.equal(numberOption(set("switchrate", text).options, "switchrate"), nanoseconds);
  });
}

for (const [text, bytes] of [
  ["512", 512],
  ["16k", 16_384],
  ["1M", 1_048_576],
  ["0x10k", 16_384],
] as const) {
  test(`bufsize=${text} is ${bytes} bytes`, () => {
    assert.equal(numberOption(set("bufsize", text).options, "bufsize"), bytes);
  });
}

for (const [name, value] of [
  ["bufsize", "many"],
  ["bufsize", "k"],
  ["switchrate", "10parsecs"],
  ["bufpolicy", "leak"],
  ["quiet", "perhaps"],
  ["nspec", "245566729809009887663"],
  ["amin", "Stable/Stable"],
  ["unsetenv", "NAME=value"],
] as const) {
  test(`${name}=${value} is refused`, () => {
    assert.equal(set(name, value).error, "Invalid value for specified option");
  });
}

test("a flag goes on without a value and off by a word", () => {
  assert.equal(flagOption(set("quiet").options, "quiet"), true);
  assert.equal(flagOption(set("temporal", "off").options, "temporal"), false);
});

test("a list keeps every setting in order", () => {
  const options = initialOptions();
  setOption(options, "command-line", { name: "define", value: "A" });
  setOption(options, "command-line", { name: "define", value: "B=1" });
  assert.deepEqual(listOption(options, "define"), ["A", "B=1"]);
});

test("what a program may not set says so", () => {
  const options = initialOptions();
  const reasonFor = (source: "pragma" | "action", name: string) =>
    setOption(options, source, { name, value: undefined });
  assert.equal(reasonFor("pragma", "cpp"), "Option cannot be used from within a D program");
  assert.equal(reasonFor("action", "bufsize"), "Operation illegal when tracing is active");
  assert.equal(reasonFor("action", "nosuch"), "Invalid option name");
  assert.equal(reasonFor("action", "quiet"), undefined);
});

test("a version of D is one there was, and is not raised again", () => {
  assert.equal(set("version", "1.2").error, undefined);
  assert.equal(set("version", "1.2.9").error, "Requested version is not supported by compiler");
  assert.equal(
    set("version", "1.2.3.4").error,
    "Version is not properly formatted or is too large",
  );
  const options = initialOptions();
  setOption(options, "command-line", { name: "version", value: "1.2" });
  assert.equal(
    setOption(options, "pragma", { name: "version", value: "1.5" }),
    "Requested version conflicts with earlier setting",
  );
});
