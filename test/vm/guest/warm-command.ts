/**
 * The built command again and again in one process: in a guest a start of Node takes seconds. Each
 * run evaluates the bundle anew, with the standard descriptors, the directory and the environment of
 * its own. Its parent is test/harness/warm-runs.ts.
 */

import { closeSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { WarmRun } from "../../harness/warm-runs.ts";

const [project = ""] = process.argv.slice(2);
const require = createRequire(`${project}/package.json`);
const duplicate = require("koffi").load(null).func("int dup2(int, int)");
const commandPath = `${project}/bin/dtrace`;
const { script, filename } = require(`${project}/bin/compile-bundle.cjs`).compileBundle({
  useCache: true,
});

const signals = ["SIGINT", "SIGTERM"] as const;
const ignore = (): void => undefined;
const realExit = process.exit;

process.on("disconnect", () => realExit(0));
process.on("message", (run: WarmRun) => {
  // Comes with the signals of a user who does not know yet that the command has ended.
  for (const signal of signals) process.on(signal, ignore);
  process.chdir(run.directory);
  process.env = { ...run.environment };
  redirect(0, "/dev/null", "r");
  redirect(1, run.output, "a");
  redirect(2, run.errors, "a");
  process.argv = [process.execPath, commandPath, ...run.words];
  process.exit = ((status: number) => end(status)) as typeof process.exit;
  const bundle = { exports: {} };
  const load = createRequire(filename);
  script.runInThisContext()(bundle.exports, load, bundle, filename, dirname(filename));
});

function end(status: number): void {
  for (const signal of signals) process.removeAllListeners(signal).on(signal, ignore);
  for (const descriptor of [0, 1, 2]) redirect(descriptor, "/dev/null", "r+");
  process.send?.(status);
}

function redirect(descriptor: number, path: string, flags: string): void {
  const opened = openSync(path, flags);
  duplicate(opened, descriptor);
  closeSync(opened);
}
