/** The modules that the kernel has loaded. */

import { statSync } from "node:fs";
import { readTextIfThere } from "../read-if-there.ts";

/**
 * By name, what tells one time that a module is loaded from another: where it lies, which may be
 * where it lay before, and its inode in sysfs, which is always another.
 */
export function readModules(): ReadonlyMap<string, string> {
  const modules = parseModules(readTextIfThere("/proc/modules"));
  return new Map([...modules].map(([name, address]) => [name, `${address} ${inodeOf(name)}`]));
}

function inodeOf(module: string): bigint | undefined {
  return statSync(`/sys/module/${module}`, { bigint: true, throwIfNoEntry: false })?.ino;
}

/** Only those that are ready: `dummy 12288 0 - Live 0xffffffffc0a0b000`. */
export function parseModules(text: string): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [name = "", , , , state, address = ""] = line.split(" ");
    if (state === "Live") modules.set(name, address);
  }
  return modules;
}
