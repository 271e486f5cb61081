/** What works on which kernel: the page is what the lab found. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { kernels } from "../vm/kernels.ts";
import { makePage, pagePath } from "../vm/matrix/page.ts";
import { readResults } from "../vm/matrix/results.ts";
import { allRows } from "../vm/matrix/rows.ts";

test("docs/kernels.md is made of the rows and of what the guests found", () => {
  const command = "run `npm run test:vm -- --matrix`";
  assert.equal(readFileSync(pagePath, "utf8"), makePage(), command);
});

test("each row has a name of its own, and results are of rows", () => {
  const names = allRows.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { name } of kernels) {
    for (const row of readResults(name)?.keys() ?? []) assert.ok(names.includes(row), row);
  }
});
