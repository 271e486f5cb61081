/** Assignments and increments: what may stand on the left, and how a variable gets its type. */

import type { TextSpan } from "../../../base/text-span.ts";
import type {
  AssignmentExpression,
  Expression,
  IncrementExpression,
  IndexExpression,
} from "../../syntax/ast.ts";
import { standardType } from "../../types/base-types.ts";
import { areCompatible, commonPointer, isArgumentCompatible } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import {
  findMember,
  isInteger,
  isPointer,
  isScalar,
  isString,
  isUnsizedPointer,
  resolveType,
} from "../../types/type-queries.ts";
import { assignAggregation } from "../aggregations/aggregation-assignment.ts";
import { aggregationNamed } from "../aggregations/aggregation-entry.ts";
import type { ArithmeticOperator, CheckedExpression, CheckedLocation } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import { castTo, convert } from "../conversions.ts";
import { translateMember } from "../declarations/translators.ts";
import { kindOfName, type VariableEntry } from "../identifiers/scope.ts";
import {
  type Operand,
  operandTypeName,
  type TranslationOperand,
  typedOperand,
  typeOfOperand,
  type ValueOperand,
  valueOperand,
} from "../operand.ts";
import {
  elementSize,
  failIncompatible,
  failIncompatibleNames,
  refuseDivisionByZero,
  requireIntegers,
  scale,
} from "./binary.ts";
import { checkExpression, requireValue } from "./expression.ts";
import { scopedEntry, spelled, variableOperand } from "./identifiers.ts";
import { elementOperand, findElementSlot } from "./variables.ts";

/** Where an assignment goes: a variable without a type yet, or anything that has one. */
type Target =
  | {
      readonly kind: "untyped";
      readonly entry: VariableEntry;
      readonly keys: readonly CheckedExpression[] | undefined;
    }
  | { readonly kind: "typed"; readonly operand: Operand };

export function checkAssignment(checker: Checker, node: AssignmentExpression): Operand {
  const target = checkTarget(checker, node.target);
  const { operator } = node;
  if (target.kind === "typed" && target.operand.kind === "aggregation" && operator === "=") {
    return assignAggregation(target.operand, checkExpression(checker, node.value));
  }
  if (operator === "=") return assign(checker, node, target);

  if (target.kind === "untyped")
    return fail("D_VAR_UNDEF", node.target.span, spelled(target.entry));
  return assignCompound(checker, { ...node, operator }, target.operand);
}

function assign(checker: Checker, node: AssignmentExpression, target: Target): Operand {
  const { span } = node;
  const right = checkExpression(checker, node.value);
  const type = target.kind === "typed" ? typeOfOperand(target.operand) : assignedType(right);
  const { kind } = resolveType(type);
  if (kind === "array" || kind === "function") {
    fail("D_OP_ARRFUN", span, "=", formatType(type));
  }
  if (kind === "void" || kind === "dynamic") {
    failIncompatibleNames({
      span,
      operator: "=",
      left: targetTypeName(target, type),
      right: operandTypeName(right),
    });
  }
  const left =
    target.kind === "typed"
      ? target.operand
      : typeVariable(checker, target, { span: node.target.span, type });
  const goTogether = isTranslatedStructure(right)
    ? areCompatible(type, right.type)
    : isArgumentCompatible(typedOperand(left), typedOperand(right));
  if (!goTogether) failIncompatible({ span, operator: "=", left, right });
  const location = modifiable(left, { span, operator: "=" });
  if (isTranslatedStructure(right)) return assignTranslation(checker, location, right);
  const value = assignedValue(checker, requireValue(right), type);
  return assigned({ kind: "assign", span, type, target: location, operator: undefined, value });
}

/** A constant is cut to the type of what it is assigned to. */
function assignedValue(checker: Checker, value: CheckedExpression, type: DType): CheckedExpression {
  const { universe } = checker;
  return value.kind === "integer" ? castTo(universe, value, type) : convert(universe, value, type);
}

/** The members that the translator defines, one after the other; the others stay as they are. */
function assignTranslation(
  checker: Checker,
  structure: CheckedLocation,
  translation: TranslationOperand,
): Operand {
  const { span, translator } = translation;
  let result: CheckedExpression = structure;
  for (const name of [...translator.members.keys()].reverse()) {
    const found = findMember(translator.to, name);
    if (!found) continue;
    const member = { ...found.member, bitOffset: found.bitOffset };
    const { type } = member;
    const target: CheckedLocation = { kind: "member", span, type, object: structure, member };
    const translated = translateMember(checker, translation, { name, span });
    const first = assignMember(checker, target, translated);
    result = { kind: "comma", span, type: structure.type, first, second: result };
  }
  return valueOperand(result);
}

