/** Records in the principal buffer: reserved, written in place, submitted or discarded. */

import type { BlockId, Virtual } from "../../ir/ir.ts";
import { mapNames } from "../../runtime-layout.ts";
import type { Emitter } from "./emitter.ts";

/** No wake-up: the consumer drains on a timer (`BPF_RB_NO_WAKEUP`, uapi/linux/bpf.h). */
const withoutWakeUp = 1n;

/** `size` bytes of this CPU's ring; goes to `full` where there is no room. */
export function reserveRecord(emitter: Emitter, size: number, full: BlockId): Virtual {
  const key = emitter.frameAddress(emitter.temporary(4));
  emitter.store(key, 0, 4, emitter.callOnce("bpf_get_smp_processor_id"));
  const ring = emitter.call("bpf_map_lookup_elem", emitter.map(mapNames.buffers), key);
  emitter.leaveWhen({ comparison: "==", left: ring, right: 0n }, full);
  const record = emitter.call("bpf_ringbuf_reserve", ring, BigInt(size), 0n);
  emitter.leaveWhen({ comparison: "==", left: record, right: 0n }, full);
  return record;
}

export function submitRecord(emitter: Emitter, record: Virtual): void {
  emitter.call("bpf_ringbuf_submit", record, withoutWakeUp);
}

export function discardRecord(emitter: Emitter, record: Virtual): void {
  emitter.call("bpf_ringbuf_discard", record, withoutWakeUp);
}
