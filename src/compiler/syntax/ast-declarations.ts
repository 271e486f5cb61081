/**
 * Declarations and type names as written. C's declarators are already turned inside out: each
 * declarator carries its whole type, and declarators of one declaration share the same specifier
 * object, so a structure defined there is one object however often it is referred to.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type { Expression } from "./ast.ts";

export type StorageClass = "auto" | "register" | "static" | "extern" | "typedef" | "self" | "this";

/** `extern int a, *b;`, or with no declarators `struct s { … };`. */
export interface Declaration {
  readonly kind: "declaration";
  readonly span: TextSpan;
  readonly storage: StorageClass | undefined;
  readonly type: TypeSyntax;
  readonly declarators: readonly Declarator[];
}

export interface Declarator {
  readonly kind: "declarator";
  readonly span: TextSpan;
  readonly name: string;
  readonly nameSpan: TextSpan;
  readonly type: TypeSyntax;
}

/** `inline type name = value;`; with parameters the type is an associative array of named keys. */
export interface InlineDefinition {
  readonly kind: "inline";
  readonly span: TextSpan;
  readonly storage: StorageClass | undefined;
  readonly name: string;
  readonly nameSpan: TextSpan;
  readonly type: TypeSyntax;
  readonly value: Expression;
}

/** `translator target < source parameter > { members };` */
export interface TranslatorDefinition {
  readonly kind: "translator";
  readonly span: TextSpan;
  readonly target: TypeSyntax;
  readonly source: TypeSyntax;
  readonly parameter: string;
  readonly members: readonly TranslatorMember[];
}

/** `name = value;` */
export interface TranslatorMember {
  readonly kind: "translator-member";
  readonly span: TextSpan;
  readonly name: string;
  readonly value: Expression;
}

/** `provider name { probes };` */
export interface ProviderDefinition {
  readonly kind: "provider";
  readonly span: TextSpan;
  readonly name: string;
  readonly nameSpan: TextSpan;
  readonly probes: readonly ProviderProbe[];
}

/** `probe name(native) : (translated);` */
export interface ProviderProbe {
  readonly kind: "provider-probe";
  readonly span: TextSpan;
  /** As written: `__` stands for `-` in the probe's name. */
  readonly name: string;
  readonly native: ParameterList;
  /** Undefined without `:`. */
  readonly translated: ParameterList | undefined;
}

export type TypeSyntax =
  | BasicTypeSyntax
  | NamedTypeSyntax
  | CompositeTypeSyntax
  | EnumTypeSyntax
  | QualifiedTypeSyntax
  | PointerTypeSyntax
  | ArrayTypeSyntax
  | AssociativeTypeSyntax
  | FunctionTypeSyntax
  | ErrorTypeSyntax;

/** A type spelled with C's own words, whatever their order was. */
export interface BasicTypeSyntax {
  readonly kind: "basic-type";
  readonly span: TextSpan;
  readonly name: BasicTypeName;
}

export type BasicTypeName =
  | "void"
  | "char"
  | "signed char"
  | "unsigned char"
  | "short"
  | "unsigned short"
  | "int"
  | "unsigned int"
  | "long"
  | "unsigned long"
  | "long long"
  | "unsigned long long"
  | "float"
  | "double"
  | "long double"
  | "string";

/** A typedef's name. */
export interface NamedTypeSyntax {
  readonly kind: "named-type";
  readonly span: TextSpan;
  readonly name: string;
  /** `module` of `` module`name ``, empty for `` `name ``, undefined without a backquote. */
  readonly scope: string | undefined;
}

/** `struct name`, `union name { … }` */
export interface CompositeTypeSyntax {
  readonly kind: "composite-type";
  readonly span: TextSpan;
  readonly tag: "struct" | "union";
  readonly name: string | undefined;
  readonly scope: string | undefined;
  /** Undefined where the type is named but not defined here. */
  readonly members: readonly MemberDeclaration[] | undefined;
}

export interface MemberDeclaration {
  readonly kind: "member-declaration";
  readonly span: TextSpan;
  /** Undefined for an anonymous structure or union and for an unnamed bit-field. */
  readonly name: string | undefined;
  readonly type: TypeSyntax;
  /** The width of a bit-field. */
  readonly width: Expression | undefined;
}

/** `enum name`, `enum name { … }` */
export interface EnumTypeSyntax {
  readonly kind: "enum-type";
  readonly span: TextSpan;
  readonly name: string | undefined;
  readonly scope: string | undefined;
  /** Undefined where the type is named but not defined here. */
  readonly enumerators: readonly EnumeratorSyntax[] | undefined;
}

export interface EnumeratorSyntax {
  readonly kind: "enumerator";
  readonly span: TextSpan;
  readonly name: string;
  readonly value: Expression | undefined;
}

/** `userland` is D's own: the type is one of the traced process. */
export type TypeQualifier = "const" | "volatile" | "restrict" | "userland";

export interface QualifiedTypeSyntax {
  readonly kind: "qualified-type";
  readonly span: TextSpan;
  /** Each at most once. */
  readonly qualifiers: readonly TypeQualifier[];
  readonly type: TypeSyntax;
}

export interface PointerTypeSyntax {
  readonly kind: "pointer-type";
  readonly span: TextSpan;
  readonly to: TypeSyntax;
}

/** `element [length]`; the length is undefined for `[]`. */
export interface ArrayTypeSyntax {
  readonly kind: "array-type";
  readonly span: TextSpan;
  readonly element: TypeSyntax;
  readonly length: Expression | undefined;
}

/** `value [keys]`: D's associative array. */
export interface AssociativeTypeSyntax {
  readonly kind: "associative-type";
  readonly span: TextSpan;
  readonly value: TypeSyntax;
  readonly keys: ParameterList;
}

export interface FunctionTypeSyntax {
  readonly kind: "function-type";
  readonly span: TextSpan;
  readonly returns: TypeSyntax;
  readonly parameters: ParameterList;
}

export interface ParameterList {
  readonly span: TextSpan;
  /** Empty for `()`; one nameless `void` for `(void)`. */
  readonly parameters: readonly Parameter[];
  /** The list ends in `...`. */
  readonly variadic: boolean;
}

export interface Parameter {
  readonly kind: "parameter";
  readonly span: TextSpan;
  readonly storage: StorageClass | undefined;
  readonly name: string | undefined;
  readonly type: TypeSyntax;
}

/** A type that could not be read; a diagnostic says why. */
export interface ErrorTypeSyntax {
  readonly kind: "error-type";
  readonly span: TextSpan;
}
