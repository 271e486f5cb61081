/** Node's child processes, loaded by the first use: they cost every start several milliseconds. */

import { createRequire } from "node:module";

export type ChildProcessModule = typeof import("node:child_process");

export const childProcess = (): ChildProcessModule =>
  createRequire(import.meta.url)("node:child_process");
