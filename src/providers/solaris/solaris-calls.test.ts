/** COMPATIBILITY.md lists every name that `-x compat=solaris` knows, with what it means. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type SolarisCall, solarisCalls } from "./solaris-calls.ts";

const documentation = readFileSync(new URL("../../../COMPATIBILITY.md", import.meta.url), "utf8");
const [, behind = ""] = documentation.split("## Solaris' names\n");
const [chapter = ""] = behind.split("\n## ");

function rowOf({ name, calls = [], relative = [] }: SolarisCall): string {
  const meaning = [...calls, ...relative.map((call) => `${call}*`)].map((call) => `\`${call}\``);
  return `| \`${name}\` | ${meaning.join(", ")} |`;
}

test("every name of Solaris is documented", () => {
  const rows = chapter.split("\n").filter((line) => line.startsWith("| `"));
  assert.deepEqual(rows, solarisCalls.map(rowOf));
});

test("no name stands twice", () => {
  const names = solarisCalls.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});
