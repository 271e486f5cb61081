/**
 * `npm run docs`: writes docs/guide, the pages beside it and man/dtrace.1 from the tables of the
 * compiler and of the providers, and runs every example. A page that would differ only in what differs from run to run stays.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { firstDifference } from "./compare.ts";
import { makeManPage } from "./man-page.ts";
import { type Page, pages } from "./pages.ts";
import { referencePages } from "./reference-pages.ts";
import { runExample } from "./run-example.ts";

const root = new URL("../../", import.meta.url);
for (const folder of ["docs/guide", "man"]) mkdirSync(new URL(folder, root), { recursive: true });
for (const [name, page] of Object.entries(pages)) {
  await writePage(new URL(`docs/guide/${name}`, root), page);
}
for (const [name, page] of Object.entries(referencePages)) {
  await writePage(new URL(`docs/${name}`, root), page);
}
writeFileSync(new URL("man/dtrace.1", root), makeManPage());

async function writePage(path: URL, page: Page): Promise<void> {
  const present = existsSync(path) ? readFileSync(path, "utf8") : "";
  if ((await firstDifference(present, page)) === undefined) return;
  writeFileSync(path, await page.make(runExample));
}
