/** The guide says what is so: every page is made again, every example run again, and compared. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { firstDifference } from "../../scripts/docs/compare.ts";
import { pages } from "../../scripts/docs/pages.ts";
import { referencePages } from "../../scripts/docs/reference-pages.ts";

const all = [
  ...Object.entries(pages).map(([name, page]) => [`docs/guide/${name}`, page] as const),
  ...Object.entries(referencePages).map(([name, page]) => [`docs/${name}`, page] as const),
];

for (const [path, page] of all) {
  test(`${path} is what its tables and examples give`, async () => {
    const text = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
    const difference = await firstDifference(text, page);
    assert.equal(difference?.found, difference?.wanted, "run `npm run docs`");
  });
}
