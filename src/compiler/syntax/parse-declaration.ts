/** What may stand outside clauses: declarations, inlines, translators, provider declarations. */

import type { TextSpan } from "../../base/text-span.ts";
import { badProviderName } from "../diagnostics/catalog-syntax.ts";
import { diagnose } from "../diagnostics/diagnostic.ts";
import type {
  Declaration,
  Declarator,
  InlineDefinition,
  ParameterList,
  ProviderDefinition,
  ProviderProbe,
  TranslatorDefinition,
  TranslatorMember,
  TypeSyntax,
} from "./ast-declarations.ts";
import { parseDeclarator, parseParameterList } from "./parse-declarator.ts";
import { parseAssignment } from "./parse-expression.ts";
import { parseSpecifiers, type Specifiers } from "./parse-specifiers.ts";
import { parseTypeName } from "./parse-type.ts";
import type { Parser } from "./parser.ts";

/** A provider's and a probe's name have room for this many characters. */
const nameLimit = 63;

/** `extern int a, *b;` Stops before the semicolon, which the caller takes. */
export function parseDeclaration(parser: Parser): Declaration {
  const start = parser.token.span;
  const specifiers = parseSpecifiers(parser, { allowStorage: true });
  const { storage, type } = specifiers;
  const declarators: Declarator[] = [];
  if (!parser.at(";")) {
    do declarators.push(parseDeclared(parser, specifiers));
    while (parser.accept(","));
  }
  const span = parser.spanFrom(start);
  if (declarators.length === 0 && !definesTag(type)) {
    parser.report(diagnose("D_DECL_USELESS", span));
  }
  if (!parser.at(";")) parser.fail();
  return { kind: "declaration", span, storage, type, declarators };
}

function definesTag(type: TypeSyntax): boolean {
  return type.kind === "composite-type" || type.kind === "enum-type";
}

function parseDeclared(parser: Parser, specifiers: Specifiers): Declarator {
  const start = parser.token.span;
  const { name = "", nameSpan, type } = parseDeclarator(parser, specifiers.type, "named");
  if (name.includes("`")) {
    parser.report(diagnose("D_DECL_SCOPE", nameSpan, "a declaration name", name));
  }
  if (specifiers.storage === "typedef") parser.declareTypedef(name);
  else if (specifiers.storage !== "self" && specifiers.storage !== "this") {
    parser.declareVariable(name);
  }
  return { kind: "declarator", span: parser.spanFrom(start), name, nameSpan, type };
}

/** `inline type name = value` */
export function parseInline(parser: Parser): InlineDefinition {
  const start = parser.token.span;
  parser.advance();
  const { storage, type: base } = parseSpecifiers(parser, { allowStorage: true });
  const { name = "", nameSpan, type } = parseDeclarator(parser, base, "named");
  parser.expect("=");
  const value = parseAssignment(parser);
  if (!parser.at(";")) parser.fail();
  parser.declareVariable(name);
  return { kind: "inline", span: parser.spanFrom(start), storage, name, nameSpan, type, value };
}

/** `translator target < source parameter > { members }` */
export function parseTranslator(parser: Parser): TranslatorDefinition {
  const start = parser.token.span;
  parser.advance();
  const target = parseTypeName(parser);
  parser.expect("<");
  const source = parseTypeName(parser);
  const { name: parameter } = parser.expectName();
  parser.expect(">");
  parser.expect("{");
  const members: TranslatorMember[] = [];
  while (!parser.accept("}")) members.push(parseTranslatorMember(parser));
  if (!parser.at(";")) parser.fail();
  return { kind: "translator", span: parser.spanFrom(start), target, source, parameter, members };
}

function parseTranslatorMember(parser: Parser): TranslatorMember {
  const { name, span } = parser.expectName();
  parser.expect("=");
  const value = parseAssignment(parser);
  parser.expect(";");
  return { kind: "translator-member", span: parser.spanFrom(span), name, value };
}

/** `provider name { probes }` */
export function parseProvider(parser: Parser): ProviderDefinition {
  const start = parser.token.span;
  parser.advance();
  const { name, span: nameSpan } = parser.expectName();
  checkProviderName(parser, name, nameSpan);
  parser.expect("{");
  const probes: ProviderProbe[] = [];
  while (!parser.accept("}")) probes.push(parseProviderProbe(parser));
  if (!parser.at(";")) parser.fail();
  return { kind: "provider", span: parser.spanFrom(start), name, nameSpan, probes };
}

/** `probe name(native) : (translated);` */
function parseProviderProbe(parser: Parser): ProviderProbe {
  const start = parser.expect("probe");
  const { name, span } = parser.expectName();
  checkProbeName(parser, name, span);
  const native = parseProbeParameters(parser);
  const translated = parser.accept(":") ? parseProbeParameters(parser) : undefined;
  parser.expect(";");
  return { kind: "provider-probe", span: parser.spanFrom(start), name, native, translated };
}

function parseProbeParameters(parser: Parser): ParameterList {
  parser.expect("(");
  return parseParameterList(parser, ")");
}

function checkProviderName(parser: Parser, name: string, span: TextSpan): void {
  if (name.includes("`")) {
    parser.report(diagnose("D_PROV_BADNAME", span, badProviderName.scopedProvider(name)));
  } else if (name.length > nameLimit) {
    parser.report(diagnose("D_PROV_BADNAME", span, badProviderName.longProvider(name)));
  } else if (/[0-9]$/.test(name)) {
    parser.report(diagnose("D_PROV_BADNAME", span, badProviderName.digit(name)));
  }
}

function checkProbeName(parser: Parser, name: string, span: TextSpan): void {
  const shown = `::${name.replaceAll("__", "-")}`;
  if (name.includes("`")) {
    parser.report(diagnose("D_PROV_BADNAME", span, badProviderName.scopedProbe(shown)));
  } else if (shown.length - 2 > nameLimit) {
    parser.report(diagnose("D_PROV_BADNAME", span, badProviderName.longProbe(shown)));
  }
}
