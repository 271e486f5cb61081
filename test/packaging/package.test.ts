/** What npm makes of the project: packed, installed, built anew, run from anywhere. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { asNobody } from "../harness/restricted.ts";
import { type Outcome, runCommand } from "../harness/run-dtrace.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "dtrace-package-"));
after(() => rmSync(folder, { recursive: true }));

const checkout = join(folder, "checkout");
const installed = join(folder, "global/lib/node_modules/dtrace-linux");
const program = ["-q", "-n", "BEGIN { trace(7); exit(0) }"];

/** `files` of package.json, and what npm always adds. */
const packed =
  /^(bin\/|dist\/|docs\/(guide|tools)\/|docs\/(json|kernels|one-liners|providers)\.md$|examples\/|include\/|lib\/|man\/|scripts\/tools\/|(LICENSE|README\.md|COMPATIBILITY\.md|package\.json)$)/;

async function npm(words: readonly string[], cwd: string): Promise<string> {
  const { stdout, stderr, status } = await runCommand("npm", words, { cwd, timeoutMs: 180_000 });
  assert.equal(status, 0, stderr);
  return stdout;
}

const quick = ["--prefer-offline", "--no-audit", "--no-fund"];

/** A copy of the sources, so that nobody's `dist` changes under them. */
before(async () => {
  const words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", words, { cwd: root, encoding: "utf8" });
  for (const path of listed.split("\0").filter((name) => name !== "" && existsSync(root + name))) {
    cpSync(join(root, path), join(checkout, path));
  }
  await npm(["ci", ...quick], checkout);

  const told = await npm(["pack", "--json", "--pack-destination", folder], checkout);
  const [tarball] = JSON.parse(told.slice(told.indexOf("[\n")));
  for (const { path } of tarball.files) assert.match(path, packed);
  const place = ["--global", "--prefix", join(folder, "global")];
  await npm(["install", ...place, ...quick, join(folder, tarball.filename)], folder);
});

/** Nothing of the checkout or of the caller's environment is at hand. */
function runInstalled(command: string, ...words: readonly string[]): Promise<Outcome> {
  const path = `${dirname(process.execPath)}:/usr/bin:/bin`;
  return runCommand("env", ["-i", `PATH=${path}`, command, ...words], { cwd: "/" });
}

test("the installed command traces", async () => {
  const { stdout, stderr, status } = await runInstalled(
    join(folder, "global/bin/dtrace"),
    ...program,
  );
  assert.equal(stdout, "7\n", stderr);
  assert.equal(status, 0);
});

test("the installed command finds its libraries", async () => {
  const { stdout, stderr } = await runInstalled(
    join(folder, "global/bin/dtrace"),
    "-q",
    "-n",
    "BEGIN { trace(ENOENT); exit(0) }",
  );
  assert.equal(stdout, "2\n", stderr);
});

test("npx runs the command of the checkout", async () => {
  const { stdout, stderr } = await runCommand("npx", ["dtrace", ...program], { cwd: checkout });
  assert.equal(stdout, "7\n", stderr);
});

const cache = join(installed, "dist/dtrace.cache");

function invert(bytes: Uint8Array, from: number, step: number): Uint8Array {
  const changed = bytes.slice();
  for (let at = from; at < changed.length; at += step) changed[at] = 0xff ^ (changed[at] ?? 0);
  return changed;
}

for (const [state, spoil] of [
  ["missing", () => rmSync(cache)],
  ["empty", () => truncateSync(cache, 0)],
  ["cut off", () => truncateSync(cache, 300_000)],
  [
    "a folder",
    () => {
      rmSync(cache);
      mkdirSync(cache);
    },
  ],
  ["damaged everywhere", () => writeFileSync(cache, invert(readFileSync(cache), 0, 1))],
  ["damaged in places", () => writeFileSync(cache, invert(readFileSync(cache), 5_000, 20_011))],
  [
    "of another bundle",
    () => {
      const bundle = join(installed, "dist/dtrace.cjs");
      writeFileSync(bundle, readFileSync(bundle, "utf8").replace("Sun D 1.14", "Sun D 9.99"));
    },
  ],
] as const) {
  test(`a cache of compiled code that is ${state} is ignored`, async () => {
    const kept = join(folder, "kept");
    cpSync(join(installed, "dist"), kept, { recursive: true });
    spoil();
    const { stdout, stderr } = await runInstalled(join(folder, "global/bin/dtrace"), ...program);
    rmSync(join(installed, "dist"), { recursive: true });
    cpSync(kept, join(installed, "dist"), { recursive: true });
    rmSync(kept, { recursive: true });
    assert.equal(stdout, "7\n", stderr);
    assert.equal(stderr, "");
  });
}

test("who may not read the cache or write where the package is runs the command too", async () => {
  chmodSync(folder, 0o755);
  chmodSync(cache, 0o600);
  const command = [...asNobody(), process.execPath, join(folder, "global/bin/dtrace")];
  const { stdout, stderr } = await runCommand("setpriv", [...command, "-e", ...program]);
  assert.equal(stdout + stderr, "");
});

test("npm ci has made the command in a fresh checkout", async () => {
  const { stdout, stderr } = await runInstalled(join(checkout, "bin/dtrace"), ...program);
  assert.equal(stdout, "7\n", stderr);
});
