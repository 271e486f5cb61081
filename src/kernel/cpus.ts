/** Which CPUs there are, as sysfs tells. */

import { readFileSync } from "node:fs";

/** CPUs that may ever be: what per-CPU maps have room for. Numbered from 0 without gaps here. */
export function possibleCpuCount(): number {
  return (readCpuList("possible").at(-1) ?? 0) + 1;
}

export function onlineCpus(): readonly number[] {
  return readCpuList("online");
}

function readCpuList(kind: "possible" | "online"): readonly number[] {
  return parseCpuList(readFileSync(`/sys/devices/system/cpu/${kind}`, "utf8"));
}

/** `0-3,8` → 0 1 2 3 8 */
export function parseCpuList(text: string): readonly number[] {
  return text
    .trim()
    .split(",")
    .filter((range) => range !== "")
    .flatMap((range) => {
      const [first = 0, last = first] = range.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
}
