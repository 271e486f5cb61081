/**
 * Golden files: each input of a folder is turned into text and compared with the file beside it.
 * `UPDATE_GOLDEN=1` writes what was produced instead. An output whose input is gone fails.
 */

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

export interface GoldenSuite {
  /** Below `test/golden`. */
  readonly folder: string;
  /** The ending of input files, with its dot. */
  readonly input: string;
  readonly output: string;
  /** Which inputs, by name without ending; suites may share a folder. */
  readonly selects: (name: string) => boolean;
  readonly produce: (source: string, name: string) => string;
}

const root = join(import.meta.dirname, "..", "golden");

export function goldenSuite(suite: GoldenSuite): void {
  const folder = join(root, suite.folder);
  const files = readdirSync(folder);
  const names = (ending: string): string[] =>
    files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
  const inputs = names(suite.input).filter(suite.selects);

  for (const name of inputs) {
    test(`${suite.folder}/${name}`, () => checkGolden(suite, join(folder, name), name));
  }

  test(`${suite.folder}: every ${suite.output} has its ${suite.input}`, () => {
    assert.ok(inputs.length > 0, `no input in ${folder}`);
    const orphans = names(suite.output).filter((name) => !inputs.includes(name));
    assert.deepEqual(orphans, []);
  });
}

function checkGolden(suite: GoldenSuite, path: string, name: string): void {
  const produced = suite.produce(readFileSync(path + suite.input, "utf8"), name);
  const golden = path + suite.output;
  if (process.env["UPDATE_GOLDEN"] === "1") {
    writeFileSync(golden, produced);
    return;
  }
  assert.ok(existsSync(golden), `${golden} is missing: run with UPDATE_GOLDEN=1 and read it`);
  assert.equal(produced, readFileSync(golden, "utf8"));
}
