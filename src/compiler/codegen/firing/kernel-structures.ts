/** Offsets in kernel structures that built-in variables need, from BTF. */

import type { Firing } from "./firing.ts";

export function kernelOffset(firing: Firing, path: string): number {
  const offset = firing.enabling.taskOffset(path);
  if (offset === undefined) throw new Error(`struct task_struct has no ${path}`);
  return offset;
}
