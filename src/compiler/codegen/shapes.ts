/** How values lie in records and aggregation keys: the width each needs and no more. */

import type { CheckedExpression } from "../check/checked-program.ts";
import type { FieldShape } from "../enabling.ts";
import type { DType } from "../types/d-type.ts";
import { pointerSize, resolveType, sizeOf } from "../types/type-queries.ts";
import { roundUp } from "./firing/map-registry.ts";
import type { CodegenOptions } from "./options.ts";
import { encodeText } from "./strings/text.ts";

/** Bytes of `comm` in the kernel's task_struct, NUL included. */
export const commandNameSize = 16;

const probeNameParts = {
  probeprov: "provider",
  probemod: "module",
  probefunc: "function",
  probename: "name",
} as const;

export type ProbeNameBuiltin = keyof typeof probeNameParts;

export function isProbeName(name: string): name is ProbeNameBuiltin {
  return name in probeNameParts;
}

/** The shape of a value as it is recorded or stands in a key. */
export function shapeOf(expression: CheckedExpression, options: CodegenOptions): FieldShape {
  if (expression.kind === "builtin") {
    if (expression.name === "execname") return { kind: "string", size: commandNameSize };
    if (isProbeName(expression.name)) {
      return { kind: "probe-name", part: probeNameParts[expression.name], size: 4 };
    }
  }
  if (expression.kind === "string-literal") {
    const size = Math.min(encodeText(expression.text).length + 1, options.strsize);
    return { kind: "string", size };
  }
  return shapeOfType(expression.type, options);
}

/** As `shapeOf`, where all that is known is the type: keys that several clauses must agree on. */
export function shapeOfType(type: DType, options: CodegenOptions): FieldShape {
  const resolved = resolveType(type);
  switch (resolved.kind) {
    case "integer":
    case "enum":
      return { kind: "integer", size: resolved.size, signed: resolved.signed };
    case "pointer":
      return { kind: "integer", size: pointerSize, signed: false };
    case "string":
      return { kind: "string", size: options.strsize };
    case "stack":
      return {
        kind: "stack",
        space: resolved.space,
        frames: resolved.frames,
        size: 8 + resolved.frames * 8,
      };
    case "symbol":
      return {
        kind: "symbol",
        form: resolved.form,
        size: resolved.form.startsWith("u") ? 16 : 8,
      };
    default:
      return { kind: "bytes", size: sizeOf(resolved), type };
  }
}

export function alignmentOf(shape: FieldShape): number {
  switch (shape.kind) {
    case "integer":
      return shape.size;
    case "probe-name":
      return 4;
    default:
      return 8;
  }
}

/** Gives out offsets, each field aligned to what its stores need. */
/** What Solaris would record: every string takes `strsize`, of which we take what it needs. */
export function chargedShape(shape: FieldShape, { strsize }: CodegenOptions): FieldShape {
  return shape.kind === "string" ? { kind: "string", size: strsize - 1 } : shape;
}

export class FieldAllocator {
  #size: number;
  #alignment = 1;

  constructor(start: number) {
    this.#size = start;
  }

  allocate(shape: FieldShape): { readonly offset: number; readonly shape: FieldShape } {
    const alignment = alignmentOf(shape);
    const offset = roundUp(this.#size, alignment);
    this.#alignment = Math.max(this.#alignment, alignment);
    this.#size = offset + shape.size;
    return { offset, shape };
  }

  /** With what arrays of it need at the end. */
  get alignedSize(): number {
    return roundUp(this.#size, this.#alignment);
  }

  get size(): number {
    return roundUp(this.#size, 8);
  }

  /** Behind the last field. */
  get end(): number {
    return this.#size;
  }
}
