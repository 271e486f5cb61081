/** Every D program below this folder, run by the real command. */

import { readdirSync } from "node:fs";
import { describe } from "node:test";
import { fileURLToPath } from "node:url";
import { endToEndSuite } from "../harness/end-to-end-suite.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

for (const entry of readdirSync(root, { withFileTypes: true })) {
  if (entry.isDirectory()) describe(entry.name, () => endToEndSuite(`${root}${entry.name}`));
}
