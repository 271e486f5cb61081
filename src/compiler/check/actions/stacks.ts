/** `stack()`, `ustack()`, `jstack()`: how deep, from their arguments and the options. */

import { numberOption } from "../../options/options.ts";
import type { StackType } from "../../types/d-type.ts";
import { type Checker, fail } from "../checker.ts";
import type { StackFunctionName } from "../identifiers/functions.ts";
import { constantOf, isPositiveConstant, type Operand } from "../operand.ts";

export function stackTypeOf(
  checker: Checker,
  name: StackFunctionName,
  operands: readonly Operand[],
): StackType {
  return name === "stack" ? kernelStack(checker, operands) : userStack(checker, name, operands);
}

function kernelStack(checker: Checker, [size, ...more]: readonly Operand[]): StackType {
  const [extra] = more;
  if (extra) fail("D_STACK_PROTO", extra.span);
  if (size && !isPositiveConstant(size)) fail("D_STACK_SIZE", size.span);
  const frames = size ? Number(constantOf(size)) : numberOption(checker.options, "stackframes", 20);
  return { kind: "stack", space: "kernel", frames, stringSize: 0 };
}

const userDefaults = {
  ustack: { framesOption: "ustackframes", frames: 20, strings: 0 },
  jstack: { framesOption: "jstackframes", frames: 50, strings: 512 },
} as const;

function userStack(
  checker: Checker,
  name: "ustack" | "jstack",
  [depth, strings, ...more]: readonly Operand[],
): StackType {
  const row = userDefaults[name];
  const [extra] = more;
  if (depth && !isPositiveConstant(depth)) fail("D_USTACK_FRAMES", depth.span);
  const size = strings && constantOf(strings);
  if (strings && (size === undefined || size < 0n)) fail("D_USTACK_STRSIZE", strings.span);
  if (extra) fail("D_USTACK_PROTO", extra.span);

  const { options } = checker;
  const frames = depth
    ? Number(constantOf(depth))
    : numberOption(options, row.framesOption, row.frames);
  const defaultStrings =
    name === "jstack" ? numberOption(options, "jstackstrsize", row.strings) : row.strings;
  const stringSize = size === undefined ? defaultStrings : Number(size);
  return { kind: "stack", space: "user", frames, stringSize };
}
