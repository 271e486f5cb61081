import type { KernelTypes } from "./kernel-types.ts";
export function createKernelTypes(_btf: unknown): KernelTypes {
  return { findTypedef: () => undefined, findTag: () => undefined, typeById: () => undefined };
}
