/** Runs one command of a test in a process group of its own, with a time limit. */

import { type ChildProcess, type SpawnOptions, type StdioOptions, spawn } from "node:child_process";
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ended } from "./judge.ts";

export interface Surroundings {
  readonly folder: string;
  /** A folder of commands that come before the machine's. */
  readonly commands: string;
}

export interface Command extends Surroundings {
  readonly words: readonly string[];
  readonly seconds: number;
}

/** What is read of a test's output. */
const mostOutput = 32 * 1024 * 1024;
const secondsAfterInterrupt = 4;

/** `commands` comes first in PATH: scripts call dtrace by its bare name as well. */
export function spawnOptions({ folder, commands }: Surroundings): SpawnOptions {
  // Reading the certificate bundle costs every node start 100 ms, and no test needs the network.
  const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
  // Solaris' shells find TZ in the environment, and so hand on what a script sets it to.
  const env = { TZ: "UTC", ...environment, PATH: `${commands}:${environment["PATH"]}` };
  return { cwd: folder, env, detached: true };
}

/** Output goes to files, as under the driver: scripts open /dev/fd/2 anew, which a pipe may refuse. */
export async function runCommand(started: Command): Promise<Ended> {
  const files = mkdtempSync(join(tmpdir(), "dtrace-conformance-output-"));
  const descriptors = ["output", "errors"].map((name) => openSync(join(files, name), "a+"));
  const [output = -1, errors = -1] = descriptors;
  try {
    const result = await runChild(started, ["ignore", output, errors]);
    return {
      ...result,
      output: readStart(output),
      errors: readStart(errors).toString("latin1"),
    };
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
    rmSync(files, { recursive: true, force: true });
  }
}

async function runChild(
  { words, seconds, ...surroundings }: Command,
  stdio: StdioOptions,
): Promise<Pick<Ended, "status" | "timedOut">> {
  const [command = "", ...others] = words;
  const child = spawn(command, others, { ...spawnOptions(surroundings), stdio });
  const end = endedWithUs(child);
  let timedOut = false;
  const interrupt = setTimeout(() => {
    timedOut = true;
    child.kill("SIGINT");
  }, seconds * 1000);
  const kill = setTimeout(() => end(), (seconds + secondsAfterInterrupt) * 1000);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? undefined));
  });
  clearTimeout(interrupt);
  clearTimeout(kill);
  // What a script of the shell left in the background.
  end();
  return { status, timedOut };
}

function readStart(descriptor: number): Buffer {
  const bytes = Buffer.alloc(Math.min(fstatSync(descriptor).size, mostOutput));
  return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0));
}

/** Gives what ends the child's group; an interrupted runner ends it as well. */
export function endedWithUs(child: ChildProcess): () => void {
  const onExit = (): void => killGroup(child);
  process.on("exit", onExit);
  return () => {
    process.off("exit", onExit);
    killGroup(child);
  };
}

/** The group is the child's own: it was started as the leader of a new one. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
