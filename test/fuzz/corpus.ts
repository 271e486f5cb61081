/** The D programs of the other suites, to be mutated. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function corpus(): readonly string[] {
  const root = join(import.meta.dirname, "..");
  return ["golden", "end-to-end"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".d"))
        .sort()
        .map((name) => readFileSync(join(root, folder, name), "utf8")),
    )
    .filter((text) => text.length < 8_192);
}
