/**
 * What the parser makes of D text: trees for right programs, messages for wrong ones. Lines as
 * `@@arguments: 5 abc` in an input set how it is parsed.
 */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { macroMessages } from "../../src/compiler/diagnostics/catalog-macro.ts";
import { syntaxMessages } from "../../src/compiler/diagnostics/catalog-syntax.ts";
import { renderFailure, renderTeaching } from "../../src/compiler/diagnostics/render.ts";
import { type ParseResult, parseProgram } from "../../src/compiler/syntax/parse-program.ts";
import { printProgram } from "../../src/compiler/syntax/print/print-ast.ts";
import type { ParseOptions, SourceText } from "../../src/compiler/syntax/source-text.ts";
import { goldenSuite } from "../harness/golden.ts";

const typeNames = new Set(["int8_t", "uint64_t", "size_t", "pid_t", "vmlinux`pid_t", "kthread_t"]);

const isError = (name: string): boolean => name.startsWith("err.");

goldenSuite({
  folder: "syntax",
  input: ".d",
  output: ".ast",
  selects: (name) => !isError(name),
  produce(text, name) {
    const { source, result } = parse(text, name);
    return printProgram(result.program) + teachAll(source, result);
  },
});

goldenSuite({
  folder: "syntax",
  input: ".d",
  output: ".diagnostics",
  selects: isError,
  produce(text, name) {
    const { source, result } = parse(text, name);
    const first = result.diagnostics[0] ?? result.emptiness;
    const { lineMarkers } = result.program;
    const failure =
      first === undefined
        ? "no error\n"
        : renderFailure(first, { source, lineMarkers, tags: true });
    return `${failure}\n${teachAll(source, result)}`;
  },
});

/** The rows of the catalog that the lexer or the parser may give. */
const parserTags = [
  ...Object.keys(syntaxMessages),
  ...Object.keys(macroMessages),
  "D_PRAGCTL_INVAL",
  "D_PRAGERR",
  "D_PRAGMA_INVAL",
  "D_PRAGMA_MALFORM",
  "D_DECL_CHARATTR",
  "D_DECL_CLASS",
  "D_DECL_COMBO",
  "D_DECL_LONGINT",
  "D_DECL_PARMCLASS",
  "D_DECL_SCOPE",
  "D_DECL_SIGNINT",
  "D_DECL_TYPERED",
  "D_DECL_USELESS",
  "D_DECL_VOIDATTR",
  "D_UNKNOWN",
];

test("every tag of the parser has an input that gives it first", () => {
  const folder = join(import.meta.dirname, "syntax");
  const given = new Set(
    readdirSync(folder)
      .filter((file) => file.endsWith(".diagnostics"))
      .map((file) => /\[(D_[A-Z_]+)\]/.exec(readFileSync(join(folder, file), "utf8"))?.[1]),
  );
  assert.deepEqual(
    parserTags.filter((tag) => !given.has(tag)),
    [],
  );
});

function teachAll(source: SourceText, { program, diagnostics, emptiness }: ParseResult): string {
  const context = { source, lineMarkers: program.lineMarkers, tags: true };
  const all = diagnostics.length === 0 && emptiness !== undefined ? [emptiness] : diagnostics;
  return all.map((diagnostic) => renderTeaching(diagnostic, context)).join("");
}

function parse(text: string, name: string): { source: SourceText; result: ParseResult } {
  const directives = new Map(
    [...text.matchAll(/@@([a-z]+): *(.*?) *(?:\*\/)?$/gm)].map(([, key = "", value = ""]) => [
      key,
      value,
    ]),
  );
  const file = `${name}.d`;
  const flags = (directives.get("flags") ?? "").split(" ");
  const source: SourceText = {
    name: file,
    kind: flags.includes("argument") ? "argument" : "file",
    text,
  };
  const given = directives.get("arguments");
  const options: ParseOptions = {
    arguments: [file, ...(given === undefined ? [] : given.split(" "))],
    macros: new Map([
      ["pid", "1234"],
      ["target", "4321"],
      ["taskid", "-1"],
    ]),
    isTypeName: (type) => typeNames.has(type),
    probeField: flags.includes("modules") ? "module" : "name",
    preferProbes: flags.includes("pspec"),
    defaultArguments: flags.includes("defaultargs"),
    allowUnusedArguments: flags.includes("argref"),
    allowEmpty: flags.includes("empty"),
  };
  return { source, result: parseProgram(source, options) };
}
