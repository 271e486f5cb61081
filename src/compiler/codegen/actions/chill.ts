/** chill(): waits where it stands, but no CPU for longer than half of any second. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { Emitter } from "../firing/emitter.ts";
import { faultWhen } from "../firing/faults.ts";
import type { Firing, Program } from "../firing/firing.ts";
import { generateValue } from "../values/expression.ts";

const interval = 1_000_000_000n;
const longest = 500_000_000n;

/** When the CPU's interval began, and for how long it was told to wait since then. */
const uses = { name: "chilled", began: 0, waited: 8, size: 16 } as const;

/** BPF_MAX_LOOPS of linux/bpf.h. */
const mostRounds = 8n * 1024n * 1024n;
/** Looking at the clock takes far more than 10 ns, so that this many times the most rounds do. */
const loops = 6;

const waitFunction = "wait_until";

export function chill(firing: Firing, duration: CheckedExpression): void {
  const { emitter, enabling, program } = firing;
  enabling.maps.add({
    name: uses.name,
    type: "percpu-array",
    keySize: 4,
    valueSize: uses.size,
    maxEntries: 1,
    flags: [],
  });
  const wanted = emitter.set(generateValue(firing, duration));
  const now = emitter.call("bpf_ktime_get_ns");
  account(firing, wanted, now);
  ensureWaitFunction(program);
  const deadline = emitter.frameAddress(emitter.temporary(8));
  emitter.store(deadline, 0, 8, emitter.add(now, wanted));
  for (let loop = 0; loop < loops; loop += 1) {
    emitter.call("bpf_loop", mostRounds, emitter.functionAddress(waitFunction), deadline, 0n);
  }
  if (firing.timestamp !== undefined)
    emitter.copy(firing.timestamp, emitter.call("bpf_ktime_get_ns"));
}

/** More than the rest of what the CPU may wait is an illegal operation. */
function account(firing: Firing, wanted: Virtual, now: Value): void {
  const { emitter } = firing;
  const key = emitter.frameAddress(emitter.temporary(4));
  emitter.store(key, 0, 4, 0n);
  const use = emitter.call("bpf_map_lookup_elem", emitter.map(uses.name), key);
  const missing = { comparison: "==", left: use, right: 0n } as const;
  faultWhen(firing, missing, "illegalOperation", 0n);
  const age = emitter.alu("-", now, emitter.load(use, uses.began, 8));
  emitter.when({ comparison: ">", left: age, right: interval }, () => {
    emitter.store(use, uses.began, 8, now);
    emitter.store(use, uses.waited, 8, 0n);
  });
  const tooLong = { comparison: ">", left: wanted, right: longest } as const;
  faultWhen(firing, tooLong, "illegalOperation", 0n);
  const total = emitter.add(emitter.load(use, uses.waited, 8), wanted);
  const tooMuch = { comparison: ">", left: total, right: longest } as const;
  faultWhen(firing, tooMuch, "illegalOperation", 0n);
  emitter.store(use, uses.waited, 8, total);
}

function ensureWaitFunction({ functions }: Program): void {
  if (functions.has(waitFunction)) return;
  const emitter = new Emitter(waitFunction, "callback", 2);
  const deadline = emitter.load(emitter.parameter(1), 0, 8);
  const over = emitter.block();
  const now = emitter.call("bpf_ktime_get_ns");
  emitter.leaveWhen({ comparison: ">=", left: now, right: deadline }, over);
  emitter.return(0n);
  emitter.place(over);
  emitter.return(1n);
  functions.set(waitFunction, emitter.finish());
}
