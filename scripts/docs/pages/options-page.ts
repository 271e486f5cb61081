/** The page of options: what the option table says of each, with words and an example. */

import {
  type OptionKind,
  type OptionName,
  type OptionPhase,
  type OptionRow,
  optionRow,
  optionTable,
} from "../../../src/compiler/options/option-table.ts";
import { type Fillings, makeChapter } from "../chapter.ts";
import { compileOptions } from "../entries/options/compile-options.ts";
import type { OptionEntry } from "../entries/options/option-entry.ts";
import { runOptions } from "../entries/options/run-options.ts";
import { code, link, showExample, table } from "../markdown.ts";
import type { Run } from "../run-example.ts";

export const optionEntries: Readonly<Record<OptionName, OptionEntry>> = {
  ...compileOptions,
  ...runOptions,
};

const names = Object.keys(optionTable).sort() as readonly OptionName[];

/** What a value of the kind is, in a few words. */
const kindWords: Readonly<Record<Extract<OptionKind, string>, string>> = {
  flag: "on or off",
  count: "a number",
  size: "a size",
  rate: "a rate",
  text: "text",
  list: "text, added to a list",
  names: "a name, added to a list",
  stability: "name/data/class",
  version: "a version",
  trees: "`parse`, `typed` or their bits, 1 and 2",
};

const phaseWords: Readonly<Record<OptionPhase, string>> = {
  compile: "on the command line and by `#pragma D option`",
  enable: "on the command line and by `#pragma D option`",
  trace: "on the command line, by `#pragma D option` and by `setopt()` while tracing",
};

export async function makeOptionsPage(run: Run): Promise<string> {
  const sections = await Promise.all(names.map((name) => sectionOf(name, run)));
  const fillings: Fillings = { options: summary() };
  return `${await makeChapter("options.md", run, fillings)}\n${sections.join("\n")}`;
}

function summary(): string {
  const rows = names.map((name) => {
    const row = optionRow(name);
    return [link(name), valueText(row), defaultText(row), row.summary];
  });
  return table(["option", "value", "default", "what it sets"], rows);
}

export function valueText({ kind }: OptionRow): string {
  return typeof kind === "string" ? kindWords[kind] : kind.map(code).join(", ");
}

export function defaultText({ kind, initial }: OptionRow): string {
  if (initial === undefined) return kind === "flag" ? "off" : "";
  if (kind === "flag") return "on";
  if (typeof initial === "string") return code(initial);
  if (kind === "size") return sizeText(initial);
  return kind === "rate" ? rateText(initial) : String(initial);
}

const sizeUnits = [
  ["m", 1024 ** 2],
  ["k", 1024],
] as const;

function sizeText(bytes: number): string {
  const unit = sizeUnits.find(([, size]) => bytes % size === 0);
  return unit ? code(`${bytes / unit[1]}${unit[0]}`) : code(String(bytes));
}

const rateText = (periodNs: number): string => code(`${Math.round(1e9 / periodNs)}hz`);

async function sectionOf(name: OptionName, run: Run): Promise<string> {
  const row = optionRow(name);
  const { text, example, ...settings } = optionEntries[name];
  const shown =
    example === undefined ? "" : await showExample({ ...settings, program: example }, run);
  return [`### ${name}\n`, `${text}\n`, `${factsOf(row)}\n`, ...(shown === "" ? [] : [shown])].join(
    "\n",
  );
}

function factsOf(row: OptionRow): string {
  const initial = defaultText(row);
  return [
    `Value: ${valueText(row)}.`,
    ...(initial === "" ? [] : [`Default: ${initial}.`]),
    `Set ${row.commandLineOnly ? "on the command line" : phaseWords[row.phase]}.`,
    ...(row.withoutEffect ? ["**It is accepted and has no effect.**"] : []),
  ].join(" ");
}
