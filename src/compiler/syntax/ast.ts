/**
 * The D program as written: what the parser makes, before names and types are resolved.
 *
 * Nodes are plain read-only data told apart by `kind`. They hold no types, no symbols and no
 * parent. Macro arguments and variables (`$1`, `$target`) are already replaced by their text.
 * Declarations and type names are in `ast-declarations.ts`.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type {
  Declaration,
  InlineDefinition,
  ProviderDefinition,
  TranslatorDefinition,
  TypeSyntax,
} from "./ast-declarations.ts";

export interface Program {
  readonly kind: "program";
  readonly span: TextSpan;
  /** In source order; a pragma inside a clause stands before that clause. */
  readonly items: readonly ProgramItem[];
  /** Where the text says that it comes from another file or line, in order. */
  readonly lineMarkers: readonly LineMarker[];
}

export type ProgramItem =
  | Clause
  | Declaration
  | InlineDefinition
  | TranslatorDefinition
  | ProviderDefinition
  | Pragma;

/** From `offset` on, the text stands in `file` (undefined: the script itself). */
export interface LineMarker {
  readonly offset: number;
  readonly line: number;
  readonly file: string | undefined;
}

/** `probes / predicate / { statements }` */
export interface Clause {
  readonly kind: "clause";
  readonly span: TextSpan;
  readonly probes: readonly ProbeSpecifier[];
  readonly predicate: Expression | undefined;
  /** Empty without `{ }` and for `{ }`: both mean the default action. */
  readonly statements: readonly Statement[];
}

export type ProbeSpecifier = ProbeDescription | ProbeIdentifier;

/**
 * `provider:module:function:name`, patterns and all; macro references are replaced. A field that
 * is not written is empty.
 */
export interface ProbeDescription {
  readonly kind: "probe-description";
  readonly span: TextSpan;
  /** As written. */
  readonly text: string;
  readonly provider: string;
  readonly module: string;
  readonly function: string;
  readonly name: string;
}

/** A probe named by its number. */
export interface ProbeIdentifier {
  readonly kind: "probe-identifier";
  readonly span: TextSpan;
  readonly id: number;
}

export type Pragma =
  | OptionPragma
  | AttributesPragma
  | ProviderAttributesPragma
  | BindingPragma
  | DependencyPragma;

/** `#pragma D option name=value` */
export interface OptionPragma {
  readonly kind: "option-pragma";
  readonly span: TextSpan;
  readonly name: string;
  readonly value: string | undefined;
}

/** `#pragma D attributes Evolving/Evolving/Common name` */
export interface AttributesPragma {
  readonly kind: "attributes-pragma";
  readonly span: TextSpan;
  readonly attributes: string;
  readonly name: string;
}

/** `#pragma D attributes Evolving/Evolving/Common provider name part` */
export interface ProviderAttributesPragma {
  readonly kind: "provider-attributes-pragma";
  readonly span: TextSpan;
  readonly attributes: string;
  readonly provider: string;
  /** `provider`, `module`, `function`, `name` or `args` in a right program. */
  readonly part: string;
}

/** `#pragma D binding "1.2" name` */
export interface BindingPragma {
  readonly kind: "binding-pragma";
  readonly span: TextSpan;
  readonly version: string;
  readonly name: string;
}

/** `#pragma D depends_on library name.d` */
export interface DependencyPragma {
  readonly kind: "dependency-pragma";
  readonly span: TextSpan;
  readonly on: "provider" | "module" | "library";
  readonly name: string;
}

export type Statement = ExpressionStatement | IfStatement;

export interface ExpressionStatement {
  readonly kind: "expression-statement";
  readonly span: TextSpan;
  readonly expression: Expression;
}

/** `if (condition) whenTrue else whenFalse` */
export interface IfStatement {
  readonly kind: "if";
  readonly span: TextSpan;
  readonly condition: Expression;
  readonly whenTrue: readonly Statement[];
  /** Undefined without `else`. */
  readonly whenFalse: readonly Statement[] | undefined;
}

export type Expression =
  | IntegerLiteral
  | StringLiteral
  | Identifier
  | ScopedVariable
  | AggregationReference
  | UnaryExpression
  | IncrementExpression
  | BinaryExpression
  | AssignmentExpression
  | ConditionalExpression
  | CommaExpression
  | CastExpression
  | IndexExpression
  | MemberExpression
  | CallExpression
  | SizeofExpression
  | SizeofType
  | OffsetofExpression
  | StringofExpression
  | XlateExpression
  | ErrorExpression;

