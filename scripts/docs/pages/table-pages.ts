/** The pages of variables, subroutines, actions and aggregating functions, a section a name. */

import { builtinVariables } from "../../../src/compiler/check/identifiers/builtin-variables.ts";
import { destructiveFunctions } from "../../../src/compiler/check/identifiers/functions.ts";
import { parsePrototype } from "../../../src/compiler/check/identifiers/prototypes.ts";
import { stabilityText } from "../../../src/compiler/types/stability.ts";
import { makeChapter } from "../chapter.ts";
import { type FurtherVariable, furtherVariables } from "../entries/further-variables.ts";
import type { GuideEntry } from "../entry.ts";
import { code, link, showExample, table } from "../markdown.ts";
import type { Run } from "../run-example.ts";

interface Row {
  readonly name: string;
  /** How it is called, or its type. */
  readonly form: string;
  readonly entry: GuideEntry;
  /** What stands below the form. */
  readonly facts?: string;
}

type Entries = Readonly<Record<string, GuideEntry>>;

export function makeVariablesPage(entries: Entries, run: Run): Promise<string> {
  const own = Object.entries(builtinVariables).map(([name, { type, stability }]) => ({
    name,
    form: declaration(type, name),
    entry: entryOf(entries, name),
    facts: `Stability: ${stabilityText(stability)}.`,
  }));
  const others = Object.entries(furtherVariables).map(
    ([name, { type, ...entry }]: [string, FurtherVariable]) => ({ name, form: type, entry }),
  );
  return makePage("variables.md", [...own, ...others], run);
}

export interface FunctionTable {
  readonly chapter: string;
  readonly prototypes: Readonly<Record<string, string>>;
  readonly entries: Entries;
}

export const makeFunctionsPage = (table: FunctionTable, run: Run): Promise<string> =>
  makePage(table.chapter, functionRows(table), run);

function functionRows({ prototypes, entries }: FunctionTable): readonly Row[] {
  return Object.entries(prototypes).map(([name, prototype]) => ({
    name,
    form: signature(name, prototype),
    entry: entryOf(entries, name),
    ...(destructiveFunctions.has(name) ? { facts: "Destructive: it needs `-w`." } : {}),
  }));
}

/** `@` is any value; optional parameters stay in brackets. */
function signature(name: string, prototype: string): string {
  const { returns } = parsePrototype(prototype);
  const parameters = prototype.slice(returns.length + 1, -1).replaceAll("@", "value");
  return declaration(returns, `${name}(${parameters})`);
}

const declaration = (type: string, name: string): string =>
  type.endsWith("*") ? type + name : `${type} ${name}`;

function entryOf(entries: Entries, name: string): GuideEntry {
  const entry = entries[name];
  if (entry === undefined) throw new Error(`the guide has no entry for ${name}`);
  return entry;
}

async function makePage(chapter: string, rows: readonly Row[], run: Run): Promise<string> {
  const sorted = rows.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const sections = await Promise.all(sorted.map((row) => sectionOf(row, run)));
  const summary = table(
    ["name", "form"],
    sorted.map(({ name, form }) => [link(name), code(form)]),
  );
  return `${await makeChapter(chapter, run, { summary })}\n${sections.join("\n")}`;
}

async function sectionOf({ name, form, entry, facts }: Row, run: Run): Promise<string> {
  const { text, example, ...settings } = entry;
  const shown = await showExample({ ...settings, program: example }, run);
  const note = facts === undefined ? [] : [`${facts}\n`];
  return [`### ${name}\n`, `    ${form}\n`, `${text}\n`, ...note, shown].join("\n");
}
