/**
 * What the parser makes of D text: trees for right programs, messages for wrong ones. Lines as
 * `@@arguments: 5 abc` in an input set how it is parsed.
 */

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
    const [first] = result.diagnostics;
    const { lineMarkers } = result.program;
    const failure =
      first === undefined
        ? "no error\n"
        : renderFailure(first, { source, lineMarkers, tags: true });
    return `${failure}\n${teachAll(source, result)}`;
  },
});

function teachAll(source: SourceText, { program, diagnostics }: ParseResult): string {
  const context = { source, lineMarkers: program.lineMarkers, tags: true };
  return diagnostics.map((diagnostic) => renderTeaching(diagnostic, context)).join("");
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
