/** Declaration specifiers: storage class, qualifiers and the words that make one type. */

import type { TextSpan } from "../../base/text-span.ts";
import { specifierProblem } from "../diagnostics/catalog-declaration.ts";
import { diagnose } from "../diagnostics/diagnostic.ts";
import type { BasicTypeName, StorageClass, TypeQualifier, TypeSyntax } from "./ast-declarations.ts";
import type { TokenKind } from "./lexer/token.ts";
import { splitScope } from "./parse-postfix.ts";
import { parseComposite, parseEnum } from "./parse-type-body.ts";
import type { Parser } from "./parser.ts";

export interface Specifiers {
  readonly span: TextSpan;
  readonly storage: StorageClass | undefined;
  /** `int` where no word says what it is. */
  readonly type: TypeSyntax;
}

const storageClasses: ReadonlySet<TokenKind> = new Set<StorageClass>([
  "auto",
  "register",
  "static",
  "extern",
  "typedef",
  "self",
  "this",
]);

const qualifiers: ReadonlySet<TokenKind> = new Set<TypeQualifier>([
  "const",
  "restrict",
  "volatile",
  "userland",
]);

type SizeWord = "short" | "long" | "signed" | "unsigned";
type BaseWord = "void" | "char" | "int" | "float" | "double" | "string";

const sizeWords: ReadonlySet<TokenKind> = new Set<SizeWord>([
  "short",
  "long",
  "signed",
  "unsigned",
]);

const baseWords: ReadonlySet<TokenKind> = new Set<BaseWord>([
  "void",
  "char",
  "int",
  "float",
  "double",
  "string",
]);

/** May the current token begin a type's name? */
export function startsType(parser: Parser): boolean {
  const { kind } = parser.token;
  return (
    baseWords.has(kind) ||
    sizeWords.has(kind) ||
    qualifiers.has(kind) ||
    kind === "struct" ||
    kind === "union" ||
    kind === "enum" ||
    parser.atTypeName
  );
}

/** May the current token begin a declaration or a parameter? */
export function startsDeclaration(parser: Parser): boolean {
  return storageClasses.has(parser.token.kind) || startsType(parser);
}

/** What the specifiers said so far. */
interface Gathered {
  storage: StorageClass | undefined;
  readonly qualifiers: Set<TypeQualifier>;
  readonly words: SizeWord[];
  base: BaseWord | undefined;
  /** A structure, union, enum or typedef. */
  type: TypeSyntax | undefined;
}

/** `allowStorage` holds outside casts, structures and the like. */
export function parseSpecifiers(
  parser: Parser,
  { allowStorage }: { readonly allowStorage: boolean },
): Specifiers {
  const start = parser.token.span;
  const gathered: Gathered = {
    storage: undefined,
    qualifiers: new Set(),
    words: [],
    base: undefined,
    type: undefined,
  };
  let count = 0;
  while (gatherSpecifier(parser, gathered, allowStorage)) count += 1;
  if (count === 0) parser.fail();

  const span = parser.spanFrom(start);
  const type = typeOf(parser, gathered, span) ?? { kind: "error-type", span };
  return {
    span,
    storage: gathered.storage,
    type: qualify(type, [...gathered.qualifiers], span),
  };
}

export function qualify(
  type: TypeSyntax,
  by: readonly TypeQualifier[],
  span: TextSpan,
): TypeSyntax {
  return by.length === 0 ? type : { kind: "qualified-type", span, qualifiers: by, type };
}

/** The qualifiers here, as after the `*` of a pointer. */
export function parseQualifiers(parser: Parser): readonly TypeQualifier[] {
  const found = new Set<TypeQualifier>();
  while (isQualifier(parser.token.kind)) {
    found.add(parser.token.kind);
    parser.advance();
  }
  return [...found];
}

function isQualifier(kind: TokenKind): kind is TypeQualifier {
  return qualifiers.has(kind);
}

function isStorageClass(kind: TokenKind): kind is StorageClass {
  return storageClasses.has(kind);
}

function isSizeWord(kind: TokenKind): kind is SizeWord {
  return sizeWords.has(kind);
}

function isBaseWord(kind: TokenKind): kind is BaseWord {
  return baseWords.has(kind);
}

/** Reads one specifier; false where there is none. */
function gatherSpecifier(parser: Parser, gathered: Gathered, allowStorage: boolean): boolean {
  const { kind } = parser.token;
  if (isQualifier(kind)) gathered.qualifiers.add(kind);
  else if (isStorageClass(kind) && allowStorage) addStorage(parser, gathered, kind);
  else if (isSizeWord(kind)) addSizeWord(parser, gathered, kind);
  else if (isBaseWord(kind)) addBaseWord(parser, gathered, kind);
  else return gatherType(parser, gathered);

  parser.advance();
  return true;
}

function addStorage(parser: Parser, gathered: Gathered, storage: StorageClass): void {
  if (gathered.storage !== undefined) parser.report(diagnose("D_DECL_CLASS", parser.token.span));
  gathered.storage ??= storage;
}

