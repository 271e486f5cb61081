/** Keys built in memory: every byte written, so that equal tuples are equal bytes. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { FieldShape } from "../../enabling.ts";
import { isString } from "../../types/type-queries.ts";
import { storeStack } from "../actions/stacks.ts";
import { clearMemory, copyBytes } from "../copying.ts";
import type { Firing } from "../firing/firing.ts";
import { roundUp } from "../firing/map-registry.ts";
import { type Memory, scratchTemporary } from "../firing/scratch.ts";
import { storeString } from "../strings/materialize.ts";
import { generateString } from "../strings/operand.ts";
import { generateValue } from "../values/expression.ts";
import { generateLocation } from "../values/location.ts";
import { scalarOf } from "../values/scalar.ts";

/** Keys up to this size stand on the frame. */
const frameKeyLimit = 64;

export function keyMemory(firing: Firing, size: number): Memory {
  if (size > frameKeyLimit) return scratchTemporary(firing, size);
  const { emitter } = firing;
  return { base: emitter.frameAddress(emitter.temporary(size)), offset: 0 };
}

/** One component of an associative array's key: whole words. */
export function storeKeyWord(
  firing: Firing,
  expression: CheckedExpression,
  { base, offset }: Memory,
  size: number,
): void {
  const { emitter } = firing;
  const memory = { base, offset };
  if (isString(expression.type)) {
    const operand = generateString(firing, expression);
    storeString(firing, operand, { memory, size: roundUp(size, 8), padded: true });
  } else if (scalarOf(expression.type)) {
    emitter.store(base, offset, 8, generateValue(firing, expression));
  } else {
    clearMemory(emitter, memory, roundUp(size, 8));
    copyBytes(firing, generateLocation(firing, expression), memory, size);
  }
}

/** One field of a record or of an aggregation's key, in its shape. */
export function storeField(
  firing: Firing,
  expression: CheckedExpression,
  { memory, shape, padded }: { memory: Memory; shape: FieldShape; padded: boolean },
): void {
  const { emitter } = firing;
  const { base, offset } = memory;
  switch (shape.kind) {
    case "integer":
      emitter.store(base, offset, shape.size, generateValue(firing, expression));
      return;
    case "probe-name":
      emitter.store(base, offset, 4, firing.identity.probeId);
      return;
    case "string":
      storeString(firing, generateString(firing, expression), {
        memory,
        size: shape.size,
        padded,
      });
      return;
    case "bytes":
      copyBytes(firing, generateLocation(firing, expression), memory, shape.size);
      return;
    case "stack":
      storeStack(firing, memory, shape);
      return;
    case "symbol": {
      const address = generateValue(firing, expression);
      if (shape.size === 16) {
        const process = emitter.alu(">>", emitter.callOnce("bpf_get_current_pid_tgid"), 32n);
        emitter.store(base, offset, 8, process);
      }
      emitter.store(base, offset + shape.size - 8, 8, address);
      return;
    }
  }
}
