/** The page of formats: every conversion with what it takes and what it prints. */

import { conversionNames, conversionRow } from "../../../src/format/conversions.ts";
import { makeChapter } from "../chapter.ts";
import { formatEntries } from "../entries/formats.ts";
import { code, table } from "../markdown.ts";
import type { Run } from "../run-example.ts";

export async function makeFormatsPage(run: Run): Promise<string> {
  const printed = await printValues(run);
  const rows = conversionNames.map((name) => {
    const { text, value } = entryOf(name);
    const shown = value === undefined ? ["", ""] : [code(value), code(printed.get(name) ?? "")];
    return [code(`%${name}`), takenBy(name), text, ...shown];
  });
  const head = ["conversion", "takes", "prints", "for example", "it prints"];
  return makeChapter("formats.md", run, { conversions: table(head, rows) });
}

function entryOf(name: string): (typeof formatEntries)[string] {
  const entry = formatEntries[name];
  if (entry === undefined) throw new Error(`the guide has no entry for %${name}`);
  return entry;
}

const takenBy = (name: string): string => conversionRow(name)?.prototype ?? "";

/** One program prints them all, each in its line. */
async function printValues(run: Run): Promise<ReadonlyMap<string, string>> {
  const names = conversionNames.filter((name) => entryOf(name).value !== undefined);
  const lines = names.map((name) => `\tprintf("%${name}\\n", ${entryOf(name).value});\n`);
  const output = await run({ program: `BEGIN\n{\n${lines.join("")}\texit(0);\n}\n` });
  const printed = output.split("\n");
  return new Map(names.map((name, index) => [name, printed[index] ?? ""]));
}
