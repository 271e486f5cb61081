/** What the guests found: a file for each kernel, a line of JSON for each row. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Cell {
  readonly works: boolean;
  /** The mechanism, or what refused. */
  readonly how: string;
}

/** Begins a guest's line that is a result. */
export const resultMark = "matrix: ";

const folder = fileURLToPath(new URL("results", import.meta.url));
const fileOf = (kernel: string): string => `${folder}/${kernel}.jsonl`;

/** By the name of the row; undefined where the kernel never ran. */
export function readResults(kernel: string): ReadonlyMap<string, Cell> | undefined {
  if (!existsSync(fileOf(kernel))) return undefined;
  const lines = readFileSync(fileOf(kernel), "utf8").trim().split("\n");
  return new Map(
    lines.map((line): [string, Cell] => {
      const { name, works, how } = JSON.parse(line) as Cell & { readonly name: string };
      return [name, { works, how }];
    }),
  );
}

/** Keeps what a guest's output tells; what it did not come to stays as it was found before. */
export function keepResults(kernel: string, output: string, names: readonly string[]): void {
  const found = new Map(
    [...(readResults(kernel) ?? [])].map(([name, cell]) => [
      name,
      JSON.stringify({ name, ...cell }),
    ]),
  );
  for (const line of output.split("\n")) {
    if (!line.startsWith(resultMark)) continue;
    const text = line.slice(resultMark.length);
    found.set((JSON.parse(text) as { readonly name: string }).name, text);
  }
  mkdirSync(folder, { recursive: true });
  const kept = names.flatMap((name) => found.get(name) ?? []);
  writeFileSync(fileOf(kernel), `${kept.join("\n")}\n`);
}
