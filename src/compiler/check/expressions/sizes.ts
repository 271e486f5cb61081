/** `sizeof` and `offsetof`: constants that types decide; their operands are never evaluated. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { OffsetofExpression, SizeofExpression, SizeofType } from "../../syntax/ast.ts";
import { stringBytes } from "../../syntax/lexer/string-escapes.ts";
import { standardType } from "../../types/base-types.ts";
import type { DType } from "../../types/d-type.ts";
import { findMember, sizeOf } from "../../types/type-queries.ts";
import { type Checker, fail, failWithHint } from "../checker.ts";
import { integerConstant } from "../constants.ts";
import { resolveTypeSyntax } from "../declarations/type-syntax.ts";
import { hintForForward } from "../hints.ts";
import { type Operand, typeOfOperand, valueOperand } from "../operand.ts";
import { checkExpression } from "./expression.ts";

export function checkSizeof(checker: Checker, { span, operand: node }: SizeofExpression): Operand {
  if (node.kind === "string") {
    return sizeConstant(span, stringBytes(node.value).length + 1);
  }
  const operand = checkExpression(checker, node);
  const location = operand.kind === "value" ? operand.expression : undefined;
  if (location?.kind === "member" && location.member.bitSize !== undefined) {
    fail("D_SIZEOF_BITFIELD", span);
  }
  const type = operand.kind === "translation" ? operand.type : typeOfOperand(operand);
  return sizeOfType(checker, span, type);
}

export function checkSizeofType(checker: Checker, { span, type }: SizeofType): Operand {
  return sizeOfType(checker, span, resolveTypeSyntax(checker, type));
}

function sizeOfType(checker: Checker, span: TextSpan, type: DType): Operand {
  const complete = checker.universe.complete(type);
  const size = sizeOf(complete);
  if (size === 0) failWithHint(hintForForward(checker, complete), "D_SIZEOF_TYPE", span);
  return sizeConstant(span, size);
}

const sizeConstant = (span: TextSpan, size: number): Operand =>
  valueOperand(integerConstant(span, standardType("size_t"), BigInt(size)));

export function checkOffsetof(checker: Checker, node: OffsetofExpression): Operand {
  const { span, member: name } = node;
  const type = checker.universe.complete(resolveTypeSyntax(checker, node.type));
  if (type.kind !== "struct" && type.kind !== "union") {
    return failWithHint(hintForForward(checker, type), "D_OFFSETOF_TYPE", span);
  }
  const found = findMember(type, name);
  if (!found) {
    return fail("D_UNKNOWN", span, `failed to determine offset of ${name}: Invalid member name`);
  }
  if (found.member.bitSize !== undefined) fail("D_OFFSETOF_BITFIELD", span, name);
  return sizeConstant(span, found.bitOffset / 8);
}
