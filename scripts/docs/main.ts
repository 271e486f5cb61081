/**
 * `npm run docs`: writes docs/guide and man/dtrace.1 from the tables of the compiler, and runs every
 * example of the guide. A page that would differ only in what differs from run to run stays.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { firstDifference } from "./compare.ts";
import { makeManPage } from "./man-page.ts";
import { type Page, pages } from "./pages.ts";
import { runExample } from "./run-example.ts";

const root = new URL("../../", import.meta.url);
for (const folder of ["docs/guide", "man"]) mkdirSync(new URL(folder, root), { recursive: true });
for (const [name, page] of Object.entries(pages)) {
  await writePage(new URL(`docs/guide/${name}`, root), page);
}
writeFileSync(new URL("man/dtrace.1", root), makeManPage());

async function writePage(path: URL, page: Page): Promise<void> {
  const present = existsSync(path) ? readFileSync(path, "utf8") : "";
  if ((await firstDifference(present, page)) === undefined) return;
  writeFileSync(path, await page.make(runExample));
}
