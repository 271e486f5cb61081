/** The bodies of structures, unions and enums. */

import type { TextSpan } from "../../base/text-span.ts";
import { diagnose } from "../diagnostics/diagnostic.ts";
import type {
  CompositeTypeSyntax,
  EnumeratorSyntax,
  EnumTypeSyntax,
  MemberDeclaration,
  TypeSyntax,
} from "./ast-declarations.ts";
import { parseDeclarator } from "./parse-declarator.ts";
import { parseAssignment, parseConstant } from "./parse-expression.ts";
import { splitScope } from "./parse-postfix.ts";
import { parseSpecifiers } from "./parse-specifiers.ts";
import type { Parser } from "./parser.ts";

/** `struct name { members }`, either part optional. */
export function parseComposite(parser: Parser, tag: "struct" | "union"): CompositeTypeSyntax {
  const start = parser.token.span;
  parser.advance();
  const { name, scope } = parseTag(parser);
  if (parser.at("{") && name !== undefined) parser.defineTag(`${tag} ${name}`, parser.previous);
  const members = parser.at("{") ? parser.inBody(() => parseMembers(parser)) : undefined;
  if (name === undefined && members === undefined) parser.fail();
  return { kind: "composite-type", span: parser.spanFrom(start), tag, name, scope, members };
}

/** `enum name { enumerators }`, either part optional. */
export function parseEnum(parser: Parser): EnumTypeSyntax {
  const start = parser.token.span;
  parser.advance();
  const { name, scope } = parseTag(parser);
  if (parser.at("{") && name !== undefined) parser.defineTag(`enum ${name}`, parser.previous);
  const enumerators = parser.at("{") ? parseEnumerators(parser) : undefined;
  if (name === undefined && enumerators === undefined) parser.fail();
  return { kind: "enum-type", span: parser.spanFrom(start), name, scope, enumerators };
}

function parseTag(parser: Parser): { name: string | undefined; scope: string | undefined } {
  if (!parser.at("identifier")) return { name: undefined, scope: undefined };
  return splitScope(parser.expectName().name);
}

function parseMembers(parser: Parser): readonly MemberDeclaration[] {
  parser.expect("{");
  const members: MemberDeclaration[] = [];
  do parseMemberDeclaration(parser, members);
  while (!parser.accept("}"));
  return members;
}

/** `type a, *b, c : 3;` */
function parseMemberDeclaration(parser: Parser, members: MemberDeclaration[]): void {
  const start = parser.token.span;
  const { type } = parseSpecifiers(parser, { allowStorage: false });
  if (parser.at(";") && isAnonymousMember(type)) {
    members.push({
      kind: "member-declaration",
      span: start,
      name: undefined,
      type,
      width: undefined,
    });
    parser.advance();
    return;
  }
  do members.push(parseMember(parser, type));
  while (parser.accept(","));
  parser.expect(";");
}

/** `struct { … };` inside a structure: its members are reached as if they were the outer one's. */
function isAnonymousMember(type: TypeSyntax): boolean {
  return type.kind === "composite-type" && type.members !== undefined && type.name === undefined;
}

function parseMember(parser: Parser, base: TypeSyntax): MemberDeclaration {
  const start = parser.token.span;
  if (parser.accept(":")) {
    const width = parseConstant(parser);
    const span = parser.spanFrom(start);
    return { kind: "member-declaration", span, name: undefined, type: base, width };
  }
  const { name, nameSpan, type } = parseDeclarator(parser, base, "named");
  reportScope(parser, name, nameSpan);
  const width = parser.accept(":") ? parseConstant(parser) : undefined;
  return { kind: "member-declaration", span: parser.spanFrom(start), name, type, width };
}

function reportScope(parser: Parser, name: string | undefined, span: TextSpan): void {
  if (name?.includes("`") !== true) return;
  parser.report(diagnose("D_DECL_SCOPE", span, "a member name", name));
}

function parseEnumerators(parser: Parser): readonly EnumeratorSyntax[] {
  parser.expect("{");
  const enumerators = [parseEnumerator(parser)];
  // As in C since 1999, a comma may follow the last.
  while (parser.accept(",") && !parser.at("}")) enumerators.push(parseEnumerator(parser));
  parser.expect("}");
  return enumerators;
}

function parseEnumerator(parser: Parser): EnumeratorSyntax {
  const { name, span } = parser.expectName();
  if (name.includes("`")) parser.report(diagnose("D_DECL_SCOPE", span, "an enumerator name", name));
  const value = parser.accept("=") ? parseAssignment(parser) : undefined;
  return { kind: "enumerator", span: parser.spanFrom(span), name, value };
}
