/** An action as a statement: its arguments beyond the prototype, and what it becomes. */

import type { TextSpan } from "../../../base/text-span.ts";
import { intType, longType, stringType } from "../../types/base-types.ts";
import { isInteger, isPointer, isScalar, isVoid } from "../../types/type-queries.ts";
import type { CheckedAction, CheckedExpression } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import { castTo, convert, decay } from "../conversions.ts";
import { translatedStructure } from "../expressions/assignment.ts";
import { requireValue } from "../expressions/expression.ts";
import {
  type ActionOperand,
  constantOf,
  isPositiveConstant,
  type Operand,
  operandTypeName,
  typeOfOperand,
} from "../operand.ts";
import { checkAggregationAction } from "./aggregation-actions.ts";
import { checkPrinta, checkPrintf } from "./formats.ts";
import { checkPcap } from "./packet.ts";
import { recordedValue } from "./recorded-value.ts";

export function checkAction(checker: Checker, operand: ActionOperand): CheckedAction {
  const { name, span, arguments: operands } = operand;
  switch (name) {
    case "trace":
    case "print":
      return checkTrace(checker, operand, name);
    case "tracemem":
      return checkTracemem(checker, operand);
    case "pcap":
      return checkPcap(checker, operand);
    case "printf":
    case "system":
    case "freopen":
      return checkPrintf(checker, operand, name);
    case "printa":
      return checkPrinta(operand);
    case "stack":
    case "ustack":
    case "jstack":
      return { name: "stack", value: recordedValue(operand) };
    case "sym":
    case "func":
    case "mod":
    case "usym":
    case "ufunc":
    case "umod":
    case "uaddr":
      return { name: "trace", value: recordedValue(operand) };
    case "exit":
      return { name, status: integerArgument(checker, operand) };
    case "speculate":
    case "commit":
    case "discard":
      return { name, speculation: integerArgument(checker, operand) };
    case "raise":
    case "chill":
      return { name, value: integerArgument(checker, operand) };
    case "clear":
    case "denormalize":
    case "normalize":
    case "trunc":
      return checkAggregationAction(checker, operand, name);
    case "setopt":
      return checkSetopt(checker, span, operands);
    case "ftruncate":
    case "stop":
    case "panic":
    case "breakpoint":
      return { name };
  }
}

function integerArgument(
  checker: Checker,
  { span, name, arguments: [value] }: ActionOperand,
): CheckedExpression {
  if (!value) return fail("D_PROTO_LEN", span, `${name}( ) prototype mismatch`);
  return castTo(checker.universe, requireValue(value), intType);
}

function checkTrace(
  checker: Checker,
  { span, arguments: [operand] }: ActionOperand,
  name: "trace" | "print",
): CheckedAction {
  if (!operand) return fail("D_PROTO_LEN", span, `${name}( ) prototype mismatch`);
  const isStructure = operand.kind === "translation" && !isPointer(operand.type);
  const argument = isStructure ? translatedStructure(checker, operand) : operand;
  const at = argument.span;
  if (argument.kind === "aggregation")
    return fail(name === "trace" ? "D_TRACE_AGG" : "D_PRINT_AGG", at);
  if (argument.kind === "translation")
    return fail(name === "trace" ? "D_TRACE_DYN" : "D_PRINT_DYN", at);
  if (isVoid(typeOfOperand(argument)))
    return fail(name === "trace" ? "D_TRACE_VOID" : "D_PRINT_VOID", at);
  const value = requireValue(argument);
  return { name, value: name === "trace" ? value : whole(checker, value) };
}

/** A forward declaration is printed by the definition that is found for it. */
function whole(checker: Checker, value: CheckedExpression): CheckedExpression {
  const resolved = checker.universe.complete(value.type);
  return value.type.kind === "forward" ? { ...value, type: resolved } : value;
}

function checkTracemem(
  checker: Checker,
  { span, arguments: operands }: ActionOperand,
): CheckedAction {
  const [address, size, dynamicSize, extra] = operands;
  if (!address || !size) return fail("D_PROTO_LEN", span, "tracemem( ) prototype mismatch");
  const type = typeOfOperand(address);
  if (!isInteger(type) && !isPointer(type)) {
    fail("D_TRACEMEM_ADDR", address.span, operandTypeName(address));
  }
  if (!isPositiveConstant(size)) fail("D_TRACEMEM_SIZE", size.span);
  if (extra) fail("D_TRACEMEM_ARGS", extra.span);
  if (dynamicSize && !isScalar(typeOfOperand(dynamicSize))) {
    fail("D_TRACEMEM_DYNSIZE", dynamicSize.span);
  }
  return {
    name: "tracemem",
    address: decay(checker.universe, requireValue(address)),
    size: Number(constantOf(size)),
    dynamicSize: dynamicSize && convert(checker.universe, requireValue(dynamicSize), longType),
  };
}

function checkSetopt(
  checker: Checker,
  span: TextSpan,
  [option, value]: readonly Operand[],
): CheckedAction {
  const name = option && textOf(option);
  if (name === undefined) {
    return fail("D_PROTO_ARG", option?.span ?? span, constantExpected(option));
  }
  const text = value && textOf(value);
  const computed =
    value && text === undefined
      ? convert(checker.universe, requireValue(value), stringType)
      : undefined;
  return { name: "setopt", option: name, value: text, computed };
}

const constantExpected = (operand: Operand | undefined): string =>
  `setopt( ) argument #1 is incompatible with prototype:\n` +
  `\tprototype: string constant\n\t argument: ${operand ? operandTypeName(operand) : "void"}`;

/** The text of a string literal. */
export function textOf(operand: Operand): string | undefined {
  return operand.kind === "value" && operand.expression.kind === "string-literal"
    ? operand.expression.text
    : undefined;
}
