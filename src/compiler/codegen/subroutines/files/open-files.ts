/** getf(): the open files of the current process. */

import type { CheckedExpression } from "../../../check/checked-program.ts";
import type { Value } from "../../../ir/ir.ts";
import { pointerSize } from "../../../types/type-queries.ts";
import { Emitter } from "../../firing/emitter.ts";
import type { Firing } from "../../firing/firing.ts";
import { generateValue } from "../../values/expression.ts";
import { argumentAt } from "../arguments.ts";
import { memberReader } from "../members.ts";

/** 0 where the descriptor is not open. */
export function openFile(firing: Firing, values: readonly CheckedExpression[]): Value {
  const descriptor = generateValue(firing, argumentAt(values, 0));
  return firing.emitter.callFunction(openFileFunction(firing), descriptor);
}

function openFileFunction(firing: Firing): string {
  const { program } = firing;
  const name = "open_file";
  if (program.functions.has(name)) return name;
  const emitter = new Emitter(name, "subprogram", 1);
  const descriptor = emitter.extend(emitter.parameter(0), 4, false);
  const read = memberReader(firing, emitter);
  const task = emitter.call("bpf_get_current_task");
  const table = read(read(task, "task_struct", "files", 8), "files_struct", "fdt", 8);
  const count = read(table, "fdtable", "max_fds", 4);
  emitter.when({ comparison: ">=", left: descriptor, right: count }, () => emitter.return(0n));
  const place = emitter.add(
    read(table, "fdtable", "fd", 8),
    emitter.alu("*", descriptor, BigInt(pointerSize)),
  );
  emitter.return(read(place, undefined, "", 8));
  program.functions.set(name, emitter.finish());
  return name;
}
