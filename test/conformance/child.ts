/** Runs one command of a test in a process group of its own, with a time limit. */

import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import type { Ended } from "./judge.ts";

export interface Command {
  readonly words: readonly string[];
  readonly folder: string;
  readonly seconds: number;
}

/** A test that says more is cut off here. */
const mostOutput = 32 * 1024 * 1024;
const secondsAfterInterrupt = 4;

export function spawnOptions(folder: string): SpawnOptions {
  const environment = { ...process.env };
  // Reading the certificate bundle costs every node start 100 ms, and no test needs the network.
  delete environment["NODE_EXTRA_CA_CERTS"];
  return { cwd: folder, env: environment, detached: true };
}

export async function runCommand({ words, folder, seconds }: Command): Promise<Ended> {
  const [command = "", ...others] = words;
  const child = spawn(command, others, {
    ...spawnOptions(folder),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = endedWithUs(child);
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  let timedOut = false;
  const interrupt = setTimeout(() => {
    timedOut = true;
    child.kill("SIGINT");
  }, seconds * 1000);
  const kill = setTimeout(() => killGroup(child), (seconds + secondsAfterInterrupt) * 1000);
  const status = await endOf(child);
  clearTimeout(interrupt);
  clearTimeout(kill);
  // What a script of the shell left in the background would hold the pipes open.
  end();
  return { status, timedOut, output: output(), errors: errors().toString("latin1") };
}

function collect(stream: NodeJS.ReadableStream | null): () => Buffer {
  const pieces: Buffer[] = [];
  let size = 0;
  stream?.on("data", (piece: Buffer) => {
    if (size < mostOutput) pieces.push(piece);
    size += piece.length;
  });
  return () => Buffer.concat(pieces);
}

/** The status once the process has ended and its pipes are read, or soon after it has ended. */
function endOf(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (status) => {
      setTimeout(resolve, 1000, status ?? undefined).unref();
    });
    child.on("close", (status) => resolve(status ?? undefined));
  });
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
