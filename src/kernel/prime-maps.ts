/**
 * Fills the kernel's stocks of map elements. A map without preallocation takes elements from a
 * small stock of each CPU, which begins with 1 to 4 and is refilled only once interrupts are on
 * again (kernel/bpf/memalloc.c): a first firing inside the scheduler could not make three keys. One
 * element used on every CPU makes the kernel fill its stock for good.
 */

import { deleteElement, updateElement } from "./bpf-syscall.ts";
import { onlineCpus } from "./cpus.ts";
import type { LoadedMap } from "./load.ts";
import { onEachCpu } from "./process/own-cpu.ts";

/** For maps that nothing has written to yet. A CPU that we may not run on is left as it is. */
export function primeMaps(maps: readonly LoadedMap[]): void {
  const growing = maps.filter(({ spec }) => isGrowing(spec));
  if (growing.length === 0) return;
  onEachCpu(onlineCpus(), () => {
    for (const map of growing) useOnce(map);
  });
}

const isGrowing = ({ type, flags }: LoadedMap["spec"]): boolean =>
  type === "hash" && flags.includes("no-preallocation");

function useOnce({ spec, descriptor }: LoadedMap): void {
  const key = new ArrayBuffer(spec.keySize);
  updateElement(descriptor, key, new ArrayBuffer(spec.valueSize));
  deleteElement(descriptor, key);
}
