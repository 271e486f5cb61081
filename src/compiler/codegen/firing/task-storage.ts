/** What a map of task storage has of the current thread. */

import type { Value, Virtual } from "../../ir/ir.ts";
import type { Emitter } from "./emitter.ts";

/** `BPF_LOCAL_STORAGE_GET_F_CREATE` of uapi/linux/bpf.h */
const createFlag = 1n;

/** Its address; 0 where there is none and none is to be made, or there is no room for it. */
export function findTaskStorage(
  emitter: Emitter,
  map: string,
  { task, create }: { readonly task: Value; readonly create: boolean },
): Virtual {
  const flags = create ? createFlag : 0n;
  return emitter.call("bpf_task_storage_get", emitter.map(map), task, 0n, flags);
}
