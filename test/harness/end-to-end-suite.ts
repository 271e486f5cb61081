/**
 * Tests as DTrace has always had them: a folder of D programs whose file names tell what must
 * happen and whose head comments tell how to run them.
 *
 *     tst.name.d          ends with status 0; standard output equals tst.name.d.out, if there is one
 *     err.D_TAG.name.d    is refused with that tag
 *     drp.TAG.name.d      reports that kind of drop (DTRACEDROP_*)
 *
 *     @@options: -q -x strsize=16     more words for the command line
 *     @@trigger: dd if=/dev/zero …    the command to trace (-c)
 *     @@arguments: 1 two              $1, $2, …
 *     @@status: 3                     the exit status, where it is not 0
 *     @@timeout: 30                   seconds
 *     @@nosort                        lines in exactly this order; otherwise order does not count
 *
 * A file `.err` beside it is the expected standard error.
 */

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { runDtrace } from "./run-dtrace.ts";

const update = process.env["UPDATE_GOLDEN"] === "1";

export function endToEndSuite(folder: string): void {
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(".d")) continue;
    const path = `${folder}/${name}`;
    const directives = readDirectives(readFileSync(path, "utf8"));
    test(name, () => runOne({ path, name, directives }));
  }
}

type Directives = ReadonlyMap<string, string>;

function readDirectives(source: string): Directives {
  const comment = source.slice(0, Math.max(0, source.indexOf("*/")));
  return new Map(
    [...comment.matchAll(/@@(\w+)(?::[ \t]*(.*))?$/gm)].map(([, key = "", value = ""]) => [
      key,
      value.trim(),
    ]),
  );
}

interface Case {
  readonly path: string;
  readonly name: string;
  readonly directives: Directives;
}

async function runOne({ path, name, directives }: Case): Promise<void> {
  const [kind = "", tag = ""] = name.split(".");
  const outcome = await runDtrace(commandLine(path, kind, directives), {
    timeoutMs: Number(directives.get("timeout") ?? 20) * 1000,
  });
  const shown = `${outcome.stdout}${outcome.stderr}`;

  assert.equal(outcome.status, expectedStatus(kind, directives), shown);
  if (kind === "err") assert.ok(outcome.stderr.includes(`[${tag}]`), shown);
  if (kind === "drp") assert.ok(outcome.stderr.includes(`[${tag}]`), shown);
  const arrange = directives.has("nosort") ? (text: string) => text : sortLines;
  compare(`${path}.out`, outcome.stdout, arrange);
  compare(`${path}.err`, outcome.stderr, arrange);
}

function commandLine(path: string, kind: string, directives: Directives): readonly string[] {
  const words = (text: string | undefined): readonly string[] =>
    text === undefined || text === "" ? [] : text.split(/\s+/);
  const trigger = directives.get("trigger");
  return [
    ...(kind === "err" ? ["-xerrtags"] : []),
    ...(kind === "drp" ? ["-xdroptags"] : []),
    ...words(directives.get("options")),
    ...(trigger === undefined ? [] : ["-c", trigger]),
    "-s",
    path,
    ...words(directives.get("arguments")),
  ];
}

function expectedStatus(kind: string, directives: Directives): number {
  const status = directives.get("status");
  if (status !== undefined) return Number(status);
  return kind === "err" ? 1 : 0;
}

function compare(file: string, actual: string, arrange: (text: string) => string): void {
  if (!existsSync(file)) return;
  if (update) writeFileSync(file, actual, "latin1");
  assert.equal(arrange(actual), arrange(readFileSync(file, "latin1")));
}

const sortLines = (text: string): string => text.split("\n").sort().join("\n");