function assignMember(
  checker: Checker,
  target: CheckedLocation,
  translated: Operand,
): CheckedExpression {
  const { span, type } = target;
  if (translated.kind === "translation") {
    if (!isPointer(translated.type)) {
      return requireValue(assignTranslation(checker, target, translated));
    }
    const right = operandTypeName(translated);
    failIncompatibleNames({ span, operator: "=", left: formatType(type), right });
  }
  const value = convert(checker.universe, requireValue(translated), type);
  return { kind: "assign", span, type, target, operator: undefined, value };
}

/** All that a translator defines as a structure of its own, in a variable that has no name. */
export function translatedStructure(checker: Checker, translation: TranslationOperand): Operand {
  const { span, type } = translation;
  const { scope } = checker;
  const entry = scope.createVariable("clause", `%xlate_${scope.variables.length}`);
  const variable = scope.giveType(entry, type);
  return assignTranslation(checker, { kind: "variable", span, type, variable }, translation);
}

/** An assignment is a value, and no lvalue; but `(p = q)->m = 1` may write where p may. */
const assigned = (expression: CheckedExpression): ValueOperand => ({
  ...valueOperand(expression),
  isWritable: true,
});

const assignedType = (right: Operand): DType =>
  isTranslatedStructure(right) ? right.type : typeOfOperand(right);

/** What a translated pointer points to is nowhere: such a pointer has no value to keep. */
const isTranslatedStructure = (operand: Operand): operand is TranslationOperand =>
  operand.kind === "translation" && !isPointer(operand.type);

/** A variable that its first assignment would give no type is named by its kind. */
function targetTypeName(target: Target, assigned: DType): string {
  if (target.kind === "typed") return operandTypeName(target.operand);
  if (resolveType(assigned).kind !== "dynamic") return formatType(assigned);
  return target.keys ? "associative array" : "scalar";
}

function typeVariable(
  checker: Checker,
  { entry, keys }: Target & { kind: "untyped" },
  { span, type }: { readonly span: TextSpan; readonly type: DType },
): Operand {
  const variable = entry.variable ?? checker.scope.giveType(entry, type);
  return keys ? elementOperand(variable, keys, span) : variableOperand(variable, span);
}

export function modifiable(
  operand: Operand,
  { span, operator }: { readonly span: TextSpan; readonly operator: string },
): CheckedLocation {
  if (operand.kind === "value" && isBuiltin(operand.expression)) fail("D_OP_WRITE", span, operator);
  if (operand.kind !== "value" || !operand.location) return fail("D_OP_LVAL", span, operator);
  if (!operand.isWritable) fail("D_OP_WRITE", span, operator);
  return operand.location;
}

type CompoundAssignment = AssignmentExpression & {
  readonly operator: Exclude<AssignmentExpression["operator"], "=">;
};

/** What D itself sets is a variable, though none that a program may write. */
export const isBuiltin = ({ kind }: CheckedExpression): boolean => ownKinds.has(kind);

const ownKinds: ReadonlySet<CheckedExpression["kind"]> = new Set([
  "builtin",
  "argument",
  "user-register",
  "probe-register",
]);

function assignCompound(checker: Checker, node: CompoundAssignment, left: Operand): Operand {
  const { span, operator } = node;
  const right = checkExpression(checker, node.value);
  refuseDivisionByZero(operator, right);
  const byPointer = requireCompoundOperands({ span, operator, left, right });
  const target = modifiable(left, { span, operator });
  const arithmetic = arithmeticOf(operator);
  const { type } = target;
  const operand = requireValue(right);
  const value = byPointer
    ? scale(checker, operand, elementSize(checker, type))
    : arithmetic === "<<" || arithmetic === ">>"
      ? operand
      : assignedValue(checker, operand, type);
  return assigned({ kind: "assign", span, type, target, operator: arithmetic, value });
}