function addSizeWord(parser: Parser, gathered: Gathered, word: SizeWord): void {
  const before = gathered.words.filter((other) => other === word).length;
  const limit = word === "long" ? 2 : 1;
  if (before < limit) {
    gathered.words.push(word);
    return;
  }
  const problem = word === "long" ? specifierProblem.longThrice() : specifierProblem.twice(word);
  parser.report(diagnose("D_DECL_COMBO", parser.token.span, problem));
}

function addBaseWord(parser: Parser, gathered: Gathered, word: BaseWord): void {
  if (gathered.base !== undefined || gathered.type !== undefined) reportTypes(parser);
  gathered.base ??= word;
}

/** A typedef's name counts as a type only while none is known: `struct s { foo foo; }`. */
function gatherType(parser: Parser, gathered: Gathered): boolean {
  const hasType = gathered.base !== undefined || gathered.type !== undefined;
  const { token } = parser;
  switch (token.kind) {
    case "struct":
    case "union":
    case "enum": {
      if (hasType) reportTypes(parser);
      const type = token.kind === "enum" ? parseEnum(parser) : parseComposite(parser, token.kind);
      gathered.type ??= type;
      return true;
    }
    case "identifier":
      if (hasType || !parser.isTypeName(token.name)) return false;
      if (gathered.words.length > 0 && isDeclarator(parser)) return false;
      gathered.type = { kind: "named-type", span: token.span, ...splitScope(token.name) };
      parser.advance();
      return true;
    default:
      return false;
  }
}

/** `typedef unsigned short u16;` where `u16` is a type already. */
function isDeclarator({ source, token }: Parser): boolean {
  return /^\s*[;,[]/.test(source.text.slice(token.span.end, token.span.end + 80));
}

function reportTypes(parser: Parser): void {
  parser.report(diagnose("D_DECL_COMBO", parser.token.span, specifierProblem.types()));
}

/** Undefined where the words contradict each other, which is reported. */
function typeOf(parser: Parser, gathered: Gathered, span: TextSpan): TypeSyntax | undefined {
  const { type, words } = gathered;
  if (type === undefined) {
    const name = basicName(parser, gathered, span);
    return name === undefined ? undefined : { kind: "basic-type", span, name };
  }
  return reportWordsWithType(parser, words, span) ? undefined : type;
}

/** Gives whether the words are wrong; `short` before a typedef or structure means nothing. */
function reportWordsWithType(parser: Parser, words: readonly SizeWord[], span: TextSpan): boolean {
  const signed = words.includes("signed") || words.includes("unsigned");
  if (!signed && !words.includes("long")) return false;
  parser.report(diagnose(signed ? "D_DECL_SIGNINT" : "D_DECL_LONGINT", span));
  return true;
}

/** The words of every basic type, sorted, without `int` and `signed` where they mean nothing. */
const basicNames: ReadonlyMap<string, BasicTypeName> = new Map([
  ["void", "void"],
  ["string", "string"],
  ["float", "float"],
  ["double", "double"],
  ["double long", "long double"],
  ["char", "char"],
  ["char signed", "signed char"],
  ["char unsigned", "unsigned char"],
  ["int", "int"],
  ["int unsigned", "unsigned int"],
  ["int short", "short"],
  ["int short unsigned", "unsigned short"],
  ["int long", "long"],
  ["int long unsigned", "unsigned long"],
  ["int long long", "long long"],
  ["int long long unsigned", "unsigned long long"],
]);

function basicName(parser: Parser, gathered: Gathered, span: TextSpan): BasicTypeName | undefined {
  const base = gathered.base ?? "int";
  const words = gathered.words.filter((word) => word !== "signed" || base !== "int");
  const name = basicNames.get([base, ...words].sort().join(" "));
  const contradicts = gathered.words.includes("signed") && gathered.words.includes("unsigned");
  if (name !== undefined && !contradicts) return name;

  reportWords(parser, base, { words: gathered.words, span });
  return undefined;
}

function reportWords(
  parser: Parser,
  base: BaseWord,
  { words, span }: { readonly words: readonly SizeWord[]; readonly span: TextSpan },
): void {
  const signed = words.includes("signed") || words.includes("unsigned");
  const sized = words.includes("long") || words.includes("short");
  if (base === "char" && sized) parser.report(diagnose("D_DECL_CHARATTR", span));
  else if (base === "void") parser.report(diagnose("D_DECL_VOIDATTR", span));
  else if (base !== "char" && base !== "int" && signed) {
    parser.report(diagnose("D_DECL_SIGNINT", span));
  } else if (base === "string" && words.includes("long")) {
    parser.report(diagnose("D_DECL_LONGINT", span));
  } else parser.report(diagnose("D_UNKNOWN", span, unknownType(base, words)));
}

const wordOrder: readonly SizeWord[] = ["signed", "unsigned", "short", "long"];

/** DTrace looks for the words in its own order, and without `int` where a size is given. */
function unknownType(base: BaseWord, words: readonly SizeWord[]): string {
  const sized = words.includes("short") || words.includes("long");
  const ordered = wordOrder.flatMap((word) => words.filter((other) => other === word));
  const text = ordered.map((word) => `${word} `).join("") + (base === "int" && sized ? "" : base);
  return `failed to resolve type ${text}: Unknown type name`;
}
