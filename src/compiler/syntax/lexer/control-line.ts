/**
 * Lines that begin with `#`: pragmas, line numbers from the preprocessor, `#error`. A pragma of
 * an unknown kind is ignored, as K&R A12.8 says, save after `#pragma D`.
 */

import type { TextSpan } from "../../../base/text-span.ts";
import { invalidPragma, type PragmaForm } from "../../diagnostics/catalog-pragma.ts";
import { type Diagnostic, diagnose } from "../../diagnostics/diagnostic.ts";
import { parseStability } from "../../types/stability.ts";
import type { Pragma } from "../ast.ts";
import { unescapeString } from "./string-escapes.ts";

/** A word after `#`. Everything that is neither integer nor quoted is a name here. */
export interface ControlWord {
  readonly kind: "name" | "integer" | "string";
  readonly text: string;
}

export type ControlEffect =
  | { readonly kind: "nothing" }
  | { readonly kind: "pragma"; readonly pragma: Pragma }
  | { readonly kind: "line"; readonly line: number; readonly file: string | undefined }
  | { readonly kind: "problem"; readonly diagnostic: Diagnostic };

/** The words of a line's text after `#`; undefined where a quote is not closed. */
export function splitControlLine(text: string): readonly ControlWord[] | undefined {
  const words: ControlWord[] = [];
  let rest = text.trimStart();
  while (rest !== "") {
    if (rest.startsWith('"')) {
      const quoted = /^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0];
      if (quoted === undefined) return undefined;
      words.push({ kind: "string", text: unescapeString(quoted.slice(1, -1)) });
      rest = rest.slice(quoted.length).trimStart();
      continue;
    }
    const word = /^[^\s"]+/.exec(rest)?.[0] ?? rest;
    const isInteger = /^(?:[0-9]+|0[xX][0-9a-fA-F]+)[uU]?[lL]{0,2}$/.test(word);
    words.push({ kind: isInteger ? "integer" : "name", text: word });
    rest = rest.slice(word.length).trimStart();
  }
  return words;
}

type Level = "directive" | "pragma" | "D pragma";

/** What a control line does; an empty one does nothing. */
export function readControlLine(words: readonly ControlWord[], span: TextSpan): ControlEffect {
  let level: Level = "directive";
  for (const [index, word] of words.entries()) {
    if (word.kind === "integer") return readLineNumber(words.slice(index), span);
    if (word.kind !== "name") return problem(diagnose("D_PRAGCTL_INVAL", span, undefined));

    if (level === "directive" && word.text === "pragma") level = "pragma";
    else if (level === "pragma" && word.text === "D") level = "D pragma";
    else return readDirective(level, word.text, { words: words.slice(index + 1), span });
  }
  return { kind: "nothing" };
}

interface Arguments {
  readonly words: readonly ControlWord[];
  readonly span: TextSpan;
}

type Reader = (given: Arguments) => ControlEffect;

/** May stand after `#`, `#pragma` and `#pragma D`. */
const directives = new Map<string, Reader>([
  ["error", readError],
  ["ident", () => ({ kind: "nothing" })],
  ["line", ({ words, span }) => readLineNumber(words, span)],
]);

/** May stand after `#pragma D` only. */
const pragmas = new Map<string, Reader>([
  ["attributes", readAttributes],
  ["binding", readBinding],
  ["depends_on", readDependency],
  ["option", readOption],
]);

function readDirective(level: Level, name: string, given: Arguments): ControlEffect {
  const read = directives.get(name) ?? (level === "D pragma" ? pragmas.get(name) : undefined);
  if (read !== undefined) return read(given);

  if (level === "directive") return problem(diagnose("D_PRAGCTL_INVAL", given.span, name));
  if (level === "pragma") return { kind: "nothing" };
  return problem(diagnose("D_PRAGMA_INVAL", given.span, invalidPragma.unknown(name)));
}

function readLineNumber(words: readonly ControlWord[], span: TextSpan): ControlEffect {
  const [line, file, state] = words;
  const wellFormed =
    line?.kind === "integer" &&
    (file === undefined || file.kind === "string") &&
    (state === undefined || state.kind === "integer");
  if (!wellFormed) return malformed("line", span);
  return { kind: "line", line: Number.parseInt(line.text, 10), file: file?.text };
}

/** Every word is followed by a space, the last one too. */
function readError({ words, span }: Arguments): ControlEffect {
  const text = words.filter((word) => word.kind !== "integer").map((word) => `${word.text} `);
  return problem(diagnose("D_PRAGERR", span, text.join("")));
}

function readOption({ words, span }: Arguments): ControlEffect {
  const [setting] = words;
  if (setting?.kind !== "name") return malformed("option", span);
  if (words.length > 1) return malformed("option with more", span);

  const equals = setting.text.indexOf("=");
  const name = equals < 0 ? setting.text : setting.text.slice(0, equals);
  const value = equals < 0 ? undefined : setting.text.slice(equals + 1);
  return { kind: "pragma", pragma: { kind: "option-pragma", span, name, value } };
}

function readAttributes({ words, span }: Arguments): ControlEffect {
  const [attributes, name, provider, part] = words;
  if (attributes?.kind !== "name" || name?.kind !== "name") return malformed("attributes", span);
  if (parseStability(attributes.text) === undefined) {
    return problem(diagnose("D_PRAGMA_INVAL", span, invalidPragma.attributes()));
  }
  if (name.text !== "provider") {
    return {
      kind: "pragma",
      pragma: { kind: "attributes-pragma", span, attributes: attributes.text, name: name.text },
    };
  }
  if (provider === undefined || part === undefined) return malformed("attributes", span);
  return {
    kind: "pragma",
    pragma: {
      kind: "provider-attributes-pragma",
      span,
      attributes: attributes.text,
      provider: provider.text,
      part: part.text,
    },
  };
}

function readBinding({ words, span }: Arguments): ControlEffect {
  const [version, name] = words;
  if (version?.kind !== "string" || name?.kind !== "name") return malformed("binding", span);
  return {
    kind: "pragma",
    pragma: { kind: "binding-pragma", span, version: version.text, name: name.text },
  };
}

function readDependency({ words, span }: Arguments): ControlEffect {
  const [on, name] = words;
  if (on?.kind !== "name" || name?.kind !== "name") return malformed("depends_on", span);
  switch (on.text) {
    case "provider":
    case "module":
    case "library":
      return {
        kind: "pragma",
        pragma: { kind: "dependency-pragma", span, on: on.text, name: name.text },
      };
    default:
      return problem(diagnose("D_PRAGMA_INVAL", span, invalidPragma.dependencyClass(on.text)));
  }
}

function malformed(form: PragmaForm, span: TextSpan): ControlEffect {
  return problem(diagnose("D_PRAGMA_MALFORM", span, form));
}

function problem(diagnostic: Diagnostic): ControlEffect {
  return { kind: "problem", diagnostic };
}
