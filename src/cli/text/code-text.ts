/** -S: the programs by source line, IR beside eBPF, and what they work on. */

import { listInstructions } from "../../bpf/disassemble.ts";
import type { Variable } from "../../compiler/check/checked-program.ts";
import type { EnabledProgram, Enabling } from "../../compiler/enabling.ts";
import type { SourceText } from "../../compiler/syntax/source-text.ts";
import { functionColumns } from "./code-columns.ts";
import { mapsTable, recordsTable, variablesTable } from "./code-tables.ts";

export interface CodeTextParts {
  readonly enabling: Enabling;
  readonly variables: readonly Variable[];
  readonly sources: readonly SourceText[];
}

export function codeText({ enabling, variables, sources }: CodeTextParts): string {
  const sourceLine = lineReader(sources);
  return (
    enabling.programs.map((each) => programText(each, sourceLine)).join("") +
    variablesTable(variables) +
    recordsTable(enabling.ecbs) +
    mapsTable(enabling.maps)
  );
}

function programText(
  { spec, attachment, listing }: EnabledProgram,
  sourceLine: (line: number) => string,
): string {
  const functions = listInstructions(spec);
  const count = functions.flat().reduce((sum, { words }) => sum + words.length, 0);
  const heading = `${spec.name} (${spec.type}, attached as ${attachment.kind})`;
  const texts = spec.functions.map(({ name, role }, index) => {
    const listed = listing?.[index];
    if (!listed) throw new Error(`no listing of ${name}: a bug in dtrace`);
    const columns = functionColumns(listed, functions[index] ?? [], sourceLine);
    return `\n${role} ${name}:\n${columns}`;
  });
  return `\nprogram ${heading}: ${count} instructions\n${texts.join("")}`;
}

/** Several programs have lines of the same number: of those only the number is known. */
function lineReader(sources: readonly SourceText[]): (line: number) => string {
  const [only] = sources;
  const lines = sources.length === 1 && only ? only.text.split("\n") : [];
  return (line) => `line ${line}: ${(lines[line - 1] ?? "").trim()}`.trimEnd();
}