/** Gives whether the left side is a pointer that moves by elements. */
function requireCompoundOperands(operands: {
  readonly span: TextSpan;
  readonly operator: string;
  readonly left: Operand;
  readonly right: Operand;
}): boolean {
  const { span, operator, left, right } = operands;
  if (operator !== "+=" && operator !== "-=") {
    requireIntegers(operator, operands);
    return false;
  }
  const leftType = typeOfOperand(left);
  const rightType = typeOfOperand(right);
  if (isString(leftType) || isString(rightType)) failIncompatible(operands);
  if (isInteger(leftType) && isInteger(rightType)) return false;
  if (!isPointer(leftType) || isUnsizedPointer(leftType)) {
    const message = `operator ${operator} requires left-hand scalar operand of known size`;
    fail("D_OP_VFPTR", span, message);
  }
  if (!isInteger(rightType) && !commonPointer(typedOperand(left), typedOperand(right))) {
    failIncompatible(operands);
  }
  return true;
}

function arithmeticOf(operator: CompoundAssignment["operator"]): ArithmeticOperator {
  switch (operator) {
    case "<<=":
      return "<<";
    case ">>=":
      return ">>";
    case "+=":
      return "+";
    case "-=":
      return "-";
    case "*=":
      return "*";
    case "/=":
      return "/";
    case "%=":
      return "%";
    case "&=":
      return "&";
    case "^=":
      return "^";
    case "|=":
      return "|";
  }
}

export function checkIncrement(checker: Checker, node: IncrementExpression): Operand {
  const { span, operator } = node;
  const target = checkTarget(checker, node.operand);
  const operand =
    target.kind === "typed"
      ? target.operand
      : typeVariable(checker, target, { span: node.operand.span, type: standardType("int64_t") });
  const type = typeOfOperand(operand);
  if (!isScalar(type)) {
    fail("D_OP_SCALAR", span, `operator ${operator} requires operand of scalar type`);
  }
  if (isUnsizedPointer(type)) {
    fail("D_OP_VFPTR", span, `operator ${operator} requires an operand of known size`);
  }
  const location = modifiable(operand, { span, operator });
  const step = isPointer(type) ? BigInt(elementSize(checker, type)) : 1n;
  const by = operator === "++" ? step : -step;
  const gives = node.position === "prefix" ? "new" : "old";
  return valueOperand({ kind: "increment", span, type, target: location, by, gives });
}

function checkTarget(checker: Checker, node: Expression): Target {
  switch (node.kind) {
    case "identifier":
      return identifierTarget(checker, node);
    case "scoped-variable":
      return scopedTarget(checker, node);
    case "aggregation":
      return { kind: "typed", operand: aggregationTarget(checker, node) };
    case "index":
      return indexTarget(checker, node);
    default:
      return { kind: "typed", operand: checkExpression(checker, node) };
  }
}

function identifierTarget(checker: Checker, node: Expression & { kind: "identifier" }): Target {
  const { name, scope, span } = node;
  const isUnknown =
    scope === undefined &&
    !checker.scope.findGlobal(name) &&
    kindOfName(checker.scope, name) === undefined;
  const entry = isUnknown
    ? checker.scope.createVariable("global", name)
    : checker.scope.findVariable("global", name);
  if (scope !== undefined || !entry) {
    return { kind: "typed", operand: checkExpression(checker, node) };
  }
  return scalarTarget(entry, span) ?? { kind: "typed", operand: checkExpression(checker, node) };
}

function scopedTarget(checker: Checker, node: Expression & { kind: "scoped-variable" }): Target {
  const entry = scopedEntry(checker, node);
  return (
    scalarTarget(entry, node.span) ?? { kind: "typed", operand: checkExpression(checker, node) }
  );
}

function scalarTarget(entry: VariableEntry, span: TextSpan): Target | undefined {
  if (entry.shape === "array") return undefined;
  if (!entry.variable) return { kind: "untyped", entry, keys: undefined };
  return { kind: "typed", operand: variableOperand(entry.variable, span) };
}

function aggregationTarget(checker: Checker, node: Expression & { kind: "aggregation" }): Operand {
  const entry = aggregationNamed(checker.aggregations, node.name);
  return { kind: "aggregation", span: node.span, entry, keys: undefined, value: undefined };
}

function indexTarget(checker: Checker, node: IndexExpression): Target {
  if (node.object.kind === "aggregation") {
    const operand = aggregationTarget(checker, node.object);
    const keys = node.keys.map((key) => checkExpression(checker, key));
    if (operand.kind !== "aggregation") throw new Error("no aggregation");
    return { kind: "typed", operand: { ...operand, span: node.span, keys } };
  }
  const slot = findElementSlot(checker, node);
  if (!slot) return { kind: "typed", operand: checkExpression(checker, node) };
  const { entry, keys } = slot;
  if (!entry.variable) return { kind: "untyped", entry, keys };
  return { kind: "typed", operand: elementOperand(entry.variable, keys, node.span) };
}
