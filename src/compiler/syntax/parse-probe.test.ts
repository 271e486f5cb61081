import assert from "node:assert/strict";
import { test } from "node:test";
import { parseProbeDescription } from "./parse-probe.ts";
import type { ProbeField } from "./source-text.ts";

const given = { arguments: ["dtrace", "5"], macros: new Map([["target", "77"]]) };

/** Field by field, from the left. */
const read: readonly (readonly [ProbeField, string, readonly string[]])[] = [
  ["name", "BEGIN", ["", "", "", "BEGIN"]],
  ["function", "read", ["", "", "read", ""]],
  ["module", "libc", ["", "libc", "", ""]],
  ["provider", "syscall", ["syscall", "", "", ""]],
  ["module", "fbt:ext4", ["fbt", "ext4", "", ""]],
  ["name", ":BEGIN", ["", "", "", "BEGIN"]],
  ["name", "::::BEGIN", ["", "", "", "BEGIN"]],
  ["name", "pid$target:::entry", ["pid77", "", "", "entry"]],
  ["name", "tick-$1sec", ["", "", "", "tick-5sec"]],
  ["name", "tick-$$1", ["", "", "", "tick-5"]],
  ["name", "", ["", "", "", ""]],
];

for (const [probeField, text, [provider, module, functionName, name]] of read) {
  test(`${probeField} "${text}"`, () => {
    assert.deepEqual(parseProbeDescription(text, { ...given, probeField }), {
      kind: "fields",
      fields: { provider, module, function: functionName, name },
    });
  });
}

const refused: readonly (readonly [ProbeField, string, string])[] = [
  ["name", "a:b:c:d:e", "Overspecified probe description"],
  ["provider", "a:b", "Overspecified probe description"],
  ["name", "tick-$2", "Undefined macro variable in probe description"],
  ["name", "tick-$nothing", "Undefined macro variable in probe description"],
  ["name", "tick-$", "Undefined macro variable in probe description"],
  ["function", "f".repeat(192), "File name too long"],
];

for (const [probeField, text, problem] of refused) {
  test(`${probeField} "${text}" is refused`, () => {
    assert.deepEqual(parseProbeDescription(text, { ...given, probeField }), {
      kind: "problem",
      problem,
    });
  });
}
