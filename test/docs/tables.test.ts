/** Each row of a table has its section in the guide, and each section its row. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { furtherVariables } from "../../scripts/docs/entries/further-variables.ts";
import { builtinVariables } from "../../src/compiler/check/identifiers/builtin-variables.ts";
import {
  actions,
  aggregatingFunctions,
  subroutines,
} from "../../src/compiler/check/identifiers/functions.ts";
import { catalog } from "../../src/compiler/diagnostics/catalog.ts";
import { optionTable } from "../../src/compiler/options/option-table.ts";

const tables: Readonly<Record<string, object>> = {
  variables: { ...builtinVariables, ...furtherVariables },
  subroutines,
  actions,
  aggregations: aggregatingFunctions,
  options: optionTable,
};

const readPage = (name: string): string =>
  readFileSync(new URL(`../../docs/guide/${name}.md`, import.meta.url), "utf8");

const sectionsOf = (name: string): readonly string[] =>
  [...readPage(name).matchAll(/^### (.+)$/gm)].map(([, heading = ""]) => heading);

for (const [name, table] of Object.entries(tables)) {
  test(`${name}.md has a section for each row`, () => {
    assert.deepEqual(sectionsOf(name), Object.keys(table).sort());
  });
}

test("diagnostics.md has a section for each tag", () => {
  const tags = sectionsOf("diagnostics").filter((heading) => heading.startsWith("D_"));
  assert.deepEqual([...tags].sort(), Object.keys(catalog).sort());
});

test("links of the guide lead somewhere", () => {
  const names = ["README", "macros", "diagnostics", ...Object.keys(tables)];
  const anchors = new Map(names.map((name) => [`${name}.md`, anchorsOf(readPage(name))]));
  const broken = names.flatMap((name) =>
    [...readPage(name).matchAll(/\]\(([\w]*\.md)?#([^)]+)\)/g)]
      .filter(([, page = `${name}.md`, anchor = ""]) => anchors.get(page)?.has(anchor) !== true)
      .map(([text]) => `${name}.md: ${text}`),
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
