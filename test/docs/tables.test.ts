/** Each row of a table has its section in the guide, and each section its row. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { furtherVariables } from "../../scripts/docs/entries/further-variables.ts";
import { pages } from "../../scripts/docs/pages.ts";
import { builtinVariables } from "../../src/compiler/check/identifiers/builtin-variables.ts";
import {
  actions,
  aggregatingFunctions,
  subroutines,
} from "../../src/compiler/check/identifiers/functions.ts";
import { catalog } from "../../src/compiler/diagnostics/catalog.ts";
import { optionTable } from "../../src/compiler/options/option-table.ts";
import { macroVariables } from "../../src/consumer/macros.ts";
import { conversionNames } from "../../src/format/conversions.ts";

const tables: Readonly<Record<string, object>> = {
  "variables.md": { ...builtinVariables, ...furtherVariables },
  "subroutines.md": subroutines,
  "actions.md": actions,
  "aggregations.md": aggregatingFunctions,
  "options.md": optionTable,
};

const readPage = (name: string): string =>
  readFileSync(new URL(`../../docs/guide/${name}`, import.meta.url), "utf8");

const sectionsOf = (name: string): readonly string[] =>
  [...readPage(name).matchAll(/^### (.+)$/gm)].map(([, heading = ""]) => heading);

for (const [name, table] of Object.entries(tables)) {
  test(`${name} has a section for each row`, () => {
    assert.deepEqual(sectionsOf(name), Object.keys(table).sort());
  });
}

test("diagnostics.md has a section for each tag", () => {
  const tags = sectionsOf("diagnostics.md").filter((heading) => heading.startsWith("D_"));
  assert.deepEqual([...tags].sort(), Object.keys(catalog).sort());
});

test("formats.md has a row for each conversion", () => {
  const rows = [...readPage("formats.md").matchAll(/^\| `%(\S+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(rows, conversionNames);
});

test("macros.md has a row for each macro variable", () => {
  const rows = [...readPage("macros.md").matchAll(/^\| `\$(\w+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(rows, [...macroVariables(undefined).keys()].sort());
});

test("links of the guide lead somewhere", () => {
  const texts = new Map(Object.keys(pages).map((name) => [name, readPage(name)]));
  const anchors = new Map([...texts].map(([name, text]) => [name, anchorsOf(text)]));
  const broken = [...texts].flatMap(([name, text]) =>
    [...text.matchAll(/\]\((\w+\.md)?(?:#([^)]+))?\)/g)]
      .filter(([, page = name, anchor]) => {
        const found = anchors.get(page);
        return found === undefined || (anchor !== undefined && !found.has(anchor));
      })
      .map(([link]) => `${name}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

/** As readers of markdown make them of headings. */
const anchorsOf = (page: string): ReadonlySet<string> =>
  new Set(
    [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    ),
  );
