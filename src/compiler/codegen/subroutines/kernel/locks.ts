/** What the kernel's mutexes and reader-writer semaphores are about (linux/mutex.h, linux/rwsem.h). */

import type { CheckedExpression } from "../../../check/checked-program.ts";
import type { Value, Virtual } from "../../../ir/ir.ts";
import type { Emitter } from "../../firing/emitter.ts";
import type { Firing } from "../../firing/firing.ts";
import { structureOffset } from "../../firing/kernel-structures.ts";
import { generateValue } from "../../values/expression.ts";
import { readKernel } from "../../values/location.ts";
import { argumentAt } from "../arguments.ts";
import type { Subroutine } from "../table.ts";

/** The owner's task with flags in its lowest bits (MUTEX_FLAGS). */
const ownerFlags = 7n;

/** The lowest bits of the count; readers are counted from `reader` on, up to the sign. */
const counted = { writer: 1n, waiters: 2n, firstReader: 8n } as const;

export function mutexOwner(firing: Firing, values: readonly CheckedExpression[]): Value {
  const word = lockWord(firing, values, { structure: "mutex", member: "owner" });
  return firing.emitter.alu("&", word, ~ownerFlags);
}

export function ownsMutex(firing: Firing, values: readonly CheckedExpression[]): Value {
  const { emitter } = firing;
  const owner = mutexOwner(firing, values);
  const owns = emitter.set(0n);
  const current = emitter.callOnce("bpf_get_current_task");
  emitter.when({ comparison: "==", left: owner, right: current }, () => emitter.copy(owns, 1n));
  return owns;
}

/** Linux has one kind of mutex: whoever waits for it spins while its owner runs, then sleeps. */
export function isMutexOfKind(kind: "adaptive" | "spin"): Subroutine {
  return {
    gives: "number",
    generate: (firing, values) => {
      mutexOwner(firing, values);
      return kind === "adaptive" ? 1n : 0n;
    },
  };
}

export const isReadHeld = semaphoreTest((emitter, count) =>
  emitter.alu(">>", emitter.alu("<<", count, 1n), counted.firstReader + 1n),
);

export const isWriteHeld = semaphoreTest((emitter, count) =>
  emitter.alu("&", count, counted.writer),
);

/** Readers wait only where a writer waits as well, or has it. */
export const hasWriter = semaphoreTest((emitter, count) =>
  emitter.alu("&", count, counted.writer | counted.waiters),
);

function semaphoreTest(bits: (emitter: Emitter, count: Virtual) => Virtual): Subroutine {
  return {
    gives: "number",
    generate: (firing, values) => {
      const { emitter } = firing;
      const count = lockWord(firing, values, { structure: "rw_semaphore", member: "count" });
      const holds = emitter.set(0n);
      emitter.when({ comparison: "!=", left: bits(emitter, count), right: 0n }, () =>
        emitter.copy(holds, 1n),
      );
      return holds;
    },
  };
}

function lockWord(
  firing: Firing,
  values: readonly CheckedExpression[],
  { structure, member }: { readonly structure: string; readonly member: string },
): Virtual {
  const address = generateValue(firing, argumentAt(values, 0));
  const offset = structureOffset(firing, structure, member);
  return readKernel(firing, { kind: "address", address, offset }, 8);
}
