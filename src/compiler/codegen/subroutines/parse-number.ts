/** strtoll(): the number at the start of a string. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { Firing } from "../firing/firing.ts";
import { emitLoop, LoopState, loadByte } from "../strings/loops.ts";
import { measuredArgument } from "./search.ts";
import { baseOf } from "./strings.ts";

const code = (character: string): bigint => BigInt(character.charCodeAt(0));

/** Blanks, a sign, digits of the base (10 where none is given; 0x may stand before those of 16). */
export function numberIn(firing: Firing, values: readonly CheckedExpression[]): Value {
  const { emitter } = firing;
  const text = measuredArgument(firing, values, 0);
  const base = values[1] ? baseOf(firing, values[1]) : 10n;
  const [sum, negative, begun, radix] = [0, 1, 2, 3] as const;
  const state = new LoopState(firing, [0n, 0n, 0n, base]);
  const name = `number_in_${text.offset}_${text.size}_${state.place}`;
  emitLoop(firing, { name, count: text.length }, (loop) => {
    const { emitter: inner } = loop;
    const byte = loadByte(loop, text, loop.index);
    const started = state.get(loop, begun);
    inner.when({ comparison: "==", left: started, right: 0n }, () => {
      inner.leaveWhen({ comparison: "==", left: byte, right: code(" ") }, loop.next);
      const control = inner.add(byte, -code("\t"));
      inner.leaveWhen({ comparison: "<=", left: control, right: 4n }, loop.next);
      state.set(loop, begun, 1n);
      inner.leaveWhen({ comparison: "==", left: byte, right: code("+") }, loop.next);
      inner.when({ comparison: "==", left: byte, right: code("-") }, () => {
        state.set(loop, negative, 1n);
        inner.jump(loop.next);
      });
    });
    const sixteen = state.get(loop, radix);
    const soFar = state.get(loop, sum);
    inner.when({ comparison: "==", left: sixteen, right: 16n }, () =>
      inner.when({ comparison: "==", left: soFar, right: 0n }, () => {
        const letter = inner.alu("|", byte, 0x20n);
        inner.leaveWhen({ comparison: "==", left: letter, right: code("x") }, loop.next);
      }),
    );
    const digit = digitOf(inner, byte);
    inner.leaveWhen({ comparison: ">=", left: digit, right: sixteen }, loop.stop);
    state.set(loop, sum, inner.add(inner.alu("*", soFar, sixteen), digit));
  });
  const result = state.result(sum);
  emitter.when({ comparison: "!=", left: state.result(negative), right: 0n }, () =>
    emitter.copy(result, emitter.negate(result)),
  );
  return result;
}

/** 0–35; larger than any base for what is no digit. */
function digitOf(emitter: Emitter, byte: Virtual): Virtual {
  const none = 255n;
  const digit = emitter.set(emitter.add(byte, -code("0")));
  emitter.when({ comparison: ">", left: digit, right: 9n }, () => {
    const letter = emitter.add(emitter.alu("|", byte, 0x20n), -code("a"));
    emitter.copy(digit, none);
    emitter.when({ comparison: "<=", left: letter, right: 25n }, () =>
      emitter.copy(digit, emitter.add(letter, 10n)),
    );
  });
  return digit;
}