/** An integer or character constant. */
export interface IntegerLiteral {
  readonly kind: "integer";
  readonly span: TextSpan;
  /** 0 to 2^64 − 1; a character constant's bytes, the last one lowest. */
  readonly value: bigint;
  /** Decimal constants never take an unsigned type by themselves; hexadecimal and octal may. */
  readonly decimal: boolean;
  readonly unsignedSuffix: boolean;
  /** How many `l` the suffix has. */
  readonly longSuffix: 0 | 1 | 2;
}

export interface StringLiteral {
  readonly kind: "string";
  readonly span: TextSpan;
  /** With escapes replaced; `stringBytes` of `string-escapes.ts` gives its exact bytes. */
  readonly value: string;
}

/** A variable, inline, action, subroutine, enumerator or kernel symbol. */
export interface Identifier {
  readonly kind: "identifier";
  readonly span: TextSpan;
  readonly name: string;
  /** `kernel` of `` kernel`name ``, empty for `` `name ``, undefined without a backquote. */
  readonly scope: string | undefined;
}

/** `self->name`, `this->name` */
export interface ScopedVariable {
  readonly kind: "scoped-variable";
  readonly span: TextSpan;
  readonly scope: "self" | "this";
  readonly name: string;
}

/** `@name`, where it stands for itself, as in `printa(@name)`. With keys it is an index. */
export interface AggregationReference {
  readonly kind: "aggregation";
  readonly span: TextSpan;
  /** Without `@`; `_` for a bare `@`. */
  readonly name: string;
}

export type UnaryOperator = "+" | "-" | "~" | "!" | "*" | "&";

export interface UnaryExpression {
  readonly kind: "unary";
  readonly span: TextSpan;
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

/** `++a`, `a--` */
export interface IncrementExpression {
  readonly kind: "increment";
  readonly span: TextSpan;
  readonly operator: "++" | "--";
  readonly position: "prefix" | "postfix";
  readonly operand: Expression;
}

export type BinaryOperator =
  | "||"
  | "^^"
  | "&&"
  | "|"
  | "^"
  | "&"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "<<"
  | ">>"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%";

export interface BinaryExpression {
  readonly kind: "binary";
  readonly span: TextSpan;
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type AssignmentOperator =
  | "="
  | "+="
  | "-="
  | "*="
  | "/="
  | "%="
  | "&="
  | "^="
  | "|="
  | "<<="
  | ">>=";

export interface AssignmentExpression {
  readonly kind: "assignment";
  readonly span: TextSpan;
  readonly operator: AssignmentOperator;
  readonly target: Expression;
  readonly value: Expression;
}

/** `condition ? whenTrue : whenFalse` */
export interface ConditionalExpression {
  readonly kind: "conditional";
  readonly span: TextSpan;
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

/** `first, second` */
export interface CommaExpression {
  readonly kind: "comma";
  readonly span: TextSpan;
  readonly first: Expression;
  readonly second: Expression;
}

/** `(type) operand` */
export interface CastExpression {
  readonly kind: "cast";
  readonly span: TextSpan;
  readonly type: TypeSyntax;
  readonly operand: Expression;
}

/** `object[keys]`: an array or pointer with one key, an associative array, an aggregation. */
export interface IndexExpression {
  readonly kind: "index";
  readonly span: TextSpan;
  readonly object: Expression;
  /** At least one. */
  readonly keys: readonly Expression[];
}

/** `object.member`, `object->member` */
export interface MemberExpression {
  readonly kind: "member";
  readonly span: TextSpan;
  readonly operator: "." | "->";
  readonly object: Expression;
  readonly member: string;
  readonly memberSpan: TextSpan;
}

/** `callee(arguments)` */
export interface CallExpression {
  readonly kind: "call";
  readonly span: TextSpan;
  readonly callee: Identifier;
  readonly arguments: readonly Expression[];
}

/** `sizeof expression` */
export interface SizeofExpression {
  readonly kind: "sizeof";
  readonly span: TextSpan;
  readonly operand: Expression;
}

/** `sizeof (type)` */
export interface SizeofType {
  readonly kind: "sizeof-type";
  readonly span: TextSpan;
  readonly type: TypeSyntax;
}

/** `offsetof(type, member)` */
export interface OffsetofExpression {
  readonly kind: "offsetof";
  readonly span: TextSpan;
  readonly type: TypeSyntax;
  readonly member: string;
}

/** `stringof expression`, `stringof(expression)` */
export interface StringofExpression {
  readonly kind: "stringof";
  readonly span: TextSpan;
  readonly operand: Expression;
}

/** `xlate<type>(operand)` */
export interface XlateExpression {
  readonly kind: "xlate";
  readonly span: TextSpan;
  readonly type: TypeSyntax;
  readonly operand: Expression;
}

/** What could not be read; a diagnostic says why, so nothing more need be said about it. */
export interface ErrorExpression {
  readonly kind: "error";
  readonly span: TextSpan;
}
