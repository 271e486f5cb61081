import assert from "node:assert/strict";
import { test } from "node:test";
import { type CommandLine, parseArguments } from "./arguments.ts";

function parse(...words: string[]): CommandLine {
  const parsed = parseArguments(words);
  if ("message" in parsed) assert.fail(parsed.message);
  return parsed;
}

test("letters cluster, and the last takes its argument from the next word", () => {
  const line = parse("-qFn", "BEGIN");
  assert.deepEqual(
    line.settings.map(({ name }) => name),
    ["quiet", "flowindent"],
  );
  assert.deepEqual(line.programs, [{ kind: "specifier", specifier: "name", text: "BEGIN" }]);
});

test("an argument may stick to its letter", () => {
  assert.deepEqual(parse("-nBEGIN").programs, [
    { kind: "specifier", specifier: "name", text: "BEGIN" },
  ]);
});

test("operands may stand anywhere and become macro arguments in order", () => {
  assert.deepEqual(parse("one", "-s", "x.d", "two").operands, ["one", "two"]);
});

test("after -- one word is an operand whatever it looks like", () => {
  assert.deepEqual(parse("-s", "x.d", "--", "-1").operands, ["-1"]);
});

test("-x splits at the first equals sign", () => {
  assert.deepEqual(parse("-x", "setenv=A=B", "-xquiet").settings, [
    { typed: "-x setenv", name: "setenv", value: "A=B" },
    { typed: "-x quiet", name: "quiet", value: undefined },
  ]);
});

test("-l allows descriptions that match nothing", () => {
  const line = parse("-l", "-P", "syscall");
  assert.equal(line.mode, "list");
  assert.equal(line.settings[0]?.name, "zdefs");
});

for (const [words, message] of [
  [["-n"], "option requires an argument -- n"],
  [["-z"], "illegal option -- z"],
  [["-32"], "illegal option -- 32"],
  [["-l", "-V"], "only one of the [-AGhlV] options can be specified at a time"],
  [["-A"], "anonymous tracing (-A) is not supported on Linux"],
  [["-a"], "anonymous tracing (-a) is not supported on Linux"],
  [["-B", "x"], "-B is not supported"],
  [["-G", "-s", "x.d"], "-G is not supported yet"],
  [["-h", "-s", "x.d"], "-h is not supported yet"],
] as const) {
  test(`${words.join(" ")} is refused`, () => {
    const parsed = parseArguments(words);
    assert.equal("message" in parsed && parsed.message, message);
  });
}

test("no words at all ask for the usage text", () => {
  assert.deepEqual(parseArguments([]), { message: undefined, showUsage: true });
});
