/** Types by name from one description of the kernel: what the universe asks of BTF. */

import type { DType } from "./d-type.ts";

export type Tag = "struct" | "union" | "enum";

export interface KernelTypes {
  findTypedef(name: string): DType | undefined;
  /** A definition, not a forward declaration. */
  findTag(tag: Tag, name: string): DType | undefined;
  typeById(id: number): DType | undefined;
  namesOf(kind: Tag | "typedef"): ReadonlySet<string>;
}
