/** Providers and one-liners: complete, and their examples still print what they show. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { shapeOf, varyingExamples } from "../../scripts/docs/compare.ts";
import { kernelProbes } from "../../scripts/docs/providers/kernel-probes.ts";
import { drawnProviders } from "../../scripts/docs/providers/tables.ts";
import { referencePages } from "../../scripts/docs/reference-pages.ts";
import { runExample } from "../../scripts/docs/run-example.ts";
import { initialOptions } from "../../src/compiler/options/options.ts";
import { openSystem } from "../../src/consumer/system.ts";
import { allProviders } from "../../src/providers/registry.ts";

const readPage = (name: string): string =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");

test("each provider is in the page, and each probe of the running kernel in its table", () => {
  const page = readPage("providers.md");
  const names = allProviders.map(({ name }) => name).filter((name) => name !== "");
  assert.deepEqual(
    names.filter((name) => !page.includes(`\`${name}`) && !page.includes(`\n## ${name}\n`)),
    [],
  );
  const { registry } = openSystem(new Map(), initialOptions());
  const drawn = new Set(drawnProviders.map(({ name }) => name));
  const missing = Object.keys(kernelProbes(registry)).filter((key) => {
    const [provider = "", , , name = ""] = key.split(":");
    if (!drawn.has(provider)) return false;
    const section = page.split(`\n## ${provider}\n`)[1]?.split("\n## ")[0] ?? "";
    return !section.includes(`\n| \`${name}\` |`);
  });
  assert.deepEqual(missing, []);
});

for (const [name, page] of Object.entries(referencePages)) {
  test(`docs/${name} shows what its examples print`, async () => {
    const shown = await varyingExamples(readPage(name), page);
    assert.notEqual(shown.length, 0);
    await Promise.all(
      shown.map(async ({ example, output }) => {
        const printed = await runExample(example);
        assert.doesNotMatch(printed, /^dtrace: /m, example.program);
        const wanted = [...shapeOf(output)];
        const found = shapeOf(printed);
        const common = wanted.filter((line) => found.has(line));
        assert.ok(
          common.length * 2 >= wanted.length && common.length > 0,
          `${example.program}\n${printed}\nbut the page shows\n${output}`,
        );
      }),
    );
  });
}
