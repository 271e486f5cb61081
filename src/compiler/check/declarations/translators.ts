/** Translators: how a structure D defines is computed, member by member, from one of the kernel. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { Library } from "../../library/library-source.ts";
import type { TranslatorDefinition, TranslatorMember } from "../../syntax/ast-declarations.ts";
import { areCompatible, isArgumentCompatible } from "../../types/compatibility.ts";
import type { CompositeType, DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import { findMember, isComposite, referencedType, resolveType } from "../../types/type-queries.ts";
import { type Checker, fail, failWithHint } from "../checker.ts";
import { castTo, convert } from "../conversions.ts";
import { checkExpression } from "../expressions/expression.ts";
import { hintForTranslated } from "../hints.ts";
import type { ParameterEntry } from "../identifiers/scope.ts";
import {
  locationOperand,
  type Operand,
  operandTypeName,
  type TranslationOperand,
  typedOperand,
  type ValueOperand,
  valueOperand,
} from "../operand.ts";
import { withinLibrary } from "./libraries.ts";
import { resolveTypeSyntax } from "./type-syntax.ts";

export interface Translator {
  readonly from: DType;
  readonly to: CompositeType;
  readonly parameter: string;
  /** Where it stands: undefined for one of the program. */
  readonly library: Library | undefined;
  readonly members: ReadonlyMap<string, TranslatorMember>;
}

export function declareTranslator(checker: Checker, definition: TranslatorDefinition): void {
  const { span, parameter } = definition;
  const target = resolveTypeSyntax(checker, definition.target);
  const from = resolveTypeSyntax(checker, definition.source);
  const isKnown = checker.translators.some(
    (other) => areCompatible(other.from, from) && areCompatible(other.to, target),
  );
  if (isKnown) fail("D_XLATE_REDECL", span, formatType(from), formatType(target));

  const to = translatedStructure(checker, span, target);
  const members = new Map(definition.members.map((member) => [member.name, member]));
  const { library } = checker;
  const translator: Translator = { from, to, parameter, library, members };
  checker.translators.push(translator);
  if (!library?.isShipped) checkMembers(checker, definition, { translator, target });
}

function checkMembers(
  checker: Checker,
  { span, parameter, members }: TranslatorDefinition,
  { translator, target }: { readonly translator: Translator; readonly target: DType },
): void {
  const { from: type } = translator;
  // The input stands for itself while the members are checked for the first time.
  const input = locationOperand(
    { kind: "symbol", span, type, module: "", name: parameter, address: 0n },
    false,
  );
  for (const member of members) {
    checkMemberDefinition(checker, { translator, member, input, targetName: formatType(target) });
  }
}

function translatedStructure(checker: Checker, span: TextSpan, target: DType): CompositeType {
  const to = checker.universe.complete(target);
  if (to.kind === "struct" || to.kind === "union") return to;
  return fail(
    "D_XLATE_SOU",
    span,
    to.kind === "forward"
      ? `incomplete struct/union/enum ${formatType(target)}`
      : "translator output type must be a struct or union",
  );
}

function checkMemberDefinition(
  checker: Checker,
  {
    translator,
    member,
    input,
    targetName,
  }: {
    readonly translator: Translator;
    readonly member: TranslatorMember;
    readonly input: ValueOperand;
    readonly targetName: string;
  },
): void {
  const { span, name } = member;
  const found = findMember(translator.to, name) ?? fail("D_XLATE_MEMB", span, name, targetName);
  const value = evaluateMember(checker, { translator, member, input });
  const { type } = found.member;
  if (isArgumentCompatible({ type, isZeroConstant: false }, typedOperand(value))) return;
  const isTranslated = value.kind === "translation" && areCompatible(value.type, type);
  if (!isTranslated) {
    fail("D_XLATE_INCOMPAT", span, name, formatType(type), operandTypeName(value));
  }
}

function evaluateMember(
  checker: Checker,
  {
    translator,
    member,
    input,
  }: {
    readonly translator: Translator;
    readonly member: TranslatorMember;
    readonly input: ValueOperand;
  },
): Operand {
  const entry: ParameterEntry = { kind: "parameter", name: translator.parameter, operand: input };
  return withinLibrary(checker, translator.library, () =>
    checker.scope.withParameters([entry], () => checkExpression(checker, member.value)),
  );
}

/**
 * An exact translator before one whose input merely goes with the value. Libraries are asked where
 * those known do not do: the library of a structure usually holds its translators.
 */
export function findTranslator(
  checker: Checker,
  { from, to }: { readonly from: ValueOperand; readonly to: DType },
): Translator | undefined {
  const pointedTo = resolveType(to).kind === "pointer" ? referencedType(to) : to;
  const target = pointedTo && checker.universe.complete(pointedTo);
  if (!target || !isComposite(target)) return undefined;
  const source = from.expression.type;
  const findExact = (): Translator | undefined =>
    translatorsTo(checker, target).find((each) => areCompatible(each.from, source));

  const known = findExact();
  if (known) return known;
  for (const name of namesOf(pointedTo)) checker.libraries?.supply("translator", name);
  return (
    findExact() ??
    translatorsTo(checker, target).find((each) =>
      isArgumentCompatible({ type: each.from, isZeroConstant: false }, typedOperand(from)),
    )
  );
}

const translatorsTo = (checker: Checker, target: DType): readonly Translator[] =>
  checker.translators.filter((each) => areCompatible(each.to, target));

/** The typedefs a type is reached through, and its tag. */
function namesOf(type: DType): readonly string[] {
  switch (type.kind) {
    case "typedef":
      return [type.name, ...namesOf(type.to())];
    case "qualified":
      return namesOf(type.to());
    case "struct":
    case "union":
    case "forward":
      return type.name === undefined ? [] : [type.name];
    default:
      return [];
  }
}

/** The member of a translation: its definition, checked with what is translated. */
export function translateMember(
  checker: Checker,
  { translator, input, declaredStability }: TranslationOperand,
  { name, span }: { readonly name: string; readonly span: TextSpan },
): Operand {
  const member = translator.members.get(name);
  if (!member) {
    const hint = hintForTranslated(translator.members.keys(), name);
    return failWithHint(hint, "D_XLATE_NOCONV", span, name);
  }
  const found = findMember(translator.to, name);
  if (!found) return fail("D_XLATE_NOCONV", span, name);
  const typedInput: ValueOperand = {
    ...input,
    expression: convert(checker.universe, input.expression, translator.from),
  };
  const value = evaluateMember(checker, { translator, member, input: typedInput });
  if (value.kind === "translation") return { ...value, span, declaredStability };
  if (value.kind !== "value") return { ...value, span };
  const { type } = found.member;
  const converted = castTo(checker.universe, value.expression, type);
  return valueOperand({ ...converted, span, type, declaredStability });
}
