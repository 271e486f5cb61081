/** Stores through pointers: allowed only into the firing's own scratch memory. */

import { faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { type Memory, markScratchUsed } from "../firing/scratch.ts";
import { addressOf, type Location } from "../values/location.ts";

/** `size` bytes at a D pointer as memory the verifier knows; elsewhere it is a fault. */
export function ownMemory(firing: Firing, location: Location, size: number): Memory {
  const { emitter, scratch } = firing;
  markScratchUsed(firing);
  const address = addressOf(firing, location);
  const last = scratch.dynamicSize - size;
  if (last < 0) throw new Error(`${size} bytes do not fit into scratch memory`);
  const start = emitter.add(scratch.address, BigInt(scratch.dynamicStart));
  const offset = emitter.alu("-", address, start);
  faultWhen(firing, { comparison: ">", left: offset, right: BigInt(last) }, "badAddress", address);
  return { base: emitter.add(scratch.base, offset), offset: scratch.dynamicStart };
}
