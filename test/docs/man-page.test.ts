/** The manual page: made of what there is, complete, and without a warning of man's. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { makeManPage } from "../../scripts/docs/man-page.ts";
import { parseArguments } from "../../src/cli/arguments.ts";
import { usageText } from "../../src/cli/usage.ts";

const path = fileURLToPath(new URL("../../man/dtrace.1", import.meta.url));
const page = readFileSync(path, "utf8");

test("the page is what its text and the option table give", () => {
  assert.equal(page, makeManPage(), "run `npm run docs`");
});

/** Letters that the command does not call illegal. */
const taken = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"].filter((letter) => {
  const line = parseArguments([`-${letter}`, "1"]);
  return !("message" in line && line.message?.startsWith("illegal option"));
});

test("each option of the command line is in the page, and no other", () => {
  const own = page.slice(0, page.indexOf(".Sh OPERANDS"));
  const items = [...own.matchAll(/^\.It Fl ([A-Za-z])\b/gm)];
  const documented = new Set(items.map(([, letter]) => letter));
  assert.deepEqual([...documented].sort(), taken);
});

test("the summary has the long options of the page", () => {
  const long = (text: string, pattern: RegExp) =>
    [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
  assert.deepEqual(long(page, /^\.It Fl (?:V , Fl )?-(\w+)/gm), long(usageText, /^\t--(\w+)/gm));
});

const hasMan = spawnSync("man", ["--version"]).status === 0;

test("man shows it without a warning", () => {
  if (!hasMan) return;
  const { status, stdout, stderr } = spawnSync("man", ["--warnings", "-l", path], {
    encoding: "utf8",
    env: { ...process.env, MANWIDTH: "80", LC_ALL: "C.UTF-8" },
  });
  assert.equal(stderr, "");
  assert.equal(status, 0);
  assert.match(stdout, /EXIT STATUS/);
});
