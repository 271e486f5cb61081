/** Every page of the guide, by file name. */

import { makeDiagnosticsPage } from "./diagnostics-page.ts";
import { makeOptionsPage } from "./options-page.ts";
import type { Run } from "./run-example.ts";

export const pages: Readonly<Record<string, (run: Run) => Promise<string>>> = {
  "options.md": makeOptionsPage,
  "diagnostics.md": makeDiagnosticsPage,
};
