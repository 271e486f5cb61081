/** -S: the programs by source line, IR beside eBPF, and what they work on. */

import type { TextSpan } from "../../base/text-span.ts";
import { listInstructions } from "../../bpf/disassemble.ts";
import type { CheckedClause, Variable } from "../../compiler/check/checked-program.ts";
import type { EnabledProgram, Enabling } from "../../compiler/enabling.ts";
import type { SourceText } from "../../compiler/syntax/source-text.ts";
import { functionColumns, type HeadingOf } from "./code-columns.ts";
import { mapsTable, recordsTable, variablesTable } from "./code-tables.ts";

export interface CodeTextParts {
  readonly enabling: Enabling;
  readonly variables: readonly Variable[];
  /** Script by script, argument by argument. */
  readonly programs: readonly ListedSource[];
}

export interface ListedSource {
  readonly source: SourceText;
  readonly clauses: readonly CheckedClause[];
}

export function codeText({ enabling, variables, programs }: CodeTextParts): string {
  const headingOf = headingReader(programs);
  return (
    enabling.programs.map((each) => programText(each, headingOf)).join("") +
    variablesTable(variables) +
    recordsTable(enabling.ecbs) +
    mapsTable(enabling.maps)
  );
}

function programText({ spec, attachment, listing }: EnabledProgram, headingOf: HeadingOf): string {
  const functions = listInstructions(spec);
  const count = functions.flat().reduce((sum, { words }) => sum + words.length, 0);
  const heading = `${spec.name} (${spec.type}, attached as ${attachment.kind})`;
  const texts = spec.functions.map(({ name, role }, index) => {
    const listed = listing?.[index];
    if (!listed) throw new Error(`no listing of ${name}: a bug in dtrace`);
    const columns = functionColumns(listed, functions[index] ?? [], headingOf);
    return `\n${role} ${name}:\n${columns}`;
  });
  return `\nprogram ${heading}: ${count} instructions\n${texts.join("")}`;
}

/** The lines of the source that a piece of it stands in, with their numbers. */
function headingReader(programs: readonly ListedSource[]): HeadingOf {
  const owners = new Map<TextSpan, number>();
  for (const [index, { clauses }] of programs.entries()) {
    for (const { body } of clauses) {
      if (body.predicate) owners.set(body.predicate.span, index);
      for (const { span } of body.statements) owners.set(span, index);
    }
  }
  return (span) => {
    const owner = owners.get(span) ?? 0;
    const { text = "" } = programs[owner]?.source ?? {};
    const suffix = programs.length > 1 ? ` of program ${owner + 1}` : "";
    const count = text.slice(span.start, span.end).split("\n").length;
    const lines = text.split("\n").slice(span.line - 1, span.line - 1 + count);
    return lines
      .map((line, index) => `line ${span.line + index}${suffix}: ${line.trim()}`.trimEnd())
      .join("\n");
  };
}
