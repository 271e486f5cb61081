/** Every page of the guide, by file name. */

import {
  actions,
  aggregatingFunctions,
  subroutines,
} from "../../src/compiler/check/identifiers/functions.ts";
import { makeChapter } from "./chapter.ts";
import { actionEntries } from "./entries/actions.ts";
import { aggregationEntries } from "./entries/aggregations.ts";
import { subroutineEntries } from "./entries/subroutines.ts";
import { variableEntries } from "./entries/variables.ts";
import { makeDiagnosticsPage } from "./pages/diagnostics-page.ts";
import { makeFormatsPage } from "./pages/formats-page.ts";
import { makeLanguagePage } from "./pages/language-page.ts";
import { makeLibrariesPage } from "./pages/libraries-page.ts";
import { makeMacrosPage } from "./pages/macros-page.ts";
import { makeOptionsPage } from "./pages/options-page.ts";
import { makeFunctionsPage, makeVariablesPage } from "./pages/table-pages.ts";
import type { Run } from "./run-example.ts";

export interface Page {
  /** What the contents say of it. */
  readonly summary: string;
  readonly make: (run: Run) => Promise<string>;
}

export const pages: Readonly<Record<string, Page>> = {
  "README.md": { summary: "the contents, and D in ten minutes", make: makeFirstPage },
  "language.md": {
    summary: "the whole of D's grammar: text, types, operators, declarations",
    make: makeLanguagePage,
  },
  "variables.md": {
    summary: "what tells of the firing: `pid`, `timestamp`, `args[]`",
    make: (run) => makeVariablesPage(variableEntries, run),
  },
  "subroutines.md": {
    summary: "what has a value in an expression: `strlen()`, `copyinstr()`",
    make: (run) =>
      makeFunctionsPage(
        { chapter: "subroutines.md", prototypes: subroutines, entries: subroutineEntries },
        run,
      ),
  },
  "actions.md": {
    summary: "what records or does something: `printf()`, `stack()`, `exit()`",
    make: (run) =>
      makeFunctionsPage(
        { chapter: "actions.md", prototypes: actions, entries: actionEntries },
        run,
      ),
  },
  "aggregations.md": {
    summary: "values folded by key: `count()`, `quantize()`",
    make: (run) =>
      makeFunctionsPage(
        {
          chapter: "aggregations.md",
          prototypes: aggregatingFunctions,
          entries: aggregationEntries,
        },
        run,
      ),
  },
  "formats.md": { summary: "the conversions of `printf()` and `printa()`", make: makeFormatsPage },
  "libraries.md": {
    summary: "`psinfo_t` and its kin, translators, constants",
    make: makeLibrariesPage,
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
  ["../providers.md", "Providers", "every probe, its arguments and what carries it"],
  ["../one-liners.md", "One-liners", "short programs for each provider, with what they print"],
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
