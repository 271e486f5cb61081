/** Subroutines that compute a number: byte order, chance, ancestry. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value } from "../../ir/ir.ts";
import { Emitter } from "../firing/emitter.ts";
import type { Firing } from "../firing/firing.ts";
import { kernelOffset } from "../firing/kernel-structures.ts";
import { generateValue } from "../values/expression.ts";
import { argumentAt } from "./arguments.ts";
import type { Subroutine } from "./table.ts";

/** From and to network order are the same exchange. */
export function networkOrder(bits: 16 | 32 | 64): Subroutine {
  return {
    gives: "number",
    generate: (firing, values) =>
      firing.emitter.toBigEndian(generateValue(firing, argumentAt(values, 0)), bits),
  };
}

export function random({ emitter }: Firing): Value {
  return emitter.extend(emitter.call("bpf_get_prandom_u32"), 4, true);
}

/** 1 where the process or one of its ancestors has the id. */
export function progenyOf(firing: Firing, values: readonly CheckedExpression[]): Value {
  const id = generateValue(firing, argumentAt(values, 0));
  return firing.emitter.callFunction(ancestryFunction(firing), id);
}

/** Deeper process trees than this are not followed to their root. */
const deepest = 64n;

function ancestryFunction(firing: Firing): string {
  const { program } = firing;
  const name = "progeny_of";
  if (program.functions.has(name)) return name;
  const emitter = new Emitter(name, "subprogram", 1);
  const wanted = emitter.parameter(0);
  const task = emitter.set(emitter.call("bpf_get_current_task"));
  const level = emitter.set(0n);
  const slot = emitter.frameAddress(emitter.temporary(8));
  const loop = emitter.block();
  const stranger = emitter.block();
  const read = (path: string, size: 4 | 8): Value => {
    emitter.store(slot, 0, 8, 0n);
    const address = emitter.add(task, BigInt(kernelOffset(firing, path)));
    emitter.call("bpf_probe_read_kernel", slot, BigInt(size), address);
    return emitter.load(slot, 0, size);
  };
  emitter.place(loop);
  const id = read("tgid", 4);
  emitter.when({ comparison: "==", left: id, right: wanted, width: 32 }, () => emitter.return(1n));
  emitter.leaveWhen({ comparison: "==", left: id, right: 0n }, stranger);
  emitter.copy(task, read("real_parent", 8));
  emitter.copy(level, emitter.add(level, 1n));
  emitter.branch(
    { comparison: "<", left: level, right: deepest },
    { whenTrue: loop, whenFalse: stranger },
  );
  emitter.place(stranger);
  emitter.return(0n);
  program.functions.set(name, emitter.finish());
  return name;
}
