/**
 * Runs the test suites with node:test. `npm test -- kernel end-to-end` runs the files whose path
 * contains one of the words. Sources run through tsx; the command under test is the built bundle.
 */

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const words = process.argv.slice(2);
const files = ["src", "test"]
  .flatMap((root) => readdirSync(root, { recursive: true }).map((name) => `${root}/${name}`))
  .filter((name) => name.endsWith(".test.ts") && !name.includes("/vm/"))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();

if (files.length === 0) {
  process.stderr.write(`no test file matches ${words.join(" ")}\n`);
  process.exit(1);
}

const environment = { ...process.env };
// Reading the certificate bundle costs every node start 100 ms, and no test needs the network.
delete environment.NODE_EXTRA_CA_CERTS;

const { status } = spawnSync(
  process.execPath,
  ["--import", "tsx", "--test", "--test-concurrency=2", ...files],
  { stdio: "inherit", env: environment },
);
process.exit(status ?? 1);
