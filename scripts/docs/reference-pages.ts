/** The pages beside the guide, by file name in docs. */

import { makeChapter } from "./chapter.ts";
import type { Page } from "./pages.ts";
import { probeTables } from "./providers/tables.ts";

export const referencePages: Readonly<Record<string, Page>> = {
  "providers.md": {
    summary: "every probe: its arguments, what carries it, which kernels have it",
    make: (run) => makeChapter("providers.md", run, probeTables()),
  },
  "one-liners.md": {
    summary: "short programs for each provider, with what they print",
    make: (run) => makeChapter("one-liners.md", run, {}),
  },
};
