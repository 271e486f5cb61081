/** Declarations outside clauses: variables, typedefs, kernel symbols, and types by themselves. */

import type { TextSpan } from "../../../base/text-span.ts";
import { missingDimension, redeclared, voidObject } from "../../diagnostics/catalog-declaration.ts";
import type {
  Declaration,
  Declarator,
  StorageClass,
  TypeSyntax,
} from "../../syntax/ast-declarations.ts";
import { standardTypedefs } from "../../types/base-types.ts";
import { areCompatible } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import { isVoid, resolveType } from "../../types/type-queries.ts";
import type { Variable } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import { kindOfOwnName, type VariableEntry } from "../identifiers/scope.ts";
import { checkParameters } from "./parameters.ts";
import { resolveTypeSyntax } from "./type-syntax.ts";

export function declare(checker: Checker, declaration: Declaration): void {
  const { declarators, storage, type, span } = declaration;
  if (declarators.length === 0) {
    resolveTypeSyntax(checker, type);
    if (type.kind !== "composite-type" && type.kind !== "enum-type") fail("D_DECL_USELESS", span);
    return;
  }
  for (const declarator of declarators) declareOne(checker, declarator, storage);
}

function declareOne(
  checker: Checker,
  declarator: Declarator,
  storage: StorageClass | undefined,
): void {
  const { name, nameSpan: span } = declarator;
  const type = resolveTypeSyntax(checker, declarator.type);
  if (name.includes("`")) fail("D_DECL_SCOPE", span, "a declaration name", name);

  const isFunction = type.kind === "function" && (storage === undefined || storage === "static");
  if (isFunction || storage === "extern") return;
  if (storage === "typedef") declareTypedef(checker, { name, span, type });
  else declareVariable(checker, declarator, { scope: scopeOf(storage, span), type });
}

function scopeOf(storage: StorageClass | undefined, span: TextSpan): Variable["scope"] {
  switch (storage) {
    case undefined:
      return "global";
    case "self":
      return "thread";
    case "this":
      return "clause";
    default:
      return fail("D_DECL_BADCLASS", span, "D");
  }
}

function declareTypedef(
  checker: Checker,
  { name, span, type }: { readonly name: string; readonly span: TextSpan; readonly type: DType },
): void {
  if (kindOfOwnName(checker.scope, name) !== undefined) {
    fail("D_DECL_IDRED", span, redeclared.globalVariable(name));
  }
  const before = checker.universe.findOwnTypedef(name);
  const isSystemHeaders = standardTypedefs.has(name) && before && areCompatible(before, type);
  if (before && !isSystemHeaders) fail("D_DECL_IDRED", span, redeclared.typedef(name));
  checker.universe.declareTypedef(name, type);
}

interface DeclaredVariable {
  readonly scope: Variable["scope"];
  /** Dynamic for an associative array. */
  readonly type: DType;
}

function declareVariable(
  checker: Checker,
  { name, nameSpan: span, type: syntax }: Declarator,
  { scope, type }: DeclaredVariable,
): void {
  if (syntax.kind === "array-type" && !syntax.length) {
    fail("D_DECL_ARRNULL", span, missingDimension.variable(name));
  }
  const existing = checker.scope.findVariable(scope, name);
  if (scope === "global" && !existing && kindOfOwnName(checker.scope, name) !== undefined) {
    refuseRedeclaration(checker, { name, span, type });
  }
  if (checker.universe.findOwnTypedef(name)) {
    fail("D_DECL_IDRED", span, redeclared.typedefName(name));
  }
  const keys = keyTypes(checker, syntax);
  if (keys && scope === "clause") fail("D_DECL_LOCASSC", span, name);
  const valueType = keys ? elementType(checker, syntax) : type;
  if (existing?.variable) {
    requireSame(existing, { name, span, type: valueType, keys });
    return;
  }
  requireObject(checker, { name, span, type: valueType });
  const entry = existing ?? checker.scope.createVariable(scope, name);
  entry.declared = true;
  entry.shape = keys ? "array" : "scalar";
  entry.keys = keys;
  checker.scope.giveType(entry, valueType);
}

interface NamedType {
  readonly name: string;
  readonly span: TextSpan;
  readonly type: DType;
}

/** D's own names cannot be declared, and an inline only once. */
function refuseRedeclaration(checker: Checker, { name, span, type }: NamedType): never {
  const entity = checker.scope.findOwn(name);
  if (!entity) return fail("D_DECL_IDRED", span, redeclared.builtin(name));
  const kind = kindOfOwnName(checker.scope, name) ?? "scalar";
  const previousType = "type" in entity && entity.type ? formatType(entity.type) : "";
  return fail(
    "D_DECL_IDRED",
    span,
    redeclared.variable(name, `scalar ${formatType(type)}`, `${kind} ${previousType}`),
  );
}

function keyTypes(checker: Checker, syntax: TypeSyntax): readonly DType[] | undefined {
  if (syntax.kind !== "associative-type") return undefined;
  const rules = { kind: "array", mayBeVariadic: false, mayBeVoid: false } as const;
  return checkParameters(checker, syntax.keys, rules).map(({ type }) => type);
}

function elementType(checker: Checker, syntax: TypeSyntax): DType {
  const value = syntax.kind === "associative-type" ? syntax.value : syntax;
  return resolveTypeSyntax(checker, value);
}

function requireObject(checker: Checker, { name, span, type }: NamedType): void {
  if (isVoid(type)) fail("D_DECL_VOIDOBJ", span, voidObject.object(name));
  const resolved = checker.universe.complete(type);
  const isEmpty = (resolved.kind === "struct" || resolved.kind === "union") && resolved.size === 0;
  if (resolved.kind === "forward" || isEmpty) {
    fail("D_DECL_INCOMPLETE", span, formatType(type), name);
  }
}

/** A variable may be declared again, if it is the same. */
function requireSame(
  entry: VariableEntry,
  { name, span, type, keys }: NamedType & { readonly keys: readonly DType[] | undefined },
): void {
  const currentKind = keys ? "associative array" : "scalar";
  const previousKind = entry.shape === "array" ? "associative array" : "scalar";
  const previousType = entry.type ?? type;
  const previousKeys = entry.keys ?? [];
  if (currentKind !== previousKind || !sameType(type, previousType)) {
    const current = `${currentKind} ${formatType(type)}`;
    const previous = `${previousKind} ${formatType(previousType)}`;
    fail("D_DECL_IDRED", span, redeclared.variable(name, current, previous));
  }
  for (const [index, key] of (keys ?? []).entries()) {
    const before = previousKeys[index];
    if (!before || sameType(key, before)) continue;
    const current = `${currentKind}, key #${index + 1} of type ${formatType(key)}`;
    const previous = `${previousKind}, key #${index + 1} of type ${formatType(before)}`;
    fail("D_DECL_IDRED", span, redeclared.variable(name, current, previous));
  }
  if (keys && keys.length !== previousKeys.length) {
    const current = `${currentKind} of ${formatType(type)}, tuple length ${keys.length}`;
    const previous = `${previousKind} of ${formatType(previousType)}, tuple length ${previousKeys.length}`;
    fail("D_DECL_IDRED", span, redeclared.variable(name, current, previous));
  }
}

const sameType = (left: DType, right: DType): boolean =>
  resolveType(left) === resolveType(right) ||
  (areCompatible(left, right) && formatType(left) === formatType(right));
