/** Checked expressions as trees of text: `(kind facts : type children)`. */

import { assertNever } from "../../../base/assert-never.ts";
import type { SExpression } from "../../syntax/print/s-expression.ts";
import { formatType } from "../../types/type-names.ts";
import type { CheckedExpression, Variable } from "../checked-program.ts";

export function expressionTree(expression: CheckedExpression): SExpression {
  return annotatedTree(expression, () => "");
}

/** `note` stands behind each type. */
export function annotatedTree(
  expression: CheckedExpression,
  note: (expression: CheckedExpression) => string,
): SExpression {
  const { facts, parts } = describe(expression);
  const head = `${facts} : ${formatType(expression.type)}${note(expression)}`;
  return { head, children: parts.map((part) => annotatedTree(part, note)) };
}

export function spelledVariable({ scope, name }: Pick<Variable, "scope" | "name">): string {
  return `${scope === "thread" ? "self->" : scope === "clause" ? "this->" : ""}${name}`;
}

interface Description {
  readonly facts: string;
  readonly parts: readonly CheckedExpression[];
}

const of = (facts: string, ...parts: readonly CheckedExpression[]): Description => ({
  facts,
  parts,
});

function describe(expression: CheckedExpression): Description {
  switch (expression.kind) {
    case "integer":
      return of(`${expression.value}`);
    case "string-literal":
      return of(JSON.stringify(expression.text));
    case "builtin":
      return of(expression.name);
    case "argument":
      return of(`argument ${expression.source}`);
    case "user-register":
      return of("uregs", expression.index);
    case "probe-register":
      return of(`regs ${expression.register}`);
    case "variable":
      return of(spelledVariable(expression.variable));
    case "element":
      return of(`${spelledVariable(expression.variable)}[]`, ...expression.keys);
    case "symbol":
      return of(`${expression.module}\`${expression.name} 0x${expression.address.toString(16)}`);
    case "stack":
      return of(stackFacts(expression));
    case "symbol-of":
      return of(expression.form, expression.address);
    default:
      return describeOperation(expression);
  }
}

function stackFacts({ type }: CheckedExpression): string {
  if (type.kind !== "stack") return "stack";
  const strings = type.stringSize > 0 ? ` strings ${type.stringSize}` : "";
  return `${type.space}-stack ${type.frames}${strings}`;
}

type Operation = Exclude<
  CheckedExpression,
  {
    kind:
      | "integer"
      | "string-literal"
      | "builtin"
      | "argument"
      | "user-register"
      | "probe-register"
      | "variable"
      | "element"
      | "symbol"
      | "stack"
      | "symbol-of";
  }
>;

function describeOperation(expression: Operation): Description {
  switch (expression.kind) {
    case "dereference":
      return of("*", expression.pointer);
    case "member": {
      const { name, bitOffset, bitSize } = expression.member;
      const width = bitSize === undefined ? "" : ` bits ${bitSize}`;
      return of(`.${name} @${bitOffset}${width}`, expression.object);
    }
    case "index":
      return of("[]", expression.array, expression.index);
    case "address-of":
      return of("&", expression.operand);
    case "unary":
      return of(expression.operator, expression.operand);
    case "arithmetic":
    case "logical":
      return of(expression.operator, expression.left, expression.right);
    case "comparison":
      return of(`${expression.operator} ${expression.by}`, expression.left, expression.right);
    case "conditional":
      return of("?", expression.condition, expression.whenTrue, expression.whenFalse);
    case "assign":
      return of(`${expression.operator ?? ""}=`, expression.target, expression.value);
    case "increment":
      return of(`by ${expression.by} gives ${expression.gives}`, expression.target);
    case "cast":
    case "to-string":
      return of(expression.kind, expression.operand);
    case "call":
      return of(`${expression.subroutine}()`, ...expression.arguments);
    case "comma":
      return of(",", expression.first, expression.second);
    default:
      return assertNever(expression);
  }
}
