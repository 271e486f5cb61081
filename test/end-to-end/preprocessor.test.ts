/** -C with the options that belong to it. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runDtrace } from "../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-preprocessor-"));
after(() => rmSync(folder, { recursive: true }));

const header = join(folder, "headers", "answer.h");
mkdirSync(join(folder, "headers"));
writeFileSync(header, "#define ANSWER 42\n");

const script = join(folder, "script.d");
writeFileSync(
  script,
  `#include "answer.h"
#ifdef __STDC__
#define STANDARD __STDC__
#else
#define STANDARD -1
#endif
#ifdef EXTRA
#define MORE EXTRA
#else
#define MORE 0
#endif
BEGIN { printf("%d %d %d %x", ANSWER, STANDARD, MORE, __SUNW_D_VERSION); exit(0); }
`,
);

const run = (...words: readonly string[]) =>
  runDtrace(["-C", "-q", "-I", join(folder, "headers"), ...words, "-s", script]);

for (const [words, shown] of [
  [[], "42 1 0"],
  [["-DEXTRA=5"], "42 1 5"],
  [["-DEXTRA=5", "-UEXTRA"], "42 1 0"],
  [["-Xa"], "42 0 0"],
  [["-Xc"], "42 1 0"],
  [["-Xs"], "42 -1 0"],
  [["-Xt"], "42 0 0"],
] as const) {
  test(`-C ${words.join(" ")}`, async () => {
    const { stdout, stderr } = await run(...words);
    assert.deepEqual([stdout, stderr], [`${shown} 1014000\n`, ""]);
  });
}

test("-H tells the headers that are read", async () => {
  const { stderr } = await run("-H");
  assert.equal(stderr.split("\n")[0], `. ${header}`);
});

test("-X takes only what DTrace takes", async () => {
  const { stderr, status } = await run("-Xz");
  assert.equal(stderr, "dtrace: failed to set -X z: Invalid value for specified option\n");
  assert.equal(status, 1);
});

test("a preprocessor that fails is an error", async () => {
  const { stderr, status } = await runDtrace(["-C", "-s", script]);
  assert.match(stderr, /Preprocessor failed to process input program\n$/);
  assert.equal(status, 1);
});
