/** Offsets of members of `struct task_struct`, from the kernel's BTF. */

import type { Btf } from "../../../btf/btf.ts";

export type TaskOffset = (path: string) => number | undefined;

/**
 * `se.sum_exec_runtime` → bytes from the start of the structure; undefined where there is none.
 * Types are asked for by the first path: many programs need none.
 */
export function taskOffsets(kernelTypes: () => Btf | undefined): TaskOffset {
  const known = new Map<string, number | undefined>();
  const find = (path: string): number | undefined => {
    const btf = kernelTypes();
    return btf && findOffset(btf, "task_struct", path);
  };
  return (path) => {
    if (!known.has(path)) known.set(path, find(path));
    return known.get(path);
  };
}

/** Bytes from the start of the structure; undefined where there is none. */
export function findOffset(btf: Btf, structure: string, path: string): number | undefined {
  let id = btf.findType(structure, "struct");
  let bits = 0;
  for (const name of path.split(".")) {
    const found = id === undefined ? undefined : findMember(btf, id, name);
    if (!found) return undefined;
    bits += found.bitOffset;
    id = found.type;
  }
  return bits / 8;
}

interface FoundMember {
  readonly bitOffset: number;
  readonly type: number;
}

/** Through anonymous structures and unions. */
function findMember(btf: Btf, id: number, name: string): FoundMember | undefined {
  const type = btf.typeAt(btf.resolve(id));
  if (type.kind !== "struct" && type.kind !== "union") return undefined;
  for (const member of type.members) {
    if (member.name === name) return member;
    const inner = member.name === "" ? findMember(btf, member.type, name) : undefined;
    if (inner) return { bitOffset: member.bitOffset + inner.bitOffset, type: inner.type };
  }
  return undefined;
}
