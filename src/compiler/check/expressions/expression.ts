/** Checks one expression: looks at its kind and goes to the file that knows it. */

import { assertNever } from "../../../base/assert-never.ts";
import type { Expression } from "../../syntax/ast.ts";
import { stringType } from "../../types/base-types.ts";
import type { CheckedExpression } from "../checked-program.ts";
import { AlreadyReported, type Checker, fail } from "../checker.ts";
import { integerConstant, typeOfLiteral } from "../constants.ts";
import { seenFromProgram } from "../declarations/libraries.ts";
import { type Operand, valueOperand } from "../operand.ts";
import { checkIndex, checkMember } from "./access.ts";
import { checkAssignment, checkIncrement } from "./assignment.ts";
import { checkBinary } from "./binary.ts";
import { checkCall } from "./calls.ts";
import {
  checkCast,
  checkComma,
  checkConditional,
  checkStringof,
  checkXlate,
} from "./conditional.ts";
import { checkIdentifier, checkScopedVariable } from "./identifiers.ts";
import { checkOffsetof, checkSizeof, checkSizeofType } from "./sizes.ts";
import { checkUnary } from "./unary.ts";

export function checkExpression(checker: Checker, node: Expression): Operand {
  if (checker.library) return checkNode(checker, node);
  try {
    return checkNode(checker, node);
  } catch (error) {
    throw seenFromProgram(error, node.span);
  }
}

function checkNode(checker: Checker, node: Expression): Operand {
  switch (node.kind) {
    case "integer":
      return checkInteger(node);
    case "string":
      return valueOperand({
        kind: "string-literal",
        span: node.span,
        type: stringType,
        text: node.value,
      });
    case "identifier":
      return checkIdentifier(checker, node);
    case "scoped-variable":
      return checkScopedVariable(checker, node);
    case "aggregation":
      return checkAggregationReference(checker, node);
    case "unary":
      return checkUnary(checker, node);
    case "increment":
      return checkIncrement(checker, node);
    case "binary":
      return checkBinary(checker, node);
    case "assignment":
      return checkAssignment(checker, node);
    case "conditional":
      return checkConditional(checker, node);
    case "comma":
      return checkComma(checker, node);
    case "cast":
      return checkCast(checker, node);
    case "index":
      return checkIndex(checker, node);
    case "member":
      return checkMember(checker, node);
    case "call":
      return checkCall(checker, node);
    case "sizeof":
      return checkSizeof(checker, node);
    case "sizeof-type":
      return checkSizeofType(checker, node);
    case "offsetof":
      return checkOffsetof(checker, node);
    case "stringof":
      return checkStringof(checker, node);
    case "xlate":
      return checkXlate(checker, node);
    case "error":
      throw new AlreadyReported();
    default:
      return assertNever(node);
  }
}

/** The expression as a value; actions, aggregations and translated structures are none. */
export function checkValue(checker: Checker, node: Expression): CheckedExpression {
  return requireValue(checkExpression(checker, node));
}

export function requireValue(operand: Operand): CheckedExpression {
  switch (operand.kind) {
    case "value":
      return operand.expression;
    case "action":
      return fail("D_CG_EXPR", operand.span, "tracing function", operand.name);
    case "aggregating":
      return fail("D_CG_EXPR", operand.span, "aggregating function", operand.name);
    case "aggregation":
    case "translation":
      return fail("D_CG_DYN", operand.span);
    default:
      return assertNever(operand);
  }
}

/** A value that no type holds is the lexer's error. */
function checkInteger(node: Expression & { readonly kind: "integer" }): Operand {
  const { value, decimal, span } = node;
  const suffix = `${node.unsignedSuffix ? "u" : ""}${"l".repeat(node.longSuffix)}`;
  const type = typeOfLiteral({ value, isDecimal: decimal, suffix });
  if (!type) throw new AlreadyReported();
  return valueOperand(integerConstant(span, type, value));
}

function checkAggregationReference(
  checker: Checker,
  node: Expression & { readonly kind: "aggregation" },
): Operand {
  const entry = checker.aggregations.byName.get(node.name);
  if (!entry) return fail("D_IDENT_UNDEF", node.span, `@${node.name}`, "Unknown variable name");
  return { kind: "aggregation", span: node.span, entry, keys: undefined, value: undefined };
}
