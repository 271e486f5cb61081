/** Runs the command where something is missing: a mount, or privileges. */

import { commandPath, type Outcome, type RunOptions, runCommand } from "./run-dtrace.ts";

/** In a name space of mounts that `setup`, commands of sh(1), has changed. */
export function runInMounts(
  setup: string,
  words: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const script = `${setup}\nexec "$@"`;
  const command = [process.execPath, commandPath, ...words];
  return runCommand("unshare", ["-m", "sh", "-ec", script, "sh", ...command], options);
}

/** As nobody, with these capabilities only. */
export function runWithCapabilities(
  capabilities: readonly string[],
  words: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return runCommand(
    "setpriv",
    [...asNobody(capabilities), process.execPath, commandPath, ...words],
    options,
  );
}

/** Words for setpriv(1). */
export function asNobody(capabilities: readonly string[] = []): readonly string[] {
  const kept = capabilities.map((name) => `+${name}`).join(",");
  const sets = kept === "" ? ["--inh-caps=-all"] : [`--inh-caps=${kept}`, `--ambient-caps=${kept}`];
  return ["--reuid", "65534", "--clear-groups", ...sets];
}
