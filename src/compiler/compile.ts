/** D source → enabling: parse, check, generate. Needs no privilege and touches nothing. */

import { checkTogether, createChecker } from "./check/check-program.ts";
import type { CheckedProgram } from "./check/checked-program.ts";
import { CheckFailure } from "./check/checker.ts";
import { orderDiagnostics } from "./check/diagnostic-order.ts";
import { hintForTypedef } from "./check/hints.ts";
import { generateEnabling } from "./codegen/generate-enabling.ts";
import type { CodegenOptions } from "./codegen/options.ts";
import { defaultCodegenOptions } from "./codegen/options.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Enabling } from "./enabling.ts";
import type { Environment, Probe } from "./environment.ts";
import type { LibrarySource } from "./library/library-source.ts";
import { flagOption, numberOption, type Options, setOption } from "./options/options.ts";
import type { LineMarker, Program } from "./syntax/ast.ts";
import { type ParseResult, parseProgram } from "./syntax/parse-program.ts";
import type { ParseOptions, ProbeField, SourceText } from "./syntax/source-text.ts";
import { createTypeUniverse, isTypeName } from "./types/environment-types.ts";
import type { TypeUniverse } from "./types/type-universe.ts";

/** One script or one argument of the command line. All sources share their variables. */
export interface Source {
  readonly text: SourceText;
  readonly probeField: ProbeField;
}

export interface CompileInput {
  readonly sources: readonly Source[];
  /** `$0`, `$1`, … */
  readonly arguments: readonly string[];
  readonly environment: Environment;
  /** Takes what pragmas set. */
  readonly options: Options;
  readonly libraries?: LibrarySource | undefined;
  /** Code is made for these probes only: the rest is there already. */
  readonly selection?: Selection | undefined;
  /** Keep what the programs are made of, for `-S`. */
  readonly listing?: boolean;
  /** Is shown every program as written, before it is checked. */
  readonly onParsed?: ((program: Program) => void) | undefined;
}

export interface Selection {
  readonly isWanted: (probe: Probe) => boolean;
  readonly firstEpid: number;
}

export type CompileResult =
  | {
      readonly kind: "compiled";
      readonly enabling: Enabling;
      readonly program: CheckedProgram;
      /** How many of the program's clauses stand before the end of each source. */
      readonly clauseEnds: readonly number[];
    }
  | { readonly kind: "failed"; readonly failures: readonly Failure[] };

/** What is wrong with one source, in the order in which DTrace would meet it. */
export interface Failure {
  readonly source: SourceText;
  readonly lineMarkers: readonly LineMarker[];
  readonly diagnostics: readonly Diagnostic[];
}

export function compile(input: CompileInput): CompileResult {
  const { environment, options, libraries } = input;
  const universe = createTypeUniverse(environment);
  const checker = createChecker({ environment, options, universe, libraries });
  const parsed = input.sources.map(({ text, probeField }) => ({
    source: text,
    ...parseUnderItsPragmas(text, options, (settings) => ({
      arguments: input.arguments,
      macros: environment.macros,
      isTypeName: (name) => isKnownType(universe, name),
      hintForType: (name) => hintForTypedef(checker, name),
      probeField,
      preferProbes: text.kind === "argument" || flagOption(settings, "pspec"),
      defaultArguments: flagOption(settings, "defaultargs"),
      // With several sources each may use its own share of the arguments.
      allowUnusedArguments: flagOption(settings, "argref") || input.sources.length > 1,
      allowEmpty: flagOption(settings, "empty"),
    })),
  }));
  for (const { program } of parsed) input.onParsed?.(program);
  const failures = (lists: readonly (readonly Diagnostic[])[]): CompileResult => ({
    kind: "failed",
    failures: parsed.flatMap(({ source, program }, index) => {
      const diagnostics = lists[index] ?? [];
      return diagnostics.length > 0
        ? [{ source, lineMarkers: program.lineMarkers, diagnostics }]
        : [];
    }),
  });

  const checked = checkTogether(
    parsed.map(({ program }) => program),
    checker,
  );
  const found = parsed.map(({ diagnostics, emptiness }, index) => {
    const all = orderDiagnostics(diagnostics, checked.diagnostics[index] ?? []);
    return all.length === 0 && emptiness !== undefined ? [emptiness] : all;
  });
  if (checked.program === undefined || found.some((list) => list.length > 0)) {
    return failures(found);
  }
  const { program } = checked;
  const { selection } = input;
  const wanted = selection ? selectProbes(program, selection) : program;
  const generated = generateEnabling(wanted, environment, {
    ...codegenOptions(options),
    listing: input.listing ?? false,
    firstEpid: selection?.firstEpid ?? 1,
  });
  if (generated.enabling === undefined) return failures([generated.diagnostics]);
  return {
    kind: "compiled",
    enabling: generated.enabling,
    program,
    clauseEnds: checked.clauseEnds,
  };
}

/** Clauses stay, though nothing may fire them: where variables lie depends on all. */
function selectProbes(program: CheckedProgram, { isWanted }: Selection): CheckedProgram {
  const clauses = program.clauses.map((clause) => ({
    ...clause,
    probes: clause.probes.filter(isWanted),
  }));
  return { ...program, clauses };
}

/** What a broken library defines is known to be a type: the checker then says what is wrong. */
function isKnownType(universe: TypeUniverse, name: string): boolean {
  try {
    return isTypeName(universe, name);
  } catch (error) {
    if (error instanceof CheckFailure) return true;
    throw error;
  }
}

const parserOptions = ["pspec", "defaultargs", "argref", "empty"] as const;

/** A pragma may change how the program around it is read: it is read once more then. */
function parseUnderItsPragmas(
  text: SourceText,
  options: Options,
  parseOptions: (settings: Options) => ParseOptions,
): ParseResult {
  const parsed = parseProgram(text, parseOptions(options));
  const told: Options = new Map(options);
  for (const item of parsed.program.items) {
    if (item.kind === "option-pragma") setOption(told, "pragma", item);
  }
  const changed = parserOptions.some(
    (name) => flagOption(told, name) !== flagOption(options, name),
  );
  return changed ? parseProgram(text, parseOptions(told)) : parsed;
}

function codegenOptions(options: Options): CodegenOptions {
  const number = (name: keyof CodegenOptions & Parameters<typeof numberOption>[1]): number =>
    numberOption(options, name, defaultCodegenOptions[name]);
  return {
    ...defaultCodegenOptions,
    // On Solaris the NUL behind `strsize` characters is not kept.
    strsize: number("strsize") + 1,
    bufsize: number("bufsize"),
    aggsize: number("aggsize"),
    dynvarsize: number("dynvarsize"),
    nspec: number("nspec"),
    specsize: number("specsize"),
    stackframes: number("stackframes"),
    ustackframes: number("ustackframes"),
    pcapsize: Math.max(1, number("pcapsize")),
  };
}
