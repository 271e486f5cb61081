/** The guide says what is so: every page is made again, every example run again, and compared. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pages } from "../../scripts/docs/pages.ts";
import { runExample } from "../../scripts/docs/run-example.ts";

/** Stands for what differs from run to run. */
const anything = "\u0000";

for (const [name, { make }] of Object.entries(pages)) {
  test(`docs/guide/${name} is what its tables and examples give`, async () => {
    const made = await make((example) =>
      example.varies ? Promise.resolve(anything) : runExample(example),
    );
    compare(readFileSync(new URL(`../../docs/guide/${name}`, import.meta.url), "utf8"), made);
  });
}

/** Every piece stands in the page, one after the other: the first that does not is shown. */
function compare(page: string, made: string): void {
  const pieces = made.split(anything);
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const found = index === 0 ? (page.startsWith(piece) ? 0 : -1) : page.indexOf(piece, at);
    if (found < 0) assert.equal(page.slice(at, at + piece.length), piece, "run `npm run docs`");
    at = found + piece.length;
  }
  assert.equal(page.slice(at), "", "run `npm run docs`");
}
