/** The page of the D libraries: what each file of lib/ gives to programs, read from the file. */

import { readdirSync, readFileSync } from "node:fs";
import { makeChapter } from "../chapter.ts";
import { code, fence, table } from "../markdown.ts";
import type { Run } from "../run-example.ts";

const folder = new URL("../../../lib/", import.meta.url);

/** Those of the other processor say the same of its own registers. */
const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".d") && !path.startsWith("arm64/"))
  .sort();

export function makeLibrariesPage(run: Run): Promise<string> {
  const sections = paths.map((path) =>
    sectionOf(path, readFileSync(new URL(path, folder), "utf8")),
  );
  return makeChapter("libraries.md", run, { libraries: sections.join("\n") });
}

function sectionOf(path: string, text: string): string {
  const [, comment = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(text) ?? [];
  const head = comment.replace(/^ \* ?/gm, "").trim();
  const parts = [structures(text), translators(text), inlines(text), constants(text)];
  return [`## ${path}\n`, `${head}\n`, ...parts.filter((part) => part !== "")].join("\n");
}

function structures(text: string): string {
  const found = text.match(/^(typedef )?struct( \w+)? \{[\s\S]*?^\}.*;$/gm) ?? [];
  return found.length === 0 ? "" : fence("d", found.join("\n\n"));
}

function translators(text: string): string {
  const rows = [...text.matchAll(/^translator (.+?) < (.+?) ?(\w+) > \{/gm)].map(
    ([, to = "", from = ""]) => [code(to), code(from)],
  );
  return rows.length === 0 ? "" : table(["translated to", "from"], rows);
}

interface Inline {
  readonly type: string;
  readonly name: string;
  readonly keys: string;
}

const inlinesOf = (text: string): readonly Inline[] =>
  [...text.matchAll(/^inline ([\w ]+? \**)(\w+)(\[.*?\])? =/gm)].map(
    ([, type = "", name = "", keys = ""]) => ({ type, name, keys }),
  );

const isConstant = ({ name, keys }: Inline): boolean => keys === "" && /^[A-Z]/.test(name);

function inlines(text: string): string {
  const forms = inlinesOf(text)
    .filter((inline) => !isConstant(inline))
    .map(({ type, name, keys }) => `inline ${type}${name}${keys};`);
  return forms.length === 0 ? "" : fence("d", forms.join("\n"));
}

function constants(text: string): string {
  const names = inlinesOf(text).filter(isConstant);
  return names.length === 0
    ? ""
    : `Constants: ${names.map(({ name }) => code(name)).join(", ")}.\n`;
}
