/** Declarations and types as text for tests. */

import { assertNever } from "../../../base/assert-never.ts";
import type { Expression, ProgramItem } from "../ast.ts";
import type {
  Declaration,
  InlineDefinition,
  ParameterList,
  ProviderDefinition,
  TranslatorDefinition,
  TypeSyntax,
} from "../ast-declarations.ts";
import { expressionTree, headOf, scopedName } from "./print-ast.ts";
import type { SExpression } from "./s-expression.ts";

type DeclarationItem = Declaration | InlineDefinition | TranslatorDefinition | ProviderDefinition;

export function isDeclarationItem(item: ProgramItem): item is DeclarationItem {
  return (
    item.kind === "declaration" ||
    item.kind === "inline" ||
    item.kind === "translator" ||
    item.kind === "provider"
  );
}

export function declarationTree(item: DeclarationItem): SExpression {
  const { kind, span } = item;
  switch (item.kind) {
    case "declaration": {
      const declarators = item.declarators.map(({ span: at, name, type }) => ({
        head: headOf("name", at, name),
        children: [typeTree(type)],
      }));
      const children = declarators.length > 0 ? declarators : [typeTree(item.type)];
      return { head: headOf(kind, span, item.storage), children };
    }
    case "inline": {
      const children = [typeTree(item.type), expressionTree(item.value)];
      return { head: headOf(kind, span, item.storage, item.name), children };
    }
    case "translator": {
      const members = item.members.map((member) => ({
        head: headOf("member", member.span, member.name),
        children: [expressionTree(member.value)],
      }));
      const children = [typeTree(item.target), typeTree(item.source), ...members];
      return { head: headOf(kind, span, item.parameter), children };
    }
    case "provider": {
      const probes = item.probes.map(({ span: at, name, native, translated }) => ({
        head: headOf("probe", at, name),
        children: [native, ...(translated ? [translated] : [])].map(parametersTree),
      }));
      return { head: headOf(kind, span, item.name), children: probes };
    }
    default:
      return assertNever(item);
  }
}

export function typeTree(type: TypeSyntax): SExpression {
  const head = (kind: string, ...facts: readonly (string | undefined)[]) =>
    headOf(kind, type.span, ...facts);
  switch (type.kind) {
    case "basic-type":
      return { head: head("type", type.name), children: [] };
    case "named-type":
      return { head: head("typedef", scopedName(type)), children: [] };
    case "composite-type":
      return { head: head(type.tag, tagName(type)), children: memberTrees(type.members) };
    case "enum-type":
      return {
        head: head("enum", tagName(type)),
        children: (type.enumerators ?? []).map(({ span, name, value }) => ({
          head: headOf("enumerator", span, name),
          children: optional(value),
        })),
      };
    case "qualified-type":
      return { head: head(type.qualifiers.join(" ")), children: [typeTree(type.type)] };
    case "pointer-type":
      return { head: head("pointer"), children: [typeTree(type.to)] };
    case "array-type":
      return { head: head("array"), children: [typeTree(type.element), ...optional(type.length)] };
    case "associative-type":
      return {
        head: head("associative"),
        children: [typeTree(type.value), parametersTree(type.keys)],
      };
    case "function-type":
      return {
        head: head("function"),
        children: [typeTree(type.returns), parametersTree(type.parameters)],
      };
    case "error-type":
      return { head: head("error"), children: [] };
    default:
      return assertNever(type);
  }
}

function tagName(type: { readonly name: string | undefined; readonly scope: string | undefined }) {
  return type.name === undefined ? undefined : scopedName({ name: type.name, scope: type.scope });
}

function memberTrees(
  members: Extract<TypeSyntax, { kind: "composite-type" }>["members"],
): readonly SExpression[] {
  return (members ?? []).map(({ span, name, type, width }) => ({
    head: headOf("member", span, name),
    children: [typeTree(type), ...optional(width)],
  }));
}

function optional(expression: Expression | undefined): readonly SExpression[] {
  return expression === undefined ? [] : [expressionTree(expression)];
}

function parametersTree({ span, parameters, variadic }: ParameterList): SExpression {
  const children = parameters.map((parameter) => ({
    head: headOf("parameter", parameter.span, parameter.storage, parameter.name),
    children: [typeTree(parameter.type)],
  }));
  return { head: headOf("parameters", span, variadic ? "..." : undefined), children };
}
