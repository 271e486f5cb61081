/** ERROR: its clauses are a subprogram that fault paths call with what the probe's arguments are. */

import type { Emitter } from "../firing/emitter.ts";
import type { EventSource } from "../firing/firing.ts";

/** `arg3`, the offset in DTrace's intermediate code, which we have none of. */
const unknownOffset = -1n;

/** `arg1` EPID, `arg2` action, `arg4` fault code, `arg5` the offending value. */
export function errorSource(emitter: Emitter): EventSource {
  const epid = emitter.parameter(1);
  const action = emitter.parameter(2);
  const code = emitter.parameter(3);
  const value = emitter.parameter(4);
  const words = [0n, epid, action, unknownOffset, code, value] as const;
  return { argument: (index) => words[index] ?? 0n, errno: () => 0n };
}
