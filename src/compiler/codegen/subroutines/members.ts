/** Members of kernel structures as functions of a program read them. */

import type { Value, Virtual } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { Firing } from "../firing/firing.ts";
import { structureOffset } from "../firing/kernel-structures.ts";

/** Without a structure it is what stands at the address itself. */
export type ReadMember = (
  base: Value,
  structure: string | undefined,
  member: string,
  size: 2 | 4 | 8,
) => Virtual;

/** What cannot be read is 0. */
export function memberReader(firing: Firing, emitter: Emitter): ReadMember {
  const slot = emitter.frameAddress(emitter.temporary(8));
  return (base, structure, member, size) => {
    const offset = structure === undefined ? 0 : structureOffset(firing, structure, member);
    emitter.store(slot, 0, 8, 0n);
    emitter.call("bpf_probe_read_kernel", slot, BigInt(size), emitter.add(base, BigInt(offset)));
    return emitter.load(slot, 0, size);
  };
}
