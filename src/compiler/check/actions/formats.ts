/** printf() and its like, and printa(): whether the values go with the conversions. */

import type { TextSpan } from "../../../base/text-span.ts";
import { conversionRow } from "../../../format/conversions.ts";
import { type Conversion, type FormatPlan, parseFormat } from "../../../format/printf-plan.ts";
import { standardType, stringType } from "../../types/base-types.ts";
import { isArgumentCompatible } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import { isInteger, isStringCompatible } from "../../types/type-queries.ts";
import type { Aggregation, CheckedAction, CheckedExpression } from "../checked-program.ts";
import { type Checker, fail, failWithHint } from "../checker.ts";
import { convert, decay } from "../conversions.ts";
import { type ActionOperand, type Operand, operandTypeName, typeOfOperand } from "../operand.ts";
import { textOf } from "./action-statement.ts";
import { definedAggregation } from "./aggregation-actions.ts";
import { accepts } from "./conversion-types.ts";
import { recordedValue } from "./recorded-value.ts";

type PrintfName = "printf" | "system" | "freopen";

/** What freopen() takes for "standard output again": no file can be meant by it. */
const restoredOutput = ".";

export function checkPrintf(
  checker: Checker,
  { span, arguments: [first, ...values] }: ActionOperand,
  name: PrintfName,
): CheckedAction {
  const text = first && textOf(first);
  if (!first || text === undefined) {
    const type = first ? operandTypeName(first) : "void";
    return fail("D_PRINTF_ARG_FMT", first?.span ?? span, name, type);
  }
  if (name === "freopen" && text === restoredOutput) {
    fail("D_FREOPEN_INVALID", first.span, restoredOutput);
  }
  if (text === "" && name !== "freopen") fail("D_PRINTF_FMT_EMPTY", first.span, name);
  const format = readFormat(text, first.span);
  const shown = values.map(
    (value): FormatValue => ({ type: typeOfOperand(value), name: operandTypeName(value) }),
  );
  const used = checkConversions(format, shown, { action: name, span, aggregated: undefined });
  if (used < values.length) fail("D_PRINTF_ARG_EXTRA", span, name, used);
  return { name, format, arguments: values.map((value) => printedValue(checker, value)) };
}

function readFormat(text: string, span: TextSpan): FormatPlan {
  const result = parseFormat(text);
  return result.kind === "plan" ? result.plan : fail("D_SYNTAX", span, result.message);
}

/** Arrays of characters are printed as strings; other arrays by their address. */
function printedValue(checker: Checker, operand: Operand): CheckedExpression {
  const value = recordedValue(operand);
  if (value.type.kind === "pointer" || !isStringCompatible(value.type)) {
    return decay(checker.universe, value);
  }
  const isPointer = decay(checker.universe, value) === value;
  return isPointer ? value : convert(checker.universe, value, stringType);
}

interface FormatValue {
  readonly type: DType;
  readonly name: string;
}

interface FormatUse {
  readonly action: string;
  readonly span: TextSpan;
  /** The type of what `%@` shows; undefined where there is no aggregation. */
  readonly aggregated: DType | undefined;
}

/** Gives how many of the values the format has used. */
function checkConversions(
  format: FormatPlan,
  values: readonly FormatValue[],
  use: FormatUse,
): number {
  const cursor: Cursor = { values, next: 0 };
  for (const piece of format.pieces) {
    if (piece.kind === "conversion" && piece.name !== "%") checkConversion(piece, cursor, use);
  }
  return cursor.next;
}

interface Cursor {
  readonly values: readonly FormatValue[];
  next: number;
}

function checkConversion(conversion: Conversion, cursor: Cursor, use: FormatUse): void {
  if (conversion.width === "argument") takeDynamic(conversion, "*", { cursor, use });
  if (conversion.precision === "argument") takeDynamic(conversion, ".*", { cursor, use });
  const { value, label } = takeValue(conversion, cursor, use);
  const row = conversionRow(conversion.name);
  if (!row || accepts(conversion.name, row, value.type)) return;
  failWithHint(
    row.accepts === "string" && isStringCompatible(value.type)
      ? "stringof() makes a string of kernel characters, copyinstr() of a process's"
      : undefined,
    "D_PRINTF_ARG_TYPE",
    use.span,
    `${use.action}( ) ${label} is incompatible with conversion #${conversion.position} prototype:\n` +
      `\tconversion: %${conversion.name}\n\t prototype: ${row.prototype}\n\t  argument: ${value.name}`,
  );
}

