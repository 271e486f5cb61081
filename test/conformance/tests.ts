/** The tests of a tree as illumos lays them out: what each file's name and first line ask for. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export interface ConformanceTest {
  /** `category/file`, as the list of expected results names it. */
  readonly name: string;
  readonly category: string;
  readonly file: string;
  readonly language: "d" | "ksh";
  readonly expects: Expectation;
  /** Options from the test's `#!` line. */
  readonly options: readonly string[];
  /** What standard output has to be, where the tree says it. */
  readonly output: Buffer | undefined;
}

export type Expectation =
  | { readonly kind: "success" }
  /** A tag that standard error has to show, or any failure. */
  | { readonly kind: "error"; readonly tag: string | undefined }
  | { readonly kind: "drop"; readonly tag: string };

export function findTests(root: string): readonly ConformanceTest[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => /\/(tst|err|drp)\.[^/]*\.(d|ksh)$/.test(name))
    .sort()
    .map((name) => readTest(root, name));
}

function readTest(root: string, name: string): ConformanceTest {
  const path = join(root, name);
  const language = name.endsWith(".ksh") ? "ksh" : "d";
  const file = basename(name);
  return {
    name,
    category: dirname(name),
    file,
    language,
    expects: expectationOf(file),
    options: language === "d" ? optionsFor(readFileSync(path, "latin1")) : [],
    output: existsSync(`${path}.out`) ? readFileSync(`${path}.out`) : undefined,
  };
}

/** `tst.*` succeeds, `err.D_TAG.*` is refused with that tag, `drp.TAG.*` reports that drop. */
export function expectationOf(file: string): Expectation {
  const [kind, word = ""] = file.split(".");
  if (kind === "drp") return { kind: "drop", tag: word };
  // Some names run on in small letters: their tag cannot be told.
  if (kind === "err") return { kind: "error", tag: /^D_[A-Z0-9_]+$/.exec(word)?.[0] };
  return { kind: "success" };
}

/** What a test asks for, and Solaris' names of system calls where it has one of them. */
function optionsFor(text: string): readonly string[] {
  const usesSolarisCall = /^syscall::(rexit|\*lwp\*):/m.test(text);
  return [...optionsOf(text), ...(usesSolarisCall ? ["-xcompat=solaris"] : [])];
}

/** `#!/usr/sbin/dtrace -qs` asks for -q; the -s at its end is the runner's. */
export function optionsOf(text: string): readonly string[] {
  const line = /^#!\S*dtrace[ \t]+(.*)/.exec(text)?.[1] ?? "";
  return line
    .split(/\s+/)
    .map((word) => (/^-\w*s$/.test(word) ? word.slice(0, -1) : word))
    .filter((word) => word !== "" && word !== "-");
}
