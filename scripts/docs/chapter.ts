/**
 * Chapters written by hand: markdown whose fences ` ```d example [words] ` are programs that are run.
 * Words are arguments of dtrace (`-q` without any); `varies` and `destructive` come before them.
 * `{{name}}` is filled in from the tables: where it is a line, by whole lines.
 */

import { readFileSync } from "node:fs";
import type { Example, ExampleSettings } from "./entry.ts";
import { showExample } from "./markdown.ts";
import type { Run } from "./run-example.ts";

export type Fillings = Readonly<Record<string, string>>;

const place = /^```d example(.*)\n([\s\S]*?)^```\n|^\{\{(\w+)\}\}\n|\{\{(\w+)\}\}/gm;

export async function makeChapter(name: string, run: Run, fillings: Fillings): Promise<string> {
  const text = readFileSync(new URL(`chapters/${name}`, import.meta.url), "utf8");
  const made = await Promise.all(
    [...text.matchAll(place)].map(([, words = "", program = "", line, filling = line]) =>
      filling === undefined
        ? showExample(exampleOf(words, program), run)
        : fillingOf(fillings, filling, name),
    ),
  );
  return text.replace(place, () => made.shift() ?? "");
}

function fillingOf(fillings: Fillings, name: string, chapter: string): string {
  const text = fillings[name];
  if (text === undefined) throw new Error(`${chapter}: nothing fills {{${name}}}`);
  return text;
}

function exampleOf(line: string, program: string): Example {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? "",
  );
  const isMark = (word: string): boolean => word === "varies" || word === "destructive";
  const marks = Object.fromEntries(words.filter(isMark).map((word) => [word, true] as const));
  const given = words.filter((word) => !isMark(word));
  const settings: ExampleSettings = given.length > 0 ? { ...marks, arguments: given } : marks;
  return { ...settings, program };
}
