/**
 * `npm run docs`: writes docs/guide and man/dtrace.1 from the tables of the compiler, and runs every
 * example of the guide.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { makeManPage } from "./man-page.ts";
import { pages } from "./pages.ts";
import { runExample } from "./run-example.ts";

const root = new URL("../../", import.meta.url);
for (const folder of ["docs/guide", "man"]) mkdirSync(new URL(folder, root), { recursive: true });
for (const [name, { make }] of Object.entries(pages)) {
  writeFileSync(new URL(`docs/guide/${name}`, root), await make(runExample));
}
writeFileSync(new URL("man/dtrace.1", root), makeManPage());
