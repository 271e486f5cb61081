/**
 * Probe descriptions: text split at its colons and read from the right, so that a single word is
 * the field that the command or the script says it is.
 */

import type { ProbeDescriptionProblem } from "../diagnostics/catalog-syntax.ts";
import { Macros } from "./lexer/macros.ts";
import type { ParseOptions, ProbeField } from "./source-text.ts";

export interface ProbeFields {
  readonly provider: string;
  readonly module: string;
  readonly function: string;
  readonly name: string;
}

export type ProbeFieldsResult =
  | { readonly kind: "fields"; readonly fields: ProbeFields }
  | { readonly kind: "problem"; readonly problem: ProbeDescriptionProblem };

const fieldOrder = ["provider", "module", "function", "name"] as const;

/** Characters in a field, one for the NUL not counted. */
const fieldLimits = { provider: 63, module: 63, function: 191, name: 63 } as const;

/** Reads a description outside a program, as `-l` and `-P` have it. */
export function parseProbeDescription(
  text: string,
  options: Pick<ParseOptions, "arguments" | "macros" | "probeField">,
): ProbeFieldsResult {
  const macros = new Macros({ ...options, defaultArguments: false });
  return readProbeFields(text, options.probeField, macros);
}

/** Reads a description of a program; a reference to an argument counts as its use. */
export function readProbeFields(
  text: string,
  lastField: ProbeField,
  macros: Macros,
): ProbeFieldsResult {
  const pieces = text.split(":");
  // DTrace reads from the right and stops before a leading colon.
  if (pieces.length > 1 && pieces[0] === "") pieces.shift();

  const fields = { provider: "", module: "", function: "", name: "" };
  let index = fieldOrder.indexOf(lastField);
  for (const piece of pieces.reverse()) {
    const field = fieldOrder[index];
    const value = expandMacro(piece, macros);
    if (value === undefined) {
      return { kind: "problem", problem: "Undefined macro variable in probe description" };
    }
    if (field === undefined) {
      return { kind: "problem", problem: "Overspecified probe description" };
    }
    if (value.length > fieldLimits[field]) {
      return { kind: "problem", problem: "File name too long" };
    }
    fields[field] = value;
    index -= 1;
  }
  return { kind: "fields", fields };
}

/**
 * One reference a field: an argument is its digits, a variable all that follows. `$$` means the
 * same as `$` here.
 */
function expandMacro(piece: string, macros: Macros): string | undefined {
  const dollar = piece.indexOf("$");
  if (dollar < 0) return piece;

  const reference = piece.slice(dollar + (piece.charAt(dollar + 1) === "$" ? 2 : 1));
  const digits = /^[0-9]+/.exec(reference)?.[0];
  const name = digits ?? reference;
  const value = name === "" ? undefined : macros.textOf(name);
  if (value === undefined) return undefined;
  return piece.slice(0, dollar) + value + reference.slice(name.length);
}
