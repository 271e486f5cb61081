/** `inline type name = value;` and `inline type name[type a, …] = value;`. */

import { missingDimension, redeclared, voidObject } from "../../diagnostics/catalog-declaration.ts";
import type { InlineDefinition } from "../../syntax/ast-declarations.ts";
import { areCompatible, isArgumentCompatible } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import { isInteger, isVoid, referencedType, resolveType } from "../../types/type-queries.ts";
import type { CheckedExpression } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import { wrapInteger } from "../constants.ts";
import { partsOf } from "../expression-parts.ts";
import { checkExpression } from "../expressions/expression.ts";
import { type InlineParameter, kindOfOwnName, type ParameterEntry } from "../identifiers/scope.ts";
import {
  constantOf,
  locationOperand,
  type Operand,
  operandTypeName,
  typedOperand,
} from "../operand.ts";
import { checkParameters } from "./parameters.ts";
import { resolveTypeSyntax } from "./type-syntax.ts";

export function declareInline(checker: Checker, definition: InlineDefinition): void {
  const { name, nameSpan: span, storage } = definition;
  if (storage !== undefined) fail("D_DECL_BADCLASS", span, "inline");
  const before = kindOfOwnName(checker.scope, name);
  if (before !== undefined)
    fail("D_DECL_IDRED", span, redeclared.inline(name, previous(checker, name, before)));

  const parameters = parametersOf(checker, definition);
  const type = valueType(checker, definition);
  if (isVoid(type)) fail("D_DECL_VOIDOBJ", span, voidObject.inline(name));
  if (checker.universe.complete(type).kind === "forward") {
    fail("D_DECL_INCOMPLETE", span, formatType(type), name);
  }

  const operand = checkInlineValue(checker, definition, parameters);
  requireCompatible(definition, type, operand);
  if (operand.kind === "value" && sizeOfExpression(checker, operand.expression) > sizeLimit) {
    fail("D_UNKNOWN", span, `inline ${name} expands to more than ${sizeLimit} operations`);
  }
  const constant = constantOf(operand);
  if (!parameters && constant !== undefined && isInteger(type)) {
    const value = wrapInteger(constant, type);
    checker.scope.define({ kind: "constant", name, type, value, library: checker.library });
    return;
  }
  checker.scope.define({
    kind: "inline",
    name,
    type,
    value: definition.value,
    operand: parameters ? undefined : operand,
    parameters,
    library: checker.library,
  });
}

/** Inlines that use others twice double with every level what programs are made of. */
const sizeLimit = 10_000;

function sizeOfExpression(checker: Checker, expression: CheckedExpression): number {
  const known = checker.sizes.get(expression);
  if (known !== undefined) return known;
  const size = partsOf(expression).reduce((sum, part) => sum + sizeOfExpression(checker, part), 1);
  checker.sizes.set(expression, size);
  return size;
}

const previous = (checker: Checker, name: string, kind: string): string =>
  checker.scope.findOwn(name)?.kind === "inline" ? `${kind} inline` : `${kind} `;

function parametersOf(
  checker: Checker,
  { type, name, nameSpan }: InlineDefinition,
): readonly InlineParameter[] | undefined {
  if (type.kind === "array-type") {
    const problem = type.length ? missingDimension.scalarInline : missingDimension.inline;
    fail("D_DECL_ARRNULL", nameSpan, problem(name));
  }
  if (type.kind !== "associative-type") return undefined;
  return checkParameters(checker, type.keys, {
    kind: "array",
    mayBeVariadic: false,
    mayBeVoid: false,
  });
}

function valueType(checker: Checker, { type }: InlineDefinition): DType {
  return resolveTypeSyntax(checker, type.kind === "associative-type" ? type.value : type);
}

/** Parameters stand for themselves while the definition is checked for the first time. */
function checkInlineValue(
  checker: Checker,
  { value, span }: InlineDefinition,
  parameters: readonly InlineParameter[] | undefined,
): Operand {
  const entries = (parameters ?? []).flatMap(({ name, type }): readonly ParameterEntry[] => {
    if (name === undefined) return [];
    const operand = locationOperand(
      { kind: "symbol", span, type, module: "", name, address: 0n },
      false,
    );
    return [{ kind: "parameter", name, operand }];
  });
  return checker.scope.withParameters(entries, () => checkExpression(checker, value));
}

function requireCompatible({ name, span }: InlineDefinition, type: DType, operand: Operand): void {
  if (operand.kind === "translation") {
    const target = resolveType(type).kind === "pointer" ? referencedType(type) : type;
    if (target && areCompatible(target, operand.translator.to)) return;
  } else if (isArgumentCompatible({ type, isZeroConstant: false }, typedOperand(operand))) {
    return;
  }
  fail(
    "D_OP_INCOMPAT",
    span,
    `inline ${name} definition uses incompatible types: "${formatType(type)}" = "${operandTypeName(operand)}"`,
  );
}
