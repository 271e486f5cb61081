/** Enums that a program defines; their tags become global constants. */

import { redeclared } from "../../diagnostics/catalog-declaration.ts";
import type { Expression } from "../../syntax/ast.ts";
import type { EnumeratorSyntax, EnumTypeSyntax } from "../../syntax/ast-declarations.ts";
import type { DType, Enumerator, EnumType } from "../../types/d-type.ts";
import { type Checker, fail } from "../checker.ts";
import { checkExpression } from "../expressions/expression.ts";
import { kindOfOwnName } from "../identifiers/scope.ts";
import { constantOf } from "../operand.ts";

type Definition = EnumTypeSyntax & { readonly enumerators: readonly EnumeratorSyntax[] };

export function declareEnum(checker: Checker, syntax: Definition): DType {
  const before = checker.declaredTypes.get(syntax.enumerators);
  if (before) return before;
  const { name, span } = syntax;
  if (name !== undefined && checker.universe.findOwnTag("enum", name)) {
    fail("D_DECL_TYPERED", span, `enum ${name}`);
  }
  const enumerators: Enumerator[] = [];
  const type: EnumType = {
    kind: "enum",
    name,
    size: 4,
    signed: true,
    enumerators: () => enumerators,
  };
  let next = 0n;
  for (const each of syntax.enumerators) {
    const value = each.value ? enumeratorValue(checker, each, each.value, enumerators) : next;
    declareEnumerator(checker, each, { type, value });
    enumerators.push({ name: each.name, value });
    next = value + 1n;
  }
  checker.declaredTypes.set(syntax.enumerators, type);
  if (name !== undefined) checker.universe.declareTag("enum", name, type);
  return type;
}

/** An enumerator may be defined by one that stands before it in the same enum. */
function enumeratorValue(
  checker: Checker,
  { name, span }: EnumeratorSyntax,
  node: Expression,
  before: readonly Enumerator[],
): bigint {
  const sibling =
    node.kind === "identifier" ? before.find((other) => other.name === node.name) : undefined;
  const value = sibling?.value ?? constantOf(checkExpression(checker, node));
  if (value === undefined) return fail("D_DECL_ENCONST", span, name);
  if (value > 0x7fff_ffffn || value < -0x8000_0000n) fail("D_DECL_ENOFLOW", span, name);
  return value;
}

function declareEnumerator(
  checker: Checker,
  { name, span }: EnumeratorSyntax,
  { type, value }: { readonly type: EnumType; readonly value: bigint },
): void {
  if (name.includes("`")) fail("D_DECL_SCOPE", span, "an enumerator name", name);
  if (type.enumerators().some((other) => other.name === name)) {
    const problem = "Duplicate member name definition";
    fail("D_UNKNOWN", span, `failed to define enumerator '${name}': ${problem}`);
  }
  if (kindOfOwnName(checker.scope, name) !== undefined) {
    fail("D_DECL_IDRED", span, redeclared.identifier(name));
  }
  checker.scope.define({ kind: "constant", name, type, value });
}
