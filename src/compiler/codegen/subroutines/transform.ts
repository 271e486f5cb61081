/** toupper(), tolower(), substr(). */

import type { CheckedExpression } from "../../check/checked-program.ts";
import { pointerTo } from "../copying.ts";
import type { Firing } from "../firing/firing.ts";
import { allocateBuffer, bufferMemory, emitLoop, loadByte, storeByte } from "../strings/loops.ts";
import type { StringOperand } from "../strings/operand.ts";
import { generateValue } from "../values/expression.ts";
import { argumentAt } from "./arguments.ts";
import { measuredArgument } from "./search.ts";

type Arguments = readonly CheckedExpression[];

const caseBit = 0x20n;

/** ASCII letters only, as in the C locale. */
function changeCase(firing: Firing, values: Arguments, to: "upper" | "lower"): StringOperand {
  const text = measuredArgument(firing, values, 0);
  const first = BigInt((to === "upper" ? "a" : "A").charCodeAt(0));
  const name = `to_${to}_${text.offset}_${text.size}`;
  emitLoop(firing, { name, count: text.length }, (loop) => {
    const { emitter } = loop;
    const byte = loadByte(loop, text, loop.index);
    const letter = emitter.alu("-", byte, first);
    emitter.leaveWhen({ comparison: ">", left: letter, right: 25n }, loop.next);
    storeByte(loop, text, { at: loop.index, byte: emitter.alu("^", byte, caseBit) });
  });
  return { kind: "memory", memory: bufferMemory(firing, text), size: text.size, nullable: false };
}

export const toUpper = (firing: Firing, values: Arguments): StringOperand =>
  changeCase(firing, values, "upper");

export const toLower = (firing: Firing, values: Arguments): StringOperand =>
  changeCase(firing, values, "lower");

/**
 * As Perl's substr(): a negative index counts from the end, a negative length leaves so many out at
 * the end; what lies outside of the text is empty.
 */
export function partOf(firing: Firing, values: Arguments): StringOperand {
  const { emitter } = firing;
  const text = measuredArgument(firing, values, 0);
  const { length, size } = text;
  const start = emitter.set(generateValue(firing, argumentAt(values, 1)));
  const count = emitter.set(values[2] ? generateValue(firing, values[2]) : BigInt(size));
  emitter.when({ comparison: "s<", left: start, right: 0n }, () => {
    emitter.copy(start, emitter.add(start, length));
    const end = emitter.add(start, count);
    emitter.when({ comparison: "s<", left: start, right: 0n }, () =>
      emitter.when({ comparison: "s>", left: end, right: 0n }, () => {
        emitter.copy(count, end);
        emitter.copy(start, 0n);
      }),
    );
  });
  emitter.when({ comparison: "s<", left: count, right: 0n }, () =>
    emitter.copy(count, emitter.add(count, emitter.alu("-", length, start))),
  );

  const result = allocateBuffer(firing, size);
  const memory = bufferMemory(firing, result);
  emitter.store(memory.base, memory.offset, 1, 0n);
  // Unsigned: what is negative is too large.
  emitter.when({ comparison: "<", left: start, right: length }, () =>
    emitter.when({ comparison: "s>", left: count, right: 0n }, () => {
      const limit = emitter.atMost(emitter.add(count, 1n), BigInt(size));
      // Older verifiers learn nothing from a comparison of two registers.
      emitter.when({ comparison: "<", left: start, right: BigInt(size) }, () => {
        const source = emitter.add(pointerTo(emitter, bufferMemory(firing, text)), start);
        emitter.call("bpf_probe_read_kernel_str", pointerTo(emitter, memory), limit, source);
      });
    }),
  );
  return { kind: "memory", memory, size, nullable: false };
}
