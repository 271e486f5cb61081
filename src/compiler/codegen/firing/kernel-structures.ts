/** Offsets in kernel structures that built-in variables and subroutines need, from BTF. */

import type { Firing } from "./firing.ts";
import { findOffset } from "./task-offsets.ts";

export function kernelOffset(firing: Firing, path: string): number {
  const offset = firing.enabling.taskOffset(path);
  if (offset === undefined) throw new Error(`struct task_struct has no ${path}`);
  return offset;
}

/** `d_name.len` in `struct dentry`. */
export function structureOffset(firing: Firing, structure: string, path: string): number {
  const offset = optionalOffset(firing, structure, path);
  if (offset === undefined) throw new Error(`struct ${structure} has no ${path}`);
  return offset;
}

/** Undefined where this kernel's structure has no such member. */
export function optionalOffset(
  { enabling }: Firing,
  structure: string,
  path: string,
): number | undefined {
  const btf = enabling.environment.kernelTypes("vmlinux");
  return btf && findOffset(btf, structure, path);
}

export function structureSize({ enabling }: Firing, structure: string): number {
  const btf = enabling.environment.kernelTypes("vmlinux");
  const id = btf?.findType(structure, "struct");
  const type = id === undefined ? undefined : btf?.typeAt(id);
  if (type?.kind !== "struct") throw new Error(`there is no struct ${structure}`);
  return type.size;
}
