/** `args[n]` with the types of the probe's arguments, `regs[n]` and `uregs[n]`. */

import type { ArgumentDescription, Probe } from "../../environment.ts";
import type { IndexExpression } from "../../syntax/ast.ts";
import { standardType } from "../../types/base-types.ts";
import { areCompatible, isArgumentCompatible } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import { type Checker, fail } from "../checker.ts";
import { findTranslator } from "../declarations/translators.ts";
import { resolveReference, resolveTypeText } from "../declarations/type-text.ts";
import { drawnArgument } from "../derived-probes.ts";
import { constantOf, type Operand, operandTypeName, valueOperand } from "../operand.ts";
import { checkExpression, requireValue } from "./expression.ts";

export function checkArgumentsArray(checker: Checker, node: IndexExpression): Operand {
  const { span } = node;
  const index = constantIndex(checker, node, "args");
  const { clause } = checker;
  if (!clause) return fail("D_ARGS_NONE", span);
  clause.usesArguments = true;

  const [probe, ...others] = clause.probes;
  if (!probe)
    return valueOperand({ kind: "argument", span, type: standardType("int64_t"), source: 0 });
  const argument = probe.arguments()[Number(index)];
  if (others.some((other) => !sameArguments(checker, probe, other))) {
    fail("D_ARGS_MULTI", span, clause.description);
  }
  if (!argument) return fail("D_ARGS_IDX", span, index, clause.description);

  const native = resolveReference(checker, argument.type);
  if (!native) return fail("D_ARGS_TYPE", span, index);
  const value = clause.derivation
    ? valueOperand(drawnArgument(checker, { index: argument.source, type: native, span }))
    : valueOperand({ kind: "argument", span, type: native, source: argument.source });
  if (argument.translatedType === undefined) return value;
  return translateArgument(checker, { value, translated: argument.translatedType, index });
}

function translateArgument(
  checker: Checker,
  {
    value,
    translated,
    index,
  }: {
    readonly value: ReturnType<typeof valueOperand>;
    readonly translated: string;
    readonly index: bigint;
  },
): Operand {
  const { span } = value;
  const native = value.expression.type;
  const type = resolveTypeText(checker, translated);
  const typed = { type, isZeroConstant: false };
  if (isArgumentCompatible({ type: native, isZeroConstant: false }, typed)) {
    return valueOperand({ ...value.expression, type });
  }
  const translator = findTranslator(checker, { from: value, to: type });
  if (!translator) {
    return fail("D_ARGS_XLATOR", span, index, formatType(native), formatType(type));
  }
  return { kind: "translation", span, translator, input: value, type };
}

/** Probes of one description may share a body only where `args[]` means the same in all. */
export function sameArguments(checker: Checker, left: Probe, right: Probe): boolean {
  const from = left.arguments();
  const to = right.arguments();
  return (
    from === to ||
    (from.length === to.length &&
      from.every((argument, index) => sameArgument(checker, argument, to[index])))
  );
}

function sameArgument(
  checker: Checker,
  left: ArgumentDescription,
  right: ArgumentDescription | undefined,
): boolean {
  if (!right || left.source !== right.source) return false;
  if (left.translatedType !== right.translatedType) return false;
  if (sameReference(left, right)) return true;
  const from = resolveReference(checker, left.type);
  const to = resolveReference(checker, right.type);
  return from !== undefined && to !== undefined && sameMeaning(from, to);
}

function sameReference({ type: left }: ArgumentDescription, { type: right }: ArgumentDescription) {
  if (left.kind === "text") return right.kind === "text" && left.text === right.text;
  return right.kind === "btf" && left.module === right.module && left.id === right.id;
}

const sameMeaning = (left: DType, right: DType): boolean => areCompatible(left, right);

/** `uregs[n]`: any index, but one known not to exist is refused. */
export function checkRegisters(checker: Checker, node: IndexExpression): Operand {
  const { span } = node;
  const index = constantIndex(checker, node, "uregs");
  if (index < 0n) fail("D_REGS_IDX", span, index, "uregs");
  const [key] = node.keys;
  if (!key) throw new Error("an index without a key");
  const value = requireValue(checkExpression(checker, key));
  return valueOperand({
    kind: "user-register",
    span,
    type: standardType("uint64_t"),
    index: value,
  });
}

/** How many words the context of a probe with registers has: `struct pt_regs` up to its last name. */
const registerCounts = { x64: 21, arm64: 36 } as const;

/** `regs[n]`: only where all probes have registers. */
export function checkProbeRegisters(checker: Checker, node: IndexExpression): Operand {
  const { span } = node;
  const index = constantIndex(checker, node, "regs");
  const { clause } = checker;
  const counts = (clause?.probes ?? []).map(({ context }) =>
    context.kind === "instruction" ? registerCounts[context.architecture] : 0,
  );
  if (!clause || counts.includes(0)) fail("D_REGS_NONE", span);
  if (index < 0n || counts.some((count) => index >= count)) fail("D_REGS_IDX", span, index, "regs");
  return valueOperand({
    kind: "probe-register",
    span,
    type: standardType("uint64_t"),
    register: Number(index),
  });
}

function constantIndex(checker: Checker, { keys, span }: IndexExpression, name: string): bigint {
  const [key] = keys;
  if (!key || keys.length > 1) {
    const passed = `${keys.length} args passed`;
    return fail("D_PROTO_LEN", span, `${name}[ ] prototype mismatch: ${passed}, 1 expected`);
  }
  const operand = checkExpression(checker, key);
  const index = constantOf(operand);
  if (index !== undefined) return index;
  return fail(
    "D_PROTO_ARG",
    key.span,
    `${name}[ ] argument #1 is incompatible with prototype:\n` +
      `\tprototype: integer constant\n\t argument: ${operandTypeName(operand)}`,
  );
}
