/**
 * Text put together from its end in functions of a program. The first word of its memory tells
 * where it begins: in memory, so that the verifier does not follow every length there is.
 */

import type { Value, Virtual } from "../../ir/ir.ts";
import { pointerTo } from "../copying.ts";
import type { Emitter } from "../firing/emitter.ts";
import { type FaultCode, faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { scratchTemporary } from "../firing/scratch.ts";
import type { StringOperand } from "../strings/operand.ts";
import { limitLength } from "./strings.ts";

export interface BackwardText {
  readonly emitter: Emitter;
  readonly buffer: Virtual;
  /** Bytes there are, the NUL included. */
  readonly size: number;
}

/** Bytes before the text. */
export const textStart = 8;

/** What a single piece of text may have at most. */
export const longestPiece = 255;

interface TextPlan {
  readonly size: number;
  /** What is at fault where the text cannot be written. */
  readonly subject: Value;
  readonly fault?: FaultCode;
  /** Gives where in the buffer the text begins, or a negative number. */
  readonly write: (buffer: Virtual) => Value;
}

export function generateText(
  firing: Firing,
  { size: room, subject, fault = "badAddress", write }: TextPlan,
): StringOperand {
  const { emitter, enabling } = firing;
  const size = Math.min(enabling.options.strsize, room);
  const behind = Math.max(size, longestPiece + 1);
  const memory = scratchTemporary(firing, textStart + room + behind);
  const start = write(emitter.inRegister(pointerTo(emitter, memory)));
  faultWhen(firing, { comparison: "s<", left: start, right: 0n }, fault, subject);
  const limited = limitLength(firing, start, room);
  return {
    kind: "memory",
    memory: { base: emitter.add(memory.base, limited), offset: memory.offset + textStart },
    size,
    nullable: false,
  };
}

export function beginText({ emitter, buffer, size }: BackwardText): void {
  emitter.store(buffer, textStart + size - 1, 1, 0n);
  emitter.store(buffer, 0, 8, BigInt(size - 1));
}

export const startOfText = ({ emitter, buffer }: BackwardText): Virtual =>
  emitter.load(buffer, 0, 8);

/** The place of `length` bytes before what is there; without room the function gives -1. */
export function makeRoom({ emitter, buffer, size }: BackwardText, length: Value): Virtual {
  const start = emitter.alu("-", emitter.load(buffer, 0, 8), length);
  // Below the first byte it is seen as a large number.
  emitter.whenRarely({ comparison: ">", left: start, right: BigInt(size - 1) }, () =>
    emitter.return(-1n),
  );
  emitter.store(buffer, 0, 8, start);
  return emitter.add(buffer, start);
}

export function prependText(text: BackwardText, piece: string): void {
  const place = makeRoom(text, BigInt(piece.length));
  for (let at = 0; at < piece.length; at += 1) {
    text.emitter.store(place, textStart + at, 1, BigInt(piece.charCodeAt(at)));
  }
}

export function prependNumber(
  text: BackwardText,
  number: Virtual,
  { base, mostDigits }: { readonly base: 10n | 16n; readonly mostDigits: number },
): void {
  const { emitter } = text;
  const rest = emitter.set(number);
  const count = emitter.set(0n);
  const loop = emitter.block();
  const done = emitter.block();
  emitter.place(loop);
  const digit = emitter.alu("%", rest, base);
  const character = emitter.set(emitter.add(digit, 0x30n));
  if (base > 10n) {
    emitter.when({ comparison: ">", left: digit, right: 9n }, () =>
      emitter.copy(character, emitter.add(digit, 0x57n)),
    );
  }
  emitter.store(makeRoom(text, 1n), textStart, 1, character);
  emitter.copy(rest, emitter.alu("/", rest, base));
  emitter.copy(count, emitter.add(count, 1n));
  emitter.leaveWhen({ comparison: "==", left: rest, right: 0n }, done);
  emitter.branch(
    { comparison: "<", left: count, right: BigInt(mostDigits) },
    { whenTrue: loop, whenFalse: done },
  );
  emitter.place(done);
}
