/** Associative arrays: how a name becomes one, and what may be its keys. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { IndexExpression } from "../../syntax/ast.ts";
import { isArgumentCompatible } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import { isDynamic, isVoid } from "../../types/type-queries.ts";
import type { CheckedExpression, Variable } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import { castTo, decay } from "../conversions.ts";
import { kindOfName, type VariableEntry } from "../identifiers/scope.ts";
import {
  locationOperand,
  type Operand,
  operandTypeName,
  typedOperand,
  typeOfOperand,
} from "../operand.ts";
import { checkExpression, requireValue } from "./expression.ts";
import { scopedEntry } from "./identifiers.ts";

export interface ElementSlot {
  readonly entry: VariableEntry;
  readonly keys: readonly CheckedExpression[];
}

/** The associative array and its keys, where `node` indexes one; an unknown name becomes one. */
export function findElementSlot(checker: Checker, node: IndexExpression): ElementSlot | undefined {
  const entry = findArray(checker, node);
  if (!entry) return undefined;
  const operands = node.keys.map((key) => checkExpression(checker, key));
  entry.keys ??= keySignature(operands, "associative array");
  const name = entry.name;
  checkKeys(operands, { span: node.span, name, types: entry.keys });
  return { entry, keys: convertKeys(checker, operands, entry.keys) };
}

function findArray(checker: Checker, { object, span }: IndexExpression): VariableEntry | undefined {
  if (object.kind === "scoped-variable") return asArray(scopedEntry(checker, object), span);
  if (object.kind !== "identifier" || object.scope !== undefined) return undefined;
  const { name } = object;
  const known = checker.scope.findVariable("global", name);
  if (known) return asArray(known, span);
  if (kindOfName(checker.scope, name) !== undefined) return undefined;
  return asArray(checker.scope.createVariable("global", name), span);
}

/** A variable that nobody has used yet turns into an array when it is indexed. */
function asArray(entry: VariableEntry, span: TextSpan): VariableEntry | undefined {
  if (entry.shape === "array") return entry;
  if (entry.variable) return undefined;
  if (entry.scope === "clause") fail("D_ARR_LOCAL", span, entry.name);
  entry.shape = "array";
  return entry;
}

/** The types of the first tuple used: every later one must go with them. */
export function keySignature(
  keys: readonly Operand[],
  kind: "associative array" | "aggregation",
): readonly DType[] {
  return keys.map((key, index) => {
    const type = typeOfOperand(key);
    if (isDynamic(type) || isVoid(type)) {
      fail("D_KEY_TYPE", key.span, operandTypeName(key), kind, index + 1);
    }
    return type;
  });
}

export interface KeyPrototype {
  readonly span: TextSpan;
  /** With `@` where it is an aggregation. */
  readonly name: string;
  readonly types: readonly DType[];
}

export function checkKeys(keys: readonly Operand[], { span, name, types }: KeyPrototype): void {
  if (keys.length !== types.length) {
    const passed = `${keys.length} ${keys.length === 1 ? "key" : "keys"} passed`;
    fail("D_PROTO_LEN", span, `${name}[ ] prototype mismatch: ${passed}, ${types.length} expected`);
  }
  for (const [index, key] of keys.entries()) {
    const type = types[index];
    if (!type || isArgumentCompatible({ type, isZeroConstant: false }, typedOperand(key))) continue;
    fail(
      "D_PROTO_ARG",
      key.span,
      `${name}[ ] key #${index + 1} is incompatible with prototype:\n` +
        `\tprototype: ${formatType(type)}\n\t      key: ${operandTypeName(key)}`,
    );
  }
}

function convertKeys(
  checker: Checker,
  keys: readonly Operand[],
  types: readonly DType[],
): readonly CheckedExpression[] {
  return keys.map((key, index) => {
    const type = types[index];
    const value = requireValue(key);
    return type ? castTo(checker.universe, value, type) : decay(checker.universe, value);
  });
}

export function elementOperand(
  variable: Variable,
  keys: readonly CheckedExpression[],
  span: TextSpan,
): Operand {
  return locationOperand({ kind: "element", span, type: variable.type, variable, keys }, true);
}