/** A width or precision that is given as an argument. */
function takeDynamic(
  { position, name }: Conversion,
  sign: "*" | ".*",
  { cursor, use }: { readonly cursor: Cursor; readonly use: FormatUse },
): void {
  const value =
    cursor.values[cursor.next] ??
    fail("D_PRINTF_DYN_PROTO", use.span, use.action, position, name, sign);
  if (!isInteger(value.type)) {
    fail(
      "D_PRINTF_DYN_TYPE",
      use.span,
      `${use.action}( ) argument #${cursor.next + 2} is incompatible with conversion #${position} prototype:\n` +
        `\tconversion: % ${sign} ${name}\n\t prototype: int\n\t  argument: ${value.name}`,
    );
  }
  cursor.next += 1;
}

function takeValue(
  { aggregation, position, name }: Conversion,
  cursor: Cursor,
  { action, span, aggregated }: FormatUse,
): { readonly value: FormatValue; readonly label: string } {
  if (aggregation) {
    if (!aggregated) return fail("D_PRINTF_AGG_CONV", span, action);
    const value = { type: aggregated, name: formatType(aggregated) };
    return { value, label: "aggregating action" };
  }
  const value = cursor.values[cursor.next];
  if (!value) return fail("D_PRINTF_ARG_PROTO", span, action, position, name);
  cursor.next += 1;
  return { value, label: `argument #${cursor.next + 1}` };
}

export function checkPrinta({ span, arguments: operands }: ActionOperand): CheckedAction {
  const [first] = operands;
  const text = first && textOf(first);
  const given = text === undefined ? operands : operands.slice(1);
  const expected = text === undefined ? 1 : 2;
  if (given.length === 0) fail("D_PRINTA_PROTO", span, operands.length, expected);

  const aggregations = given.map((operand, index) => printedAggregation(operand, index + expected));
  const [leading, ...others] = aggregations;
  if (!leading) throw new Error("printa without aggregation");
  for (const other of others) requireSameKeys(leading, other, span);
  if (!first || text === undefined) return { name: "printa", format: undefined, aggregations };

  if (text === "") fail("D_PRINTF_FMT_EMPTY", first.span, "printa");
  const format = readFormat(text, first.span);
  const aggregated = standardType(leading.function.name === "count" ? "uint64_t" : "int64_t");
  const values = leading.keys.map((type): FormatValue => ({ type, name: formatType(type) }));
  checkConversions(format, values, { action: "printa", span, aggregated });
  return { name: "printa", format, aggregations };
}

function printedAggregation(operand: Operand, index: number): Aggregation {
  if (operand.kind !== "aggregation") {
    return fail("D_PRINTA_AGGARG", operand.span, index, operandTypeName(operand));
  }
  const aggregation = definedAggregation(operand);
  return aggregation ?? fail("D_PRINTA_AGGBAD", operand.span, operand.entry.name);
}

function requireSameKeys(left: Aggregation, right: Aggregation, span: TextSpan): void {
  const count = ({ name, keys }: Aggregation): string =>
    `@${name} has ${keys.length} key${keys.length === 1 ? "" : "s"}`;
  if (left.keys.length !== right.keys.length) {
    const names = `@${left.name} and @${right.name}`;
    const message = `printa( ): ${names} do not have matching key signatures: `;
    fail("D_PRINTA_AGGKEY", span, `${message}${count(left)}, ${count(right)}`);
  }
  for (const [index, type] of left.keys.entries()) {
    const other = right.keys[index];
    if (!other || sameKey(type, other)) continue;
    const line = (name: string, key: DType): string =>
      `${name.padStart(9)} key #${index + 1}: ${formatType(key)}`;
    fail(
      "D_PRINTA_AGGPROTO",
      span,
      `printa( ): @${right.name}[ ] key #${index + 1} is incompatible with @${left.name}:\n` +
        `${line(left.name, type)}\n${line(right.name, other)}`,
    );
  }
}

const sameKey = (left: DType, right: DType): boolean =>
  isArgumentCompatible(
    { type: left, isZeroConstant: false },
    { type: right, isZeroConstant: false },
  );
