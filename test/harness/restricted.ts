/** Runs the command where something is missing: a mount, or privileges. */

import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandPath, type Outcome, type RunOptions, runCommand } from "./run-dtrace.ts";

/** In a name space of mounts that `setup`, commands of sh(1), has changed. */
export function runInMounts(
  setup: string,
  words: readonly string[],
  options: RunOptions & { readonly command?: string } = {},
): Promise<Outcome> {
  const script = `${setup}\nexec "$@"`;
  const command = [process.execPath, options.command ?? commandPath, ...words];
  return runCommand("unshare", ["-m", "sh", "-ec", script, "sh", ...command], options);
}

/** As nobody, with these capabilities only. */
export function runWithCapabilities(
  capabilities: readonly string[],
  words: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const command = [process.execPath, publicCommand(), ...words];
  return runCommand("setpriv", [...asNobody(capabilities), ...command], options);
}

const root = fileURLToPath(new URL("../..", import.meta.url));
let copy: string | undefined;

/** A copy of the built command: nobody may not be able to look into the checkout's folder. */
export function publicCommand(): string {
  if (copy !== undefined) return join(copy, "bin/dtrace");
  copy = publicFolder();
  for (const part of [
    "bin",
    "dist",
    "lib",
    "package.json",
    "node_modules/koffi",
    "node_modules/@koromix",
  ]) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  return join(copy, "bin/dtrace");
}

/** Below the folder for temporary files, for all to read. */
export function publicFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "dtrace-public-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  return folder;
}

/** Words for setpriv(1). */
export function asNobody(capabilities: readonly string[] = []): readonly string[] {
  const kept = capabilities.map((name) => `+${name}`).join(",");
  const sets = kept === "" ? ["--inh-caps=-all"] : [`--inh-caps=${kept}`, `--ambient-caps=${kept}`];
  return ["--reuid", "65534", "--clear-groups", ...sets];
}
