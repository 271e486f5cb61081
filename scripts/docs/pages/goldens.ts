/** Programs that are wrong, from the golden tests: `err.D_TAG.case.d` with what is said of it. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface WrongProgram {
  readonly tag: string;
  readonly program: string;
  /** DTrace's line for it, without the tag. */
  readonly message: string;
  /** What a terminal shows besides, one a line. */
  readonly hints: readonly string[];
  /** How many errors it has in all. */
  readonly errors: number;
}

const root = fileURLToPath(new URL("../../../test/golden/", import.meta.url));

/** Longer ones show limits, and nothing to a reader. */
const longestProgram = 600;

export function wrongPrograms(): readonly WrongProgram[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => /(^|\/)err\.D_\w+\..*\.d$/.test(path))
    .sort()
    .flatMap((path) => readWrongProgram(join(root, path)));
}

function readWrongProgram(path: string): readonly WrongProgram[] {
  const output = path.replace(/\.d$/, ".diagnostics");
  const text = readFileSync(path, "utf8").trim();
  if (!existsSync(output) || text.length > longestProgram || isUnfit(text)) return [];
  const [line = "", ...rest] = readFileSync(output, "utf8").split("\n\n");
  const [, before = "", tag, after = ""] = /^([\s\S]*?)\[(D_\w+)\] ([\s\S]*)$/.exec(line) ?? [];
  if (tag === undefined) return [];
  const errors = rest.join("\n\n").split(/^(?=\S)/m);
  const hints = [...(errors[0] ?? "").matchAll(/^ +(= .*)$/gm)].map(([, hint = ""]) => hint);
  const message = shortened(before) + after.trimEnd();
  return [{ tag, program: readable(text), message, hints, errors: errors.length }];
}

/** No program, or one that the suite runs in another way. */
const isUnfit = (text: string): boolean =>
  text === "" || text.includes("\0") || text.includes("@@flags");

/** The suite's directives as words. */
const readable = (text: string): string =>
  text.replaceAll("@@arguments:", "run with the arguments");

/** The test's file name means nothing to a reader. */
const shortened = (text: string): string =>
  text.replace(/failed to compile script \S+:/, "failed to compile script example.d:");
