/** Of any program the compiler makes code or says what is wrong and where; the kernel takes the code. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { programOf } from "../fuzz/cases.ts";
import { corpus } from "../fuzz/corpus.ts";
import { judge } from "../fuzz/judge.ts";

const texts = corpus();
const firstSeed = 1;

function assertRight(text: string, load: boolean): string {
  const verdict = judge(text, load);
  assert.ok(verdict.kind !== "wrong", `${"problem" in verdict ? verdict.problem : ""}\n${text}`);
  return verdict.kind;
}

test("generated and mutated programs are compiled or refused in order", () => {
  for (let seed = firstSeed; seed < firstSeed + 60; seed += 1) {
    assertRight(programOf(seed, texts), false);
  }
});

test("the verifier takes what generated programs compile to", () => {
  const verdicts = Array.from({ length: 24 }, (_, index) =>
    // Every fourth is neither mutated nor taken from elsewhere.
    assertRight(programOf(index * 4 + 2, texts), true),
  );
  assert.ok(verdicts.includes("loaded"));
});

test("any text at all is compiled or refused in order", () => {
  const marks = fc.constantFrom(..."{}()[]@$`\"'\\/*;:,.?<>=!~^&|+-%# \n\tax0_".split(""));
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: marks, maxLength: 60 }));
  fc.assert(
    fc.property(text, (any) => {
      assertRight(any, false);
    }),
    { seed: 1, numRuns: 150 },
  );
});
