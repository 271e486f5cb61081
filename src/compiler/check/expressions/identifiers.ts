/** Names as values: variables, built-ins, inlines, enumerators, kernel symbols. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { Equivalent } from "../../environment.ts";
import type { Identifier, ScopedVariable } from "../../syntax/ast.ts";
import { stringType } from "../../types/base-types.ts";
import type { DType } from "../../types/d-type.ts";

import { kernelModule } from "../../types/type-universe.ts";
import type { Variable } from "../checked-program.ts";
import { type Checker, fail, failWithHint } from "../checker.ts";
import { integerConstant } from "../constants.ts";
import { castTo } from "../conversions.ts";
import { resolveReference, resolveTypeText } from "../declarations/type-text.ts";
import { drawnArgument } from "../derived-probes.ts";
import { hintForName, hintForScoped } from "../hints.ts";
import { builtinVariables, isBuiltinName } from "../identifiers/builtin-variables.ts";
import {
  type InlineEntry,
  kindOfEntity,
  kindOfName,
  type NamedEntity,
  type VariableEntry,
} from "../identifiers/scope.ts";
import { locationOperand, type Operand, valueOperand } from "../operand.ts";

export function checkIdentifier(checker: Checker, node: Identifier): Operand {
  const equivalent = findEquivalent(checker, node);
  if (equivalent?.kind === "constant") {
    const type = resolveTypeText(checker, equivalent.type);
    return valueOperand(integerConstant(node.span, type, equivalent.value));
  }
  return checkName(
    checker,
    equivalent ? { ...node, name: equivalent.name, scope: undefined } : node,
  );
}

/** What stands for another system's kernel variable; libraries speak of Linux's own. */
export function findEquivalent(
  checker: Checker,
  { name, scope }: Identifier,
): Equivalent | undefined {
  if (scope === undefined || checker.library) return undefined;
  return checker.environment.findEquivalent?.({ module: moduleOf(scope), name });
}

function checkName(checker: Checker, node: Identifier): Operand {
  const { name, span } = node;
  if (node.scope !== undefined) return checkSymbol(checker, node);

  const entity = checker.scope.findGlobal(name);
  if (entity) return checkEntity(checker, span, entity);
  const builtin = checkBuiltin(checker, node);
  if (builtin) return builtin;

  const kind = kindOfName(checker.scope, name);
  const hint = hintForName(checker, name);
  if (kind !== undefined) return failWithHint(hint, "D_IDENT_BADREF", span, kind, name, "scalar");
  return failWithHint(hint, "D_IDENT_UNDEF", span, name, "Unknown variable name");
}

/** A thread's name is what execname gives on Linux, and there is one zone. */
function checkBuiltin(checker: Checker, { name, span }: Identifier): Operand | undefined {
  if (!checker.scope.knowsVocabulary(name)) return undefined;
  const known = name === "threadname" ? "execname" : name;
  if (isBuiltinName(known)) {
    const type = resolveTypeText(checker, builtinVariables[known].type);
    if (/^arg\d$/.test(known) && checker.clause?.derivation) {
      const index = Number(known.slice(3));
      return valueOperand(drawnArgument(checker, { index, type, span }));
    }
    return valueOperand({ kind: "builtin", span, name: known, type });
  }
  if (name !== "zonename") return undefined;
  return valueOperand({ kind: "string-literal", span, type: stringType, text: "global" });
}

function checkEntity(checker: Checker, span: TextSpan, entity: NamedEntity): Operand {
  switch (entity.kind) {
    case "constant":
      return valueOperand({
        ...integerConstant(span, entity.type, entity.value),
        declaredStability: checker.scope.declaredStability(entity),
      });
    case "parameter":
      return { ...entity.operand, span };
    case "inline":
      return checkInline(checker, span, entity);
    case "variable":
      return checkVariable(entity, span);
  }
}

function checkInline(checker: Checker, span: TextSpan, inline: InlineEntry): Operand {
  if (!inline.operand) {
    return fail("D_IDENT_BADREF", span, kindOfEntity(inline), inline.name, "scalar");
  }
  const declaredStability = checker.scope.declaredStability(inline);
  if (inline.operand.kind === "translation") return { ...inline.operand, span, declaredStability };
  if (inline.operand.kind !== "value") return { ...inline.operand, span };
  const value = castTo(checker.universe, inline.operand.expression, inline.type);
  return {
    ...inline.operand,
    span,
    expression: { ...value, span, type: inline.type, declaredStability },
  };
}

/** A scalar that has its type; an associative array without keys is no value. */
function checkVariable(entry: VariableEntry, span: TextSpan): Operand {
  if (entry.shape === "array") {
    return fail("D_IDENT_BADREF", span, kindOfEntity(entry), entry.name, "scalar");
  }
  if (!entry.variable) return fail("D_VAR_UNDEF", span, spelled(entry));
  return variableOperand(entry.variable, span);
}

export function variableOperand(variable: Variable, span: TextSpan): Operand {
  return locationOperand({ kind: "variable", span, type: variable.type, variable }, true);
}

/** `self->x` as a program writes it. */
export function spelled({ scope, name }: Pick<VariableEntry, "scope" | "name">): string {
  return `${scope === "thread" ? "self->" : scope === "clause" ? "this->" : ""}${name}`;
}

export function checkScopedVariable(checker: Checker, node: ScopedVariable): Operand {
  const entry = scopedEntry(checker, node);
  if (entry.shape !== "array" && !entry.variable) {
    const scope = node.scope === "self" ? "thread" : "clause";
    const hint = hintForScoped(checker, { scope, name: node.name });
    return failWithHint(hint, "D_VAR_UNDEF", node.span, spelled(entry));
  }
  return checkVariable(entry, node.span);
}

export function scopedEntry(checker: Checker, node: ScopedVariable): VariableEntry {
  const scope = node.scope === "self" ? "thread" : "clause";
  return (
    checker.scope.findVariable(scope, node.name) ?? checker.scope.createVariable(scope, node.name)
  );
}

/** `` module`name `` and `` `name ``: a kernel variable where it stands in memory. */
function checkSymbol(checker: Checker, { name, scope, span }: Identifier): Operand {
  const module = moduleOf(scope);
  const spelling = `${scope ?? ""}\`${name}`;
  const symbol = checker.environment.findSymbol(module, name);
  if (!symbol) {
    const isUnknown = module !== undefined && !checker.universe.hasModule(module);
    const reason = isUnknown ? "Failed to load module" : "Unknown symbol name";
    const hint = checker.environment.hintForSymbol?.({ module, name });
    return failWithHint(hint, "D_IDENT_UNDEF", span, spelling, reason);
  }
  const type: DType | undefined = symbol.type && resolveReference(checker, symbol.type);
  if (!type) {
    return fail(
      "D_SYM_NOTYPES",
      span,
      `${symbol.module}\`${name}`,
      "No type information available for symbol",
    );
  }
  const { address } = symbol;
  return locationOperand(
    { kind: "symbol", span, type, module: symbol.module, name, address },
    false,
  );
}

const moduleOf = (scope: string | undefined): string | undefined =>
  scope === undefined || scope === "" ? undefined : kernelModule(scope);
