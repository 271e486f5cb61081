/**
 * Macro arguments (`$1`, `$$1`) and macro variables (`$target`): which text stands for one, and
 * as what. Remembers which arguments were referred to.
 */

import type { TextSpan } from "../../../base/text-span.ts";
import { integerOverflow } from "../../diagnostics/catalog-syntax.ts";
import { type Diagnostic, diagnose } from "../../diagnostics/diagnostic.ts";
import type { ParseOptions } from "../source-text.ts";
import { isDigit, isNamePart } from "./characters.ts";
import { readInteger } from "./constants.ts";
import { unescapeString } from "./string-escapes.ts";
import { type IntegerConstant, isKeyword, type Token } from "./token.ts";

export class Macros {
  readonly #options: Pick<ParseOptions, "arguments" | "macros" | "defaultArguments">;
  readonly #referenced = new Set<number>();

  constructor(options: Pick<ParseOptions, "arguments" | "macros" | "defaultArguments">) {
    this.#options = options;
  }

  /** DTrace looks at the last argument only, and never at `$0`. */
  get unusedArgument(): { readonly index: number; readonly value: string } | undefined {
    const index = this.#options.arguments.length - 1;
    const value = this.#options.arguments[index];
    if (index < 1 || value === undefined || this.#referenced.has(index)) return undefined;
    return { index, value };
  }

  /** The text of an argument or variable, without default; `name` has no `$`. */
  textOf(name: string): string | undefined {
    if (!isDigit(name.charCodeAt(0))) return this.#options.macros.get(name);
    const index = Number(name);
    this.#referenced.add(index);
    return this.#options.arguments[index];
  }

  /** The token that stands for `$name` or `$$name`. */
  substitute(reference: string, span: TextSpan): Token | Diagnostic {
    const asString = reference.startsWith("$$");
    const name = reference.slice(asString ? 2 : 1);
    const isArgument = isDigit(name.charCodeAt(0));
    const text = this.textOf(name) ?? this.#defaultText(isArgument, asString);
    if (text === undefined) {
      return diagnose("D_MACRO_UNDEF", span, isArgument ? "argument" : "variable", reference);
    }
    if (asString) return { kind: "string-literal", span, value: unescapeString(text) };
    return isArgument ? readArgument(reference, text, span) : readVariable(text, span);
  }

  #defaultText(isArgument: boolean, asString: boolean): string | undefined {
    if (!isArgument || !this.#options.defaultArguments) return undefined;
    return asString ? "" : "0";
  }
}

/** An integer if it is one, a name if it could be one, otherwise a string, quoted or not. */
function readArgument(reference: string, text: string, span: TextSpan): Token | Diagnostic {
  if (!isNameOrInteger(text)) {
    const quoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
    return {
      kind: "string-literal",
      span,
      value: unescapeString(quoted ? text.slice(1, -1) : text),
    };
  }

  const sign = text.startsWith("-") ? "-" : text.startsWith("+") ? "+" : undefined;
  if (sign === undefined && !isDigit(text.charCodeAt(0))) {
    return isKeyword(text) ? { kind: text, span } : { kind: "identifier", span, name: text };
  }

  const digits = sign === undefined ? text : text.slice(1);
  const { constant, problem } = readInteger(digits);
  if (problem?.kind === "overflow") return diagnose("D_MACRO_OFLOW", span, reference, digits);
  if (problem?.kind === "no type") {
    return diagnose("D_INT_OFLOW", span, integerOverflow.noType(problem.value));
  }
  return { kind: "integer", span, constant: { ...constant, sign } };
}

function isNameOrInteger(text: string): boolean {
  if (/^[+-]?([0-9]+|0[xX][0-9a-fA-F]+)$/.test(text)) return true;
  if (text === "") return false;
  for (let index = 0; index < text.length; index += 1) {
    if (!isNamePart(text.charCodeAt(index))) return false;
  }
  return true;
}

/** DTrace's macro variables are process and user ids: signed and 32 bits wide. */
function readVariable(text: string, span: TextSpan): Token {
  const constant: IntegerConstant = {
    value: BigInt.asUintN(64, BigInt(text)),
    decimal: true,
    unsignedSuffix: false,
    longSuffix: 0,
    sign: undefined,
  };
  return { kind: "integer", span, constant };
}
