/**
 * Fills the kernel's stocks of map elements. A map without preallocation takes elements from a
 * small stock of each CPU, which begins with 1 to 4 and is refilled only once interrupts are on
 * again (kernel/bpf/memalloc.c): a first firing inside the scheduler could not make three keys. One
 * element used on every CPU makes the kernel fill its stock for good.
 */

import { deleteElement, updateElement } from "./bpf-syscall.ts";
import { onlineCpus } from "./cpus.ts";
import type { LoadedMap } from "./load.ts";
import { addressOf, syscall } from "./native.ts";
import { systemCallNumber } from "./system-call-numbers.ts";

const maskSize = 1024;

/** For maps that nothing has written to yet. */
export function primeMaps(maps: readonly LoadedMap[]): void {
  const growing = maps.filter(({ spec }) => isGrowing(spec));
  if (growing.length === 0) return;
  const before = new ArrayBuffer(maskSize);
  const size = Number(
    syscall(systemCallNumber("sched_getaffinity"), 0, maskSize, addressOf(before)),
  );
  if (size <= 0) return;
  for (const cpu of onlineCpus()) {
    // A CPU that we may not run on is left as it is.
    if (!runOn(maskOf(cpu))) continue;
    for (const map of growing) useOnce(map);
  }
  runOn(before.slice(0, size));
}

const isGrowing = ({ type, flags }: LoadedMap["spec"]): boolean =>
  type === "hash" && flags.includes("no-preallocation");

function useOnce({ spec, descriptor }: LoadedMap): void {
  const key = new ArrayBuffer(spec.keySize);
  updateElement(descriptor, key, new ArrayBuffer(spec.valueSize));
  deleteElement(descriptor, key);
}

function maskOf(cpu: number): ArrayBuffer {
  const mask = new Uint8Array(maskSize);
  mask[cpu >> 3] = 1 << (cpu & 7);
  return mask.buffer;
}

function runOn(mask: ArrayBuffer): boolean {
  const result = syscall(
    systemCallNumber("sched_setaffinity"),
    0,
    mask.byteLength,
    addressOf(mask),
  );
  return Number(result) >= 0;
}
