/**
 * `dtrace --tools`: the D programs shipped in `scripts/tools`. Each begins with a comment that is
 * its help: `NAME - what it shows` and then the rest.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";

/** What `--tools` comes to: something to print, or the command line that runs the tool. */
export type ToolRequest =
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "run"; readonly words: readonly string[] };

export function toolRequest([name, ...words]: readonly string[]): ToolRequest {
  if (name === undefined) return { kind: "print", text: listTools() };
  const path = toolPath(name);
  if (words.includes("--help")) return { kind: "print", text: `${helpOf(path)}\n` };
  return { kind: "run", words: ["-s", path, ...words] };
}

const isBundle = !import.meta.url.endsWith(".ts");
const folder = fileURLToPath(
  new URL(isBundle ? "../scripts/tools" : "../../../scripts/tools", import.meta.url),
);
const suffix = ".d";

function toolPath(name: string): string {
  const path = join(folder, `${name}${suffix}`);
  if (!/^\w+$/.test(name) || !existsSync(path)) {
    throw new Failure(`no tool is called '${name}': dtrace --tools lists what there is`);
  }
  return path;
}

export const toolNames = (): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => basename(file, suffix))
    .sort();

function listTools(): string {
  const names = toolNames();
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.map((name) => {
    const [title = ""] = helpOf(toolPath(name)).split("\n");
    return `${name.padEnd(width)}  ${title.slice(title.indexOf(" - ") + 3)}`;
  });
  return `${lines.join("\n")}\n`;
}

/** The text of the comment that the program begins with. */
function helpOf(path: string): string {
  const [comment = ""] = readFileSync(path, "utf8").split("*/", 1);
  return comment
    .slice(comment.indexOf("/*") + 2)
    .split("\n")
    .map((line) => line.replace(/^ \* ?/, ""))
    .join("\n")
    .trim();
}
