/** Every page of the guide, by file name. */

import { makeChapter } from "./chapter.ts";
import { makeDiagnosticsPage } from "./diagnostics-page.ts";
import { variableEntries } from "./entries/variables.ts";
import { makeMacrosPage } from "./macros-page.ts";
import { makeOptionsPage } from "./options-page.ts";
import type { Run } from "./run-example.ts";
import { makeVariablesPage } from "./table-pages.ts";

export interface Page {
  /** What the contents say of it. */
  readonly summary: string;
  readonly make: (run: Run) => Promise<string>;
}

export const pages: Readonly<Record<string, Page>> = {
  "README.md": { summary: "the contents, and D in ten minutes", make: makeFirstPage },
  "variables.md": {
    summary: "what tells of the firing: `pid`, `timestamp`, `args[]`",
    make: (run) => makeVariablesPage(variableEntries, run),
  },
  "options.md": { summary: "what `-x` and `#pragma D option` set", make: makeOptionsPage },
  "macros.md": {
    summary: "operands, `$target`, `#pragma` and the preprocessor",
    make: makeMacrosPage,
  },
  "diagnostics.md": {
    summary: "every error, fault and drop, with a program for it",
    make: makeDiagnosticsPage,
  },
};

/** What else there is to read. */
const further = [
  ["../json.md", "JSON", "`-x format=json`, what is traced as an object a line"],
  ["../tools/README.md", "Tools", "the programs that come with dtrace"],
  ["../../COMPATIBILITY.md", "Compatibility", "what differs from DTrace on other systems"],
] as const;

function makeFirstPage(run: Run): Promise<string> {
  const own = Object.entries(pages)
    .filter(([name]) => name !== "README.md")
    .map(([name, { summary }]) => [name, titleOf(name), summary] as const);
  const lines = [...own, ...further].map(
    ([target, title, summary]) => `- [${title}](${target}): ${summary}.\n`,
  );
  return makeChapter("README.md", run, { contents: lines.join("") });
}

const titleOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1, -3);
