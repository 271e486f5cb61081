/** A type named but not yet looked up: what providers and symbols say without building types. */

export type TypeReference =
  /** C text, as in `struct task_struct *` or `int`. */
  | { readonly kind: "text"; readonly text: string }
  /** A type id in the BTF of `module`. */
  | { readonly kind: "btf"; readonly module: string; readonly id: number };
