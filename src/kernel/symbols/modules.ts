/** The modules that the kernel has loaded. */

import { readFileSync } from "node:fs";

/** By name, what tells one time that a module is loaded from another: where it lies. */
export function readModules(path = "/proc/modules"): ReadonlyMap<string, string> {
  return parseModules(readIfThere(path));
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

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
