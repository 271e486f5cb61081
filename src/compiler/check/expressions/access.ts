/** `a[i]`, `a.m`, `a->m`: elements and members, of values and of translations. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { Expression, IndexExpression, MemberExpression } from "../../syntax/ast.ts";
import type { CompositeType, DType, Member } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import {
  findMember,
  isInteger,
  isString,
  referencedType,
  resolveType,
} from "../../types/type-queries.ts";
import { aggregationNamed } from "../aggregations/aggregation-entry.ts";
import { type Checker, fail, failWithHint } from "../checker.ts";
import { translateMember } from "../declarations/translators.ts";
import { hintForIncomplete, hintForMember } from "../hints.ts";
import {
  locationOperand,
  type Operand,
  type TranslationOperand,
  typeOfOperand,
} from "../operand.ts";
import { checkArgumentsArray, checkProbeRegisters, checkRegisters } from "./arguments.ts";
import { add, failIncompatible } from "./binary.ts";
import { checkExpression, requireValue } from "./expression.ts";
import { findEquivalent, spelled } from "./identifiers.ts";
import { applyInline } from "./inlines.ts";
import { dereference, indexOperand } from "./unary.ts";
import { elementOperand, findElementSlot } from "./variables.ts";

export function checkIndex(checker: Checker, node: IndexExpression): Operand {
  const { object, span } = node;
  if (object.kind === "aggregation") return indexAggregation(checker, node);
  const special = object.kind === "identifier" ? checkNamedArray(checker, node, object) : undefined;
  if (special) return special;

  const slot = findElementSlot(checker, node);
  if (slot) {
    const { entry, keys } = slot;
    if (!entry.variable) return fail("D_VAR_UNDEF", span, spelled(entry));
    return elementOperand(entry.variable, keys, span);
  }
  return indexValue(checker, node, checkExpression(checker, object));
}

function indexAggregation(checker: Checker, node: IndexExpression): Operand {
  if (node.object.kind !== "aggregation") throw new Error("an aggregation reference is none");
  const entry = aggregationNamed(checker.aggregations, node.object.name);
  const keys = node.keys.map((key) => checkExpression(checker, key));
  return { kind: "aggregation", span: node.span, entry, keys, value: undefined };
}

/** `args[n]`, `regs[n]`, `uregs[n]` and inlines with parameters. */
function checkNamedArray(
  checker: Checker,
  node: IndexExpression,
  identifier: Expression & { readonly kind: "identifier" },
): Operand | undefined {
  const equivalent = findEquivalent(checker, identifier);
  if (identifier.scope !== undefined && equivalent?.kind !== "definition") return undefined;
  const { name } = equivalent?.kind === "definition" ? equivalent : identifier;
  const entity = checker.scope.findGlobal(name);
  if (entity?.kind === "inline" && entity.parameters) return applyInline(checker, node, entity);
  if (entity) return undefined;
  if (name === "args") return checkArgumentsArray(checker, node);
  if (name === "regs") return checkProbeRegisters(checker, node);
  return name === "uregs" ? checkRegisters(checker, node) : undefined;
}

function indexValue(checker: Checker, node: IndexExpression, object: Operand): Operand {
  const { keys, span } = node;
  if (object.kind === "aggregation") return fail("D_AGG_MDIM", span, object.entry.name);
  const [key, ...more] = keys;
  if (!key || more.length > 0) return fail("D_ARR_BADREF", span, describe(node.object));

  const index = checkExpression(checker, key);
  const objectType = typeOfOperand(object);
  if (resolveType(objectType).kind === "array" || isString(objectType)) {
    if (!isInteger(typeOfOperand(index))) {
      failIncompatible({ span, operator: "+", left: object, right: index });
    }
    const isWritable = object.kind === "value" && object.isWritable;
    return indexOperand(requireValue(object), requireValue(index), { span, isWritable });
  }
  return dereference(
    checker,
    node,
    add(checker, { span, operator: "+", left: object, right: index }),
  );
}

/** How a message names what was indexed. */
function describe(object: Expression): string {
  if (object.kind === "identifier") return `scalar ${object.name}`;
  return object.kind === "scoped-variable" ? `scalar ${object.name}` : "expression";
}

export function checkMember(checker: Checker, node: MemberExpression): Operand {
  const { operator, span, member: name } = node;
  const object = checkExpression(checker, node.object);
  if (object.kind === "translation") {
    requirePointer(node, object.type);
    return translateMember(checker, object, { name, span });
  }
  const objectType = typeOfOperand(object);
  if (operator === "->") requirePointer(node, objectType);
  const structure = findComposite(checker, node, objectType);
  const member = memberOf(structure, node);

  const base = operator === "->" ? throughPointer(checker, object, { span, structure }) : object;
  const isWritable = base.kind === "value" && base.isWritable;
  const operand = locationOperand(
    { kind: "member", span, type: member.type, object: requireValue(base), member },
    isWritable,
  );
  const standsSomewhere = base.kind === "value" && base.location !== undefined;
  return standsSomewhere ? operand : { ...operand, location: undefined };
}

function requirePointer({ operator, span }: MemberExpression, type: DType): void {
  if (operator === "->" && resolveType(type).kind !== "pointer") fail("D_OP_PTR", span, operator);
}

function throughPointer(
  checker: Checker,
  object: Operand,
  { span, structure }: { readonly span: TextSpan; readonly structure: CompositeType },
): Operand {
  const reached = dereference(checker, { span }, object);
  if (reached.kind !== "value" || !reached.location) return reached;
  // A forward declaration is completed by the definition that was found for it.
  return locationOperand({ ...reached.location, type: structure }, reached.isWritable);
}

/** The structure that `.` or `->` looks into, forward declarations followed to their definition. */
function findComposite(
  checker: Checker,
  { operator, span }: MemberExpression,
  objectType: DType,
): CompositeType {
  const target = operator === "->" ? (referencedType(objectType) ?? objectType) : objectType;
  const resolved = checker.universe.complete(target);
  if (resolved.kind === "struct" || resolved.kind === "union") return resolved;
  if (resolved.kind === "forward") {
    const hint = hintForIncomplete(checker, resolved);
    return failWithHint(hint, "D_OP_INCOMPLETE", span, operator, formatType(resolved));
  }
  const name = formatType(resolved);
  return fail(
    "D_OP_SOU",
    span,
    operator === "->"
      ? `operator -> cannot be applied to pointer to type "${name}"; must be applied to a struct or union pointer`
      : `operator ${operator} cannot be applied to type "${name}"; must be applied to a struct or union`,
  );
}

function memberOf(structure: CompositeType, node: MemberExpression): Member {
  const found = findMember(structure, node.member);
  if (!found) {
    const hint = hintForMember(structure, node.member);
    const type = formatType(structure);
    return failWithHint(hint, "D_TYPE_MEMBER", node.memberSpan, node.member, type);
  }
  return { ...found.member, bitOffset: found.bitOffset };
}

/** `*x` of a translated pointer is the translated structure. */
export function dereferenceTranslation(operand: TranslationOperand): Operand {
  const target = referencedType(operand.type);
  if (!target) return fail("D_DEREF_NONPTR", operand.span);
  return { ...operand, type: target };
}
