/** strchr(), strrchr(), strstr(), index(), rindex(). */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import type { Firing } from "../firing/firing.ts";
import {
  allocateBuffer,
  type Buffer,
  bufferMemory,
  emitLoop,
  LoopState,
  loadByte,
} from "../strings/loops.ts";
import { storeMeasured } from "../strings/materialize.ts";
import { generateString, type StringOperand } from "../strings/operand.ts";
import { generateValue } from "../values/expression.ts";
import { argumentAt } from "./arguments.ts";
import { limitLength } from "./strings.ts";

type Arguments = readonly CheckedExpression[];

export interface Measured extends Buffer {
  readonly length: Virtual;
}

/** The string argument in a buffer of its own. */
export function measuredArgument(firing: Firing, values: Arguments, index: number): Measured {
  const { enabling } = firing;
  const operand = generateString(firing, argumentAt(values, index));
  const buffer = allocateBuffer(firing, enabling.options.strsize);
  const memory = bufferMemory(firing, buffer);
  const length = storeMeasured(firing, operand, { memory, size: buffer.size });
  return { ...buffer, length: limitLength(firing, length, buffer.size) };
}

/** The string from `position` of the buffer on; NULL where the position is negative. */
function stringFrom(firing: Firing, buffer: Buffer, position: Virtual): StringOperand {
  const { emitter, scratch } = firing;
  const base = emitter.set(0n);
  emitter.when({ comparison: "<=", left: position, right: BigInt(buffer.size - 1) }, () =>
    emitter.copy(base, emitter.add(scratch.base, position)),
  );
  const memory = { base, offset: buffer.offset };
  return { kind: "memory", memory, size: buffer.size, nullable: true, faultsAsNull: true };
}

const found = 0;

/** The NUL counts: it can be looked for. */
function findCharacter(firing: Firing, values: Arguments, which: "first" | "last"): StringOperand {
  const { emitter } = firing;
  const text = measuredArgument(firing, values, 0);
  const wanted = emitter.alu("&", generateValue(firing, argumentAt(values, 1)), 0xffn);
  const character = 1;
  const state = new LoopState(firing, [-1n, wanted]);
  const name = `find_${which}_${text.offset}_${text.size}_${state.place}`;
  emitLoop(firing, { name, count: emitter.add(text.length, 1n) }, (loop) => {
    const byte = loadByte(loop, text, loop.index);
    const sought = state.get(loop, character);
    loop.emitter.leaveWhen({ comparison: "!=", left: byte, right: sought }, loop.next);
    state.set(loop, found, loop.index);
    if (which === "first") loop.emitter.jump(loop.stop);
  });
  return stringFrom(firing, text, state.result(found));
}

export const findFirst = (firing: Firing, values: Arguments): StringOperand =>
  findCharacter(firing, values, "first");

export const findLast = (firing: Firing, values: Arguments): StringOperand =>
  findCharacter(firing, values, "last");

export function findString(firing: Firing, values: Arguments): StringOperand {
  const text = measuredArgument(firing, values, 0);
  const part = measuredArgument(firing, values, 1);
  const start = firing.emitter.set(0n);
  const position = search(firing, { text, part, start, end: text.length, step: 1n });
  return stringFrom(firing, text, position);
}

/** As Perl's index(): a position before the text is its start. */
export function indexOf(firing: Firing, values: Arguments): Value {
  const { emitter } = firing;
  const text = measuredArgument(firing, values, 0);
  const part = measuredArgument(firing, values, 1);
  const start = emitter.set(values[2] ? generateValue(firing, values[2]) : 0n);
  emitter.when({ comparison: "s<", left: start, right: 0n }, () => emitter.copy(start, 0n));
  const result = emitter.set(-1n);
  emitter.either(
    { comparison: "s<", left: start, right: text.length },
    () => emitter.copy(result, search(firing, { text, part, start, end: text.length, step: 1n })),
    // The empty string is found at the end of the text, wherever behind it one looks.
    () =>
      emitter.when({ comparison: "==", left: part.length, right: 0n }, () =>
        emitter.copy(result, text.length),
      ),
  );
  return result;
}

/** As Perl's rindex(): backwards; a position behind the text is its end. */
export function lastIndexOf(firing: Firing, values: Arguments): Value {
  const { emitter } = firing;
  const text = measuredArgument(firing, values, 0);
  const part = measuredArgument(firing, values, 1);
  const start = emitter.set(values[2] ? generateValue(firing, values[2]) : text.length);
  emitter.when({ comparison: "s>", left: start, right: text.length }, () =>
    emitter.copy(start, text.length),
  );
  const result = emitter.set(-1n);
  emitter.either(
    { comparison: "s>=", left: start, right: 0n },
    () => emitter.copy(result, search(firing, { text, part, start, end: -1n, step: -1n })),
    () =>
      emitter.when({ comparison: "==", left: part.length, right: 0n }, () =>
        emitter.copy(result, 0n),
      ),
  );
  return result;
}

interface Search {
  readonly text: Measured;
  readonly part: Measured;
  readonly start: Value;
  /** Where nothing is looked for any more. */
  readonly end: Value;
  readonly step: 1n | -1n;
}

/** Where `part` begins, or -1. One round compares one byte; after a difference it begins anew. */
function search(firing: Firing, { text, part, start, end, step }: Search): Virtual {
  const { emitter } = firing;
  const [position, matched, partLength, limit] = [1, 2, 3, 4] as const;
  const state = new LoopState(firing, [-1n, start, 0n, part.length, end]);
  const rounds = emitter.alu("*", emitter.add(text.length, 2n), emitter.add(part.length, 1n));
  const name = `search_${text.offset}_${part.offset}_${text.size}_${state.place}_${step < 0n ? "down" : "up"}`;
  emitLoop(firing, { name, count: rounds }, (loop) => {
    const { emitter: inner } = loop;
    const at = state.get(loop, position);
    const length = state.get(loop, matched);
    const last = state.get(loop, limit);
    inner.leaveWhen({ comparison: "==", left: at, right: last }, loop.stop);
    const whole = state.get(loop, partLength);
    inner.when({ comparison: "==", left: length, right: whole }, () => {
      state.set(loop, found, at);
      inner.jump(loop.stop);
    });
    const byte = loadByte(loop, text, inner.add(at, length));
    const wanted = loadByte(loop, part, length);
    inner.when({ comparison: "==", left: byte, right: wanted }, () => {
      state.set(loop, matched, inner.add(length, 1n));
      inner.jump(loop.next);
    });
    state.set(loop, matched, 0n);
    state.set(loop, position, inner.add(at, step));
  });
  // Two empty strings: there is nothing to look through, but the one is in the other.
  const result = state.result(found);
  emitter.when(
    { comparison: "==", left: emitter.alu("|", text.length, part.length), right: 0n },
    () => emitter.copy(result, 0n),
  );
  return result;
}
