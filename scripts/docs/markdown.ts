/** Pieces of a page: tables, fences, examples with what they print. */

import type { Example } from "./entry.ts";
import { isOneLiner, type Run, wordsOf } from "./run-example.ts";

export const fence = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.replace(/\s+$/, "")}\n\`\`\`\n`;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n")}\n`;
}

/** Code in a cell of a table. Names of a module's types have a backquote. */
export const code = (text: string): string => {
  const mark = text.includes("`") ? "``" : "`";
  return `${mark}${text.replaceAll("|", "\\|")}${mark}`;
};

/** The anchor that readers of markdown give a heading. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");

export const link = (heading: string): string => `[\`${heading}\`](#${anchor(heading)})`;

/** The program, how it is run, and what came of it. */
export async function showExample(example: Example, run: Run): Promise<string> {
  const program = example.program.trim();
  const trimmed = { ...example, program };
  const files = Object.entries(example.files ?? {}).map(([name, text]) =>
    fence("", `# cat ${name}\n${text.trimEnd()}`),
  );
  const source = isOneLiner(trimmed) ? "" : fence("d", program);
  const command = `# dtrace ${wordsOf(trimmed).map(shellWord).join(" ")}`;
  const output = example.destructive ? "" : await run(trimmed);
  return [...files, source, fence("", `${command}\n${printable(output)}`)].join("");
}

function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return word.includes("'") ? `"${word.replace(/["$`\\]/g, "\\$&")}"` : `'${word}'`;
}

/** Lines without the blanks at their ends; a first empty line stays, as aggregations begin. */
const printable = (text: string): string => text.replace(/[ \t]+$/gm, "").replace(/\n+$/, "");
