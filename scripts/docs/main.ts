/** `npm run docs`: writes docs/guide from the tables of the compiler and runs every example. */

import { mkdirSync, writeFileSync } from "node:fs";
import { pages } from "./pages.ts";
import { runExample } from "./run-example.ts";

const folder = new URL("../../docs/guide/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, { make }] of Object.entries(pages)) {
  writeFileSync(new URL(name, folder), await make(runExample));
}
