/** The kernel's BTF from sysfs. */

import { type Btf, openBtf } from "../btf/btf.ts";
import { readBytesIfThere, readFolderIfThere } from "./read-if-there.ts";

const folder = "/sys/kernel/btf";

export interface BtfSource {
  /** `vmlinux` or a module; undefined where the kernel has none. Read once. */
  kernelTypes(module: string): Btf | undefined;
  /** Another module is loaded under this name. */
  forget(module: string): void;
  /** `vmlinux` first. */
  modules(): readonly string[];
}

export function createBtfSource(): BtfSource {
  const opened = new Map<string, Btf>();

  const open = (module: string): Btf | undefined => {
    // Names of kernel objects hold no slash; anything else is no module.
    const bytes = readBytesIfThere(`${folder}/${module}`);
    if (bytes === undefined) return undefined;
    const base = module === "vmlinux" ? undefined : kernelTypes("vmlinux");
    return openBtf(bytes, base);
  };

  const kernelTypes = (module: string): Btf | undefined => {
    // What is not there may be loaded later.
    const types = opened.get(module) ?? open(module);
    if (types !== undefined) opened.set(module, types);
    return types;
  };

  return {
    kernelTypes,
    forget: (module) => void opened.delete(module),
    modules() {
      const names = readFolderIfThere(folder);
      return ["vmlinux", ...names.filter((name) => name !== "vmlinux").toSorted()];
    },
  };
}
