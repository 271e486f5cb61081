/** Parameter lists: of associative arrays, functions, inlines and probes. */

import type { Parameter, ParameterList } from "../../syntax/ast-declarations.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import { isDynamic, isVoid } from "../../types/type-queries.ts";
import { type Checker, fail } from "../checker.ts";
import type { InlineParameter } from "../identifiers/scope.ts";
import { resolveTypeSyntax } from "./type-syntax.ts";

export interface ParameterRules {
  /** As messages name the prototype. */
  readonly kind: "array" | "function" | "probe input" | "probe output";
  readonly mayBeVariadic: boolean;
  readonly mayBeVoid: boolean;
  /** The names that may be used, where these stand for others declared before. */
  readonly formals?: readonly InlineParameter[];
}

/** Empty for a sole `void`. */
export function checkParameters(
  checker: Checker,
  list: ParameterList,
  rules: ParameterRules,
): readonly InlineParameter[] {
  if (list.variadic && !rules.mayBeVariadic) fail("D_DECL_PROTO_VARARGS", list.span, rules.kind);
  const parameters: InlineParameter[] = [];
  for (const [index, parameter] of list.parameters.entries()) {
    const type = parameterType(checker, parameter);
    checkParameter(parameter, { type, index: index + 1, rules, before: parameters });
    parameters.push({ name: parameter.name, type });
  }
  const voids = parameters.filter(({ type }) => isVoid(type)).length;
  if (voids > 0 && parameters.length > 1) fail("D_DECL_PROTO_VOID", list.span);
  return voids > 0 ? [] : parameters;
}

function parameterType(checker: Checker, { storage, type, span }: Parameter): DType {
  if (storage !== undefined && storage !== "register") fail("D_DECL_PARMCLASS", span);
  return resolveTypeSyntax(checker, type);
}

interface ParameterFacts {
  readonly type: DType;
  /** From 1. */
  readonly index: number;
  readonly rules: ParameterRules;
  readonly before: readonly InlineParameter[];
}

function checkParameter({ name, span }: Parameter, facts: ParameterFacts): void {
  const { type, index, rules, before } = facts;
  const isForbidden = isDynamic(type) || (isVoid(type) && !rules.mayBeVoid);
  if (isForbidden) fail("D_DECL_PROTO_TYPE", span, rules.kind, formatType(type), name, index);
  if (name === undefined) {
    if (rules.formals && !isVoid(type)) fail("D_DECL_PROTO_NAME", span, undefined, index);
    return;
  }
  if (isVoid(type)) fail("D_DECL_PROTO_NAME", span, name, index);
  const isIn = (list: readonly InlineParameter[]): boolean =>
    list.some((other) => other.name === name);
  if (rules.formals && !isIn(rules.formals)) {
    fail("D_DECL_PROTO_FORM", span, "not", rules.kind, name, index);
  }
  if (!rules.formals && isIn(before)) {
    fail("D_DECL_PROTO_FORM", span, "already", rules.kind, name, index);
  }
}
