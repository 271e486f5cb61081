/** Where the lab keeps what it downloads, and what it makes for one boot. Git ignores both. */

import { fileURLToPath } from "node:url";

export const projectFolder = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
export const cacheFolder = `${projectFolder}/.cache/vm`;
export const runFolder = `${projectFolder}/.build/vm`;
