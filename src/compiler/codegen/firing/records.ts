/** Records in the principal buffer: reserved, written in place, submitted or discarded. */

import type { BlockId, Virtual } from "../../ir/ir.ts";
import { mapNames, mostNamedRings, ringName } from "../../runtime-layout.ts";
import type { Emitter } from "./emitter.ts";

/** No wake-up: the consumer drains on a timer (`BPF_RB_NO_WAKEUP`, uapi/linux/bpf.h). */
const withoutWakeUp = 1n;

interface Reservation {
  readonly size: number;
  /** Where there is no room. */
  readonly full: BlockId;
  readonly possibleCpus: number;
}

/** Room in this CPU's ring. */
export function reserveRecord(emitter: Emitter, reservation: Reservation): Virtual {
  const { size, full, possibleCpus } = reservation;
  const record = emitter.fresh();
  const reserveIn = (ring: Virtual): void =>
    emitter.copy(record, emitter.call("bpf_ringbuf_reserve", ring, BigInt(size), 0n));
  if (possibleCpus <= mostNamedRings) {
    reserveInNamed(emitter, possibleCpus, reserveIn);
  } else {
    const key = emitter.frameAddress(emitter.temporary(4));
    emitter.store(key, 0, 4, emitter.callOnce("bpf_get_smp_processor_id"));
    const ring = emitter.call("bpf_map_lookup_elem", emitter.map(mapNames.buffers), key);
    emitter.leaveWhen({ comparison: "==", left: ring, right: 0n }, full);
    reserveIn(ring);
  }
  emitter.leaveWhen({ comparison: "==", left: record, right: 0n }, full);
  return record;
}

function reserveInNamed(
  emitter: Emitter,
  possibleCpus: number,
  reserveIn: (ring: Virtual) => void,
): void {
  const cpu = emitter.callOnce("bpf_get_smp_processor_id");
  const reserved = emitter.block();
  for (let number = 0; number < possibleCpus - 1; number += 1) {
    emitter.when({ comparison: "==", left: cpu, right: BigInt(number) }, () => {
      reserveIn(emitter.map(ringName(number)));
      emitter.jump(reserved);
    });
  }
  reserveIn(emitter.map(ringName(possibleCpus - 1)));
  emitter.place(reserved);
}

export function submitRecord(emitter: Emitter, record: Virtual): void {
  emitter.call("bpf_ringbuf_submit", record, withoutWakeUp);
}

export function discardRecord(emitter: Emitter, record: Virtual): void {
  emitter.call("bpf_ringbuf_discard", record, withoutWakeUp);
}
