/** The guide says what is so: every page is made again, every example run again, and compared. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { firstDifference } from "../../scripts/docs/compare.ts";
import { pages } from "../../scripts/docs/pages.ts";

for (const [name, page] of Object.entries(pages)) {
  test(`docs/guide/${name} is what its tables and examples give`, async () => {
    const text = readFileSync(new URL(`../../docs/guide/${name}`, import.meta.url), "utf8");
    const difference = await firstDifference(text, page);
    assert.equal(difference?.found, difference?.wanted, "run `npm run docs`");
  });
}
