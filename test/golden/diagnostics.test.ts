/** The catalog of messages, the tests that raise them and what is written of them agree. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { catalog } from "../../src/compiler/diagnostics/catalog.ts";

const root = join(import.meta.dirname, "..", "..");
const text = (path: string): string => readFileSync(join(root, path), "utf8");

const tags = Object.keys(catalog);

/** Every test that a program is refused: `err.D_TAG.case.d`, golden or of the whole command. */
const refusals = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" }).flatMap(
  (path) => {
    const tag = /(?:^|\/)err\.(D_\w+)\.[^/]*\.d$/.exec(path)?.[1];
    return tag === undefined ? [] : [{ path, tag }];
  },
);

/** The rows of COMPATIBILITY.md's table of tags that cannot arise. */
const neverRaised = [...section("Diagnostics").matchAll(/^\| `(D_\w+)` \|/gm)].map(
  ([, tag = ""]) => tag,
);

function section(title: string): string {
  const [, rest] = text("COMPATIBILITY.md").split(`\n## ${title}\n`);
  assert.ok(rest !== undefined, `COMPATIBILITY.md has no section "${title}"`);
  return rest.split("\n## ")[0] ?? "";
}

test("every tag has a program that is refused with it", () => {
  const raised = new Set(refusals.map(({ tag }) => tag));
  const untested = tags.filter((tag) => !raised.has(tag));
  assert.deepEqual(untested, []);
});

test("every program that is refused names a tag that there is", () => {
  const unknown = refusals.filter(({ tag }) => !tags.includes(tag));
  assert.deepEqual(unknown, []);
});

test("every golden refusal shows the tag of its name", () => {
  const golden = refusals.filter(({ path }) => path.startsWith("golden/"));
  const others = golden.filter(
    ({ path, tag }) => !text(`test/${path.replace(/\.d$/, ".diagnostics")}`).includes(`[${tag}]`),
  );
  assert.ok(golden.length > 0);
  assert.deepEqual(others, []);
});

test("every tag is raised somewhere in the compiler", () => {
  const compiler = join(root, "src", "compiler");
  const code = readdirSync(compiler, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.startsWith("diagnostics/"))
    .map((path) => readFileSync(join(compiler, path), "utf8"))
    .join("\n");
  const raised = new Set(code.match(/\bD_\w+\b/g));
  assert.deepEqual(
    tags.filter((tag) => !raised.has(tag)),
    [],
  );
});

test("no tag that is said never to arise is one of ours", () => {
  assert.ok(neverRaised.length > 0);
  assert.deepEqual(
    neverRaised.filter((tag) => tags.includes(tag)),
    [],
  );
});

test("the guide explains every tag, and no other", () => {
  const headings = text("docs/guide/diagnostics.md").matchAll(/^### (D_\w+)$/gm);
  const explained = [...headings].map(([, tag]) => tag);
  assert.deepEqual(explained.sort(), [...tags].sort());
});
