/** Structures and unions that a program defines. */

import { dynamicObject, voidObject } from "../../diagnostics/catalog-declaration.ts";
import type { CompositeTypeSyntax, MemberDeclaration } from "../../syntax/ast-declarations.ts";
import type { CompositeType, DType, Member } from "../../types/d-type.ts";
import { type DeclaredMember, layOutMembers } from "../../types/layout.ts";
import { formatType } from "../../types/type-names.ts";
import { isDynamic, isVoid, resolveType, sizeOf } from "../../types/type-queries.ts";
import { type Checker, fail } from "../checker.ts";
import { checkExpression } from "../expressions/expression.ts";
import { constantOf, isPositiveConstant } from "../operand.ts";
import { resolveTypeSyntax } from "./type-syntax.ts";

type Definition = CompositeTypeSyntax & { readonly members: readonly MemberDeclaration[] };

export function declareComposite(checker: Checker, syntax: Definition): DType {
  const before = checker.declaredTypes.get(syntax.members);
  if (before) return before;
  const { tag, name, span } = syntax;
  if (name !== undefined && checker.universe.findOwnTag(tag, name)) {
    fail("D_DECL_TYPERED", span, `${tag} ${name}`);
  }
  const members = syntax.members.map((member) => declareMember(checker, member));
  refuseDuplicates(syntax.members);
  const laidOut = layOutMembers(tag, members);
  const type: CompositeType = {
    kind: tag,
    name,
    size: laidOut.size,
    members: () => laidOut.members satisfies readonly Member[],
  };
  checker.declaredTypes.set(syntax.members, type);
  if (name !== undefined) checker.universe.declareTag(tag, name, type);
  return type;
}

function refuseDuplicates(members: readonly MemberDeclaration[]): void {
  const names = new Set<string>();
  for (const { name, span } of members) {
    if (name === undefined) continue;
    if (names.has(name)) {
      fail(
        "D_UNKNOWN",
        span,
        `failed to define member '${name}': Duplicate member name definition`,
      );
    }
    names.add(name);
  }
}

function declareMember(checker: Checker, member: MemberDeclaration): DeclaredMember {
  const { name, width, span } = member;
  const type = resolveTypeSyntax(checker, member.type);
  if (name?.includes("`")) fail("D_DECL_SCOPE", span, "a member name", name);
  const label = name ?? "(anon)";
  if (isDynamic(type)) fail("D_DECL_DYNOBJ", span, dynamicObject.member(label));
  const resolved = checker.universe.complete(type);
  const isEmpty = (resolved.kind === "struct" || resolved.kind === "union") && resolved.size === 0;
  if (resolved.kind === "forward" || isEmpty) {
    fail("D_DECL_INCOMPLETE", span, formatType(type), label);
  }
  if (isVoid(type) || resolved.kind === "function") {
    fail("D_DECL_VOIDOBJ", span, voidObject.member(label));
  }
  if (!width) {
    return { name, type, bitSize: undefined };
  }
  return { name, type, bitSize: bitFieldWidth(checker, member, type) };
}

function bitFieldWidth(checker: Checker, member: MemberDeclaration, type: DType): number {
  const { name, width, span } = member;
  if (!width) return 0;
  const operand = checkExpression(checker, width);
  const value = constantOf(operand);
  if (name === undefined && value === 0n) return 0;
  if (value === undefined || !isPositiveConstant(operand)) return fail("D_DECL_BFCONST", span);
  if (resolveType(type).kind !== "integer") fail("D_DECL_BFTYPE", span, name);
  if (value > BigInt(sizeOf(type) * 8)) fail("D_DECL_BFSIZE", span, name);
  return Number(value);
}
