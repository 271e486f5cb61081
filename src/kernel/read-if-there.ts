/** Files and folders of /proc and /sys that some kernels, and some users, do not have. */

import { readdirSync, readFileSync } from "node:fs";

/** Undefined where there is none, or nobody may read it. */
export function readBytesIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Of bytes, a character each; empty where there is none, or nobody may read it. */
export function readTextIfThere(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** What lies in a folder; nothing where there is none. */
export function readFolderIfThere(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
