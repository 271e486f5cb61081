/** Types as a program writes them: names looked up, structures and enums declared on the way. */

import { assertNever } from "../../../base/assert-never.ts";
import { dynamicObject, voidObject } from "../../diagnostics/catalog-declaration.ts";
import type {
  ArrayTypeSyntax,
  CompositeTypeSyntax,
  EnumTypeSyntax,
  NamedTypeSyntax,
  TypeSyntax,
} from "../../syntax/ast-declarations.ts";
import { dynamicType, intType } from "../../types/base-types.ts";
import type { DType } from "../../types/d-type.ts";
import { isVoid } from "../../types/type-queries.ts";
import { findBasicType } from "../../types/type-universe.ts";
import { AlreadyReported, type Checker, fail } from "../checker.ts";
import { checkExpression } from "../expressions/expression.ts";
import { constantOf, isPositiveConstant } from "../operand.ts";
import { declareComposite } from "./composites.ts";
import { declareEnum } from "./enums.ts";
import { checkParameters } from "./parameters.ts";

export function resolveTypeSyntax(checker: Checker, syntax: TypeSyntax): DType {
  const { universe } = checker;
  switch (syntax.kind) {
    case "basic-type":
      return findBasicType(syntax.name) ?? dynamicType;
    case "named-type":
      return resolveNamed(checker, syntax);
    case "composite-type":
      return resolveComposite(checker, syntax);
    case "enum-type":
      return resolveEnum(checker, syntax);
    case "qualified-type":
      return syntax.qualifiers.reduce<DType>(
        (type, qualifier) => (qualifier === "userland" ? type : universe.qualify(qualifier, type)),
        resolveTypeSyntax(checker, syntax.type),
      );
    case "pointer-type":
      return universe.pointerTo(resolveTypeSyntax(checker, syntax.to));
    case "array-type":
      return resolveArray(checker, syntax);
    case "associative-type":
      checkParameters(checker, syntax.keys, {
        kind: "array",
        mayBeVariadic: false,
        mayBeVoid: false,
      });
      resolveTypeSyntax(checker, syntax.value);
      return dynamicType;
    case "function-type":
      return resolveFunction(checker, syntax);
    case "error-type":
      throw new AlreadyReported();
    default:
      return assertNever(syntax);
  }
}

function resolveNamed(checker: Checker, { name, scope, span }: NamedTypeSyntax): DType {
  const found = checker.universe.findTypedef({ module: scope, name });
  if (found) return found;
  const spelling = scope === undefined ? name : `${scope}\`${name}`;
  return fail("D_TYPE_ERR", span, spelling, unknownTypeReason(checker, scope));
}

export function unknownTypeReason(checker: Checker, scope: string | undefined): string {
  if (scope !== undefined && scope !== "" && !checker.universe.hasModule(scope)) {
    return "Unknown module name";
  }
  return "Unknown type name";
}

function resolveComposite(checker: Checker, syntax: CompositeTypeSyntax): DType {
  const { tag, name, scope, members, span } = syntax;
  if (members) return declareComposite(checker, { ...syntax, members });
  if (name === undefined) throw new AlreadyReported();
  const found = checker.universe.findTag(tag, { module: scope, name });
  if (found) return found;
  if (scope === undefined || scope === "") return checker.universe.forward(tag, name);
  return fail("D_TYPE_ERR", span, `${tag} ${scope}\`${name}`, unknownTypeReason(checker, scope));
}

function resolveEnum(checker: Checker, syntax: EnumTypeSyntax): DType {
  const { name, scope, enumerators } = syntax;
  if (enumerators) return declareEnum(checker, { ...syntax, enumerators });
  if (name === undefined) throw new AlreadyReported();
  return (
    checker.universe.findTag("enum", { module: scope, name }) ??
    checker.universe.forward("enum", name)
  );
}

function resolveArray(checker: Checker, { element, length, span }: ArrayTypeSyntax): DType {
  if (element.kind === "associative-type") fail("D_DECL_DYNOBJ", span, dynamicObject.array());
  const elementType = resolveTypeSyntax(checker, element);
  if (isVoid(elementType)) fail("D_DECL_VOIDOBJ", span, voidObject.array());
  return checker.universe.arrayOf(elementType, length ? dimension(checker, length) : 0);
}

function dimension(checker: Checker, node: NonNullable<ArrayTypeSyntax["length"]>): number {
  const operand = checkExpression(checker, node);
  const value = constantOf(operand);
  if (value === undefined || !isPositiveConstant(operand)) return fail("D_DECL_ARRSUB", node.span);
  if (value > 0xffff_ffffn) fail("D_DECL_ARRBIG", node.span);
  return Number(value);
}

/** D keeps one type for all functions that a program declares. */
const declaredFunction: DType = {
  kind: "function",
  returns: () => intType,
  parameters: () => [],
  variadic: false,
};

function resolveFunction(
  checker: Checker,
  { returns, parameters }: TypeSyntax & { readonly kind: "function-type" },
): DType {
  resolveTypeSyntax(checker, returns);
  checkParameters(checker, parameters, {
    kind: "function",
    mayBeVariadic: true,
    mayBeVoid: true,
  });
  return declaredFunction;
}
