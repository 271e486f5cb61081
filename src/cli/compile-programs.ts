/** The programs of a command line, compiled together: they share variables and aggregations. */

import { readFileSync } from "node:fs";
import { checkWithTypes } from "../compiler/check/check-program.ts";
import type { CheckedClause } from "../compiler/check/checked-program.ts";
import { generateEnabling } from "../compiler/codegen/generate-enabling.ts";
import { type CodegenOptions, defaultCodegenOptions } from "../compiler/codegen/options.ts";
import type { Diagnostic } from "../compiler/diagnostics/diagnostic.ts";
import { renderFailure } from "../compiler/diagnostics/render.ts";
import type { Enabling } from "../compiler/enabling.ts";
import type { Environment } from "../compiler/environment.ts";
import { flagOption, numberOption, type Options } from "../compiler/options/options.ts";
import type { Program } from "../compiler/syntax/ast.ts";
import { parseProgram } from "../compiler/syntax/parse-program.ts";
import type { ParseOptions, SourceText } from "../compiler/syntax/source-text.ts";
import { createTypeUniverse, isTypeName } from "../compiler/types/environment-types.ts";
import type { CommandLine, ProgramArgument } from "./arguments.ts";
import { errorText } from "./error-text.ts";
import { Failure } from "./failure.ts";
import { preprocess } from "./preprocess.ts";
import type { Description } from "./probe-specifier.ts";

export interface CompiledProgram {
  /** `script` or `description`, and what the user gave. */
  readonly title: string;
  readonly clauses: readonly CheckedClause[];
}

export interface Compilation {
  readonly programs: readonly CompiledProgram[];
  readonly enabling: Enabling;
  /** Some action needs -w. */
  readonly destructive: boolean;
}

interface Parsed {
  readonly source: SourceText;
  readonly program: Program;
}

/** `options` also takes what the programs' pragmas set. */
export function compilePrograms(
  line: CommandLine,
  environment: Environment,
  options: Options,
): Compilation {
  const universe = createTypeUniverse(environment);
  const parsed: Parsed[] = [];
  const programs: CompiledProgram[] = [];
  let checked: ReturnType<typeof checkWithTypes>["program"];
  for (const argument of line.programs) {
    const source = sourceOf(argument, options);
    const result = parseProgram(source, {
      ...parseOptionsFor(argument, line, options),
      macros: environment.macros,
      isTypeName: (name) => isTypeName(universe, name),
    });
    parsed.push({ source, program: result.program });
    refuse(parsed, result.diagnostics, options);

    // One after the other, each with those before it: an error is then the last one's.
    const before = checked?.clauses.length ?? 0;
    const isLast = parsed.length === line.programs.length;
    const check = checkWithTypes(joined(parsed), {
      environment,
      universe,
      options: isLast ? options : new Map(options),
    });
    refuse(parsed, check.diagnostics, options);
    checked = check.program;
    programs.push({ title: titleOf(argument), clauses: checked?.clauses.slice(before) ?? [] });
  }
  if (checked === undefined) throw new Failure("no probes specified");

  const generated = generateEnabling(checked, environment, codegenOptions(options));
  refuse(parsed, generated.diagnostics, options);
  if (generated.enabling === undefined) throw new Error("no enabling and no diagnostic");
  return { programs, enabling: generated.enabling, destructive: checked.destructive };
}

/** What the clauses of one program describe, in their order: -l lists it. */
export function describedClauses(
  argument: ProgramArgument,
  {
    line,
    environment,
    options,
  }: {
    readonly line: CommandLine;
    readonly environment: Environment;
    readonly options: Options;
  },
): readonly Description[] {
  const { programs } = compilePrograms({ ...line, programs: [argument] }, environment, options);
  return programs
    .flatMap(({ clauses }) => clauses)
    .map(({ probes }) => ({ text: argumentText(argument), probes }));
}

const argumentText = (argument: ProgramArgument): string =>
  argument.kind === "script" ? argument.path : argument.text;

function joined(parsed: readonly Parsed[]): Program {
  const last = parsed.at(-1);
  if (last === undefined) throw new Error("no program");
  return { ...last.program, items: parsed.flatMap(({ program }) => program.items) };
}

/** The first diagnostic ends the command, in DTrace's words. */
function refuse(parsed: readonly Parsed[], [first]: readonly Diagnostic[], options: Options): void {
  const last = parsed.at(-1);
  if (first === undefined || last === undefined) return;
  const text = renderFailure(first, {
    source: last.source,
    lineMarkers: last.program.lineMarkers,
    tags: flagOption(options, "errtags"),
  });
  throw new Failure(text.replace(/^dtrace: /, "").trimEnd());
}

function sourceOf(argument: ProgramArgument, options: Options): SourceText {
  if (argument.kind === "specifier") {
    return { name: argument.text, kind: "argument", text: argument.text };
  }
  const text = readScript(argument.path);
  const isPreprocessed = flagOption(options, "cpp");
  return {
    name: argument.path,
    kind: "file",
    text: isPreprocessed ? preprocess(text, options) : text,
  };
}

function readScript(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    throw new Failure(`failed to open ${path}: ${errorText(error)}`);
  }
}

function parseOptionsFor(
  argument: ProgramArgument,
  line: CommandLine,
  options: Options,
): Omit<ParseOptions, "macros" | "isTypeName"> {
  const isSpecifier = argument.kind === "specifier";
  const isLast = argument === line.programs.at(-1);
  return {
    arguments: [isSpecifier ? "dtrace" : argument.path, ...line.operands],
    probeField: isSpecifier && argument.specifier !== "id" ? argument.specifier : "name",
    preferProbes: isSpecifier || flagOption(options, "pspec"),
    defaultArguments: flagOption(options, "defaultargs"),
    // A later program may use what this one does not.
    allowUnusedArguments: flagOption(options, "argref") || !isLast,
    allowEmpty: flagOption(options, "empty"),
  };
}

/** `script 'x.d'`, `description 'BEGIN '`: a description up to its predicate or actions. */
function titleOf(argument: ProgramArgument): string {
  if (argument.kind === "script") return `script '${argument.path}'`;
  return `description '${argument.text.split(/[{/;]/)[0]}'`;
}

function codegenOptions(options: Options): CodegenOptions {
  return {
    ...defaultCodegenOptions,
    strsize: numberOption(options, "strsize"),
    bufsize: numberOption(options, "bufsize"),
    aggsize: numberOption(options, "aggsize"),
    dynvarsize: numberOption(options, "dynvarsize"),
    nspec: numberOption(options, "nspec"),
    specsize: numberOption(options, "specsize"),
    stackframes: numberOption(options, "stackframes"),
    ustackframes: numberOption(options, "ustackframes"),
  };
}
