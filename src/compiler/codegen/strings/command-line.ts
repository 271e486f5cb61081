/** execargs: the arguments of the current process, as it has them in its memory, between blanks. */

import type { Virtual } from "../../ir/ir.ts";
import { pointerTo } from "../copying.ts";
import type { Emitter } from "../firing/emitter.ts";
import { faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { kernelOffset, structureOffset } from "../firing/kernel-structures.ts";
import { type Memory, scratchTemporary } from "../firing/scratch.ts";
import { readKernel } from "../values/location.ts";
import type { StringOperand } from "./operand.ts";

/** Empty for a thread of the kernel, which has no memory of its own. */
export function commandLineText(firing: Firing): StringOperand {
  const { emitter, enabling } = firing;
  const size = enabling.options.strsize;
  const memory = scratchTemporary(firing, size + 8);
  const task = emitter.callOnce("bpf_get_current_task_btf");
  const space = emitter.load(task, kernelOffset(firing, "mm"), 8);
  emitter.store(memory.base, memory.offset, 1, 0n);
  emitter.when({ comparison: "!=", left: space, right: 0n }, () =>
    copyArguments(firing, space, { memory, size }),
  );
  return { kind: "memory", memory, size, nullable: false };
}

function copyArguments(
  firing: Firing,
  space: Virtual,
  { memory, size }: { readonly memory: Memory; readonly size: number },
): void {
  const { emitter } = firing;
  const member = (name: string): Virtual =>
    readKernel(
      firing,
      { kind: "address", address: space, offset: structureOffset(firing, "mm_struct", name) },
      8,
    );
  const start = member("arg_start");
  const whole = emitter.alu("-", member("arg_end"), start);
  const length = emitter.atMost(whole, BigInt(size));
  emitter.when({ comparison: "!=", left: length, right: 0n }, () => {
    const failed = emitter.call("bpf_probe_read_user", pointerTo(emitter, memory), length, start);
    faultWhen(firing, { comparison: "!=", left: failed, right: 0n }, "badAddress", start);
    separateWords(emitter, memory, size);
    const last = emitter.add(emitter.add(memory.base, length), -1n);
    emitter.store(last, memory.offset, 1, 0n);
  });
}

const lowBits = 0x7f7f_7f7f_7f7f_7f7fn;

/** Every NUL becomes a blank, eight bytes at a time: of a zero byte the high bit is left, and moved. */
function separateWords(emitter: Emitter, memory: Memory, size: number): void {
  const offset = emitter.set(0n);
  const loop = emitter.block();
  const done = emitter.block();
  emitter.place(loop);
  const place = emitter.add(memory.base, offset);
  const word = emitter.load(place, memory.offset, 8);
  const carried = emitter.add(emitter.alu("&", word, lowBits), lowBits);
  const occupied = emitter.alu("|", emitter.alu("|", carried, word), lowBits);
  const blanks = emitter.alu(">>", emitter.alu("^", occupied, -1n), 2n);
  emitter.store(place, memory.offset, 8, emitter.alu("|", word, blanks));
  emitter.copy(offset, emitter.add(offset, 8n));
  emitter.branch(
    { comparison: "<", left: offset, right: BigInt(size) },
    { whenTrue: loop, whenFalse: done },
  );
  emitter.place(done);
}
