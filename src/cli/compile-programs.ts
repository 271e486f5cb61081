/** The programs of a command line, compiled together: they share variables and aggregations. */

import { readFileSync } from "node:fs";
import type { CheckedClause, CheckedProgram } from "../compiler/check/checked-program.ts";
import {
  type Failure as CompileFailure,
  type CompileInput,
  compile,
  type Selection,
  type Source,
} from "../compiler/compile.ts";
import { renderExcerpt, renderFailure } from "../compiler/diagnostics/render.ts";
import type { Enabling } from "../compiler/enabling.ts";
import type { Environment } from "../compiler/environment.ts";
import { flagOption, type Options } from "../compiler/options/options.ts";
import type { Program } from "../compiler/syntax/ast.ts";
import { sourceTextOf } from "../compiler/syntax/lexer/string-escapes.ts";
import type { SourceText } from "../compiler/syntax/source-text.ts";
import type { CommandLine, ProgramArgument } from "./arguments.ts";
import { errorText } from "./error-text.ts";
import { Failure } from "./failure.ts";
import { findLibraries } from "./libraries/libraries.ts";
import { preprocess } from "./preprocess.ts";
import type { Description } from "./probe-specifier.ts";

export interface CompiledProgram {
  /** `script` or `description`, and what the user gave. */
  readonly title: string;
  readonly source: SourceText;
  readonly clauses: readonly CheckedClause[];
}

export interface Compilation {
  readonly programs: readonly CompiledProgram[];
  readonly enabling: Enabling;
  readonly checked: CheckedProgram;
  /** Some action needs -w. */
  readonly destructive: boolean;
  /** The same in another environment, for some probes; else why that cannot be. */
  readonly again: (environment: Environment, selection: Selection) => Enabling | string;
}

/** `options` also takes what the programs' pragmas set. */
export function compilePrograms(
  line: CommandLine,
  environment: Environment,
  options: Options,
  onParsed?: (program: Program) => void,
): Compilation {
  const [first] = line.programs;
  const sources = line.programs.map((argument) => ({
    title: titleOf(argument),
    ...sourceOf(argument, options),
  }));
  const input = {
    sources,
    arguments: [first?.kind === "script" ? first.path : "dtrace", ...line.operands],
    environment,
    options,
    libraries: findLibraries(options),
    onParsed,
    listing: line.showCode,
  };
  const result = compile(input);
  if (result.kind === "failed") throw refusal(result.failures, environment, options);

  const { program, enabling, clauseEnds } = result;
  return {
    enabling,
    checked: program,
    destructive: program.destructive,
    again: (other, selection) => compileAgain({ ...input, environment: other, selection }),
    programs: sources.map(({ title, text }, index) => ({
      title,
      source: text,
      clauses: program.clauses.slice(clauseEnds[index - 1] ?? 0, clauseEnds[index]),
    })),
  };
}

function compileAgain(input: CompileInput): Enabling | string {
  const options = new Map(input.options);
  const result = compile({ ...input, options });
  if (result.kind === "compiled") return result.enabling;
  return refusal(result.failures, input.environment, options).message;
}

/** The first diagnostic ends the command, in DTrace's words. */
function refusal(
  [first]: readonly CompileFailure[],
  { unreadProbes }: Environment,
  options: Options,
): Failure {
  const [diagnostic] = first?.diagnostics ?? [];
  if (first === undefined || diagnostic === undefined) throw new Error("failed without a reason");
  const { source, lineMarkers } = first;
  const context = { source, lineMarkers, tags: flagOption(options, "errtags") };
  const message = renderFailure(diagnostic, context)
    .replace(/^dtrace: /, "")
    .trimEnd();
  const isIncomplete = diagnostic.tag === "D_PDESC_ZERO" && unreadProbes !== undefined;
  return new Failure(isIncomplete ? `${message}: ${unreadProbes}` : message, {
    explanation: { tag: diagnostic.tag, text: renderExcerpt(diagnostic, context) },
  });
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

function sourceOf(argument: ProgramArgument, options: Options): Source {
  if (argument.kind === "specifier") {
    const { text, specifier } = argument;
    return {
      text: { name: text, kind: "argument", text },
      probeField: specifier === "id" ? "name" : specifier,
    };
  }
  const text = readScript(argument.path);
  const isPreprocessed = flagOption(options, "cpp");
  return {
    text: {
      name: argument.path,
      kind: "file",
      text: isPreprocessed ? preprocess(text, options) : text,
    },
    probeField: "name",
  };
}

function readScript(path: string): string {
  try {
    return sourceTextOf(readFileSync(path === "-" ? 0 : path));
  } catch (error) {
    throw new Failure(`failed to open ${path}: ${errorText(error)}`);
  }
}

/** `script 'x.d'`, `description 'BEGIN '`: a description up to its predicate or actions. */
function titleOf(argument: ProgramArgument): string {
  if (argument.kind === "script") return `script '${argument.path}'`;
  return `description '${argument.text.split(/[{/;]/)[0]}'`;
}
