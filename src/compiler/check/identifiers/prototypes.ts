/** Prototypes of functions: read from their table text, and checked against arguments. */

import type { TextSpan } from "../../../base/text-span.ts";
import { isArgumentCompatible } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import { type Checker, fail } from "../checker.ts";
import { resolveTypeText } from "../declarations/type-text.ts";
import { type Operand, operandTypeName, typedOperand } from "../operand.ts";

export interface Prototype {
  /** As C text, or one of `stack`, `sym`, `usym`. */
  readonly returns: string;
  /** Undefined where any expression may stand. */
  readonly parameters: readonly (string | undefined)[];
  readonly required: number;
  readonly variadic: boolean;
}

export function parsePrototype(text: string): Prototype {
  const open = text.indexOf("(");
  const list = text.slice(open + 1, -1).trim();
  const words = list === "" ? [] : list.split(",").map((word) => word.trim());
  const variadic = words.at(-1) === "...";
  const fixed = variadic ? words.slice(0, -1) : words;
  const firstOptional = fixed.findIndex((word) => word.startsWith("["));
  return {
    returns: text.slice(0, open),
    parameters: fixed.map((word) => (word === "@" ? undefined : word.replace(/^\[|\]$/g, ""))),
    required: firstOptional < 0 ? fixed.length : firstOptional,
    variadic,
  };
}

export interface CallToCheck {
  readonly span: TextSpan;
  readonly name: string;
  readonly prototype: Prototype;
  readonly arguments: readonly Operand[];
}

/** Gives the types the arguments are to have; undefined where the prototype does not say. */
export function checkPrototype(
  checker: Checker,
  { span, name, prototype, arguments: operands }: CallToCheck,
): readonly (DType | undefined)[] {
  checkLength({ span, name, prototype, passed: operands.length });
  return operands.map((operand, index) => {
    const text = prototype.parameters[index];
    if (text === undefined) return undefined;
    const type = resolveTypeText(checker, text);
    if (isArgumentCompatible({ type, isZeroConstant: false }, typedOperand(operand))) return type;
    return fail(
      "D_PROTO_ARG",
      operand.span,
      `${name}( ) argument #${index + 1} is incompatible with prototype:\n` +
        `\tprototype: ${formatType(type)}\n\t argument: ${operandTypeName(operand)}`,
    );
  });
}

function checkLength({
  span,
  name,
  prototype,
  passed,
}: Pick<CallToCheck, "span" | "name" | "prototype"> & { readonly passed: number }): void {
  const { required, parameters, variadic } = prototype;
  if (passed >= required && (variadic || passed <= parameters.length)) return;
  const hasOptional = required < parameters.length;
  const words = passed === 1 ? "arg passed" : "args passed";
  const expected = `${hasOptional ? "at least " : ""}${required} expected`;
  fail("D_PROTO_LEN", span, `${name}( ) prototype mismatch: ${passed} ${words}, ${expected}`);
}
