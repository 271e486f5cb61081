/** Runs of the command in processes that are kept: test/vm/guest/warm-command.ts. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Outcome, RunOptions } from "./run-dtrace.ts";

/** What such a process is told of a run; it answers with the exit status. */
export interface WarmRun {
  readonly words: readonly string[];
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Files for the standard output and the standard error. */
  readonly output: string;
  readonly errors: string;
}

const project = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const idle: ChildProcess[] = [];

/** How often is looked whether more was written. */
const lookEveryMs = 50;

/** `server` is the bundle of warm-command.ts; the limit is in milliseconds. */
export async function runWarm(
  server: string,
  words: readonly string[],
  {
    limitMs,
    environment,
    cwd,
    onOutput,
  }: RunOptions & {
    readonly limitMs: number;
    readonly environment: NodeJS.ProcessEnv;
  },
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "dtrace-run-"));
  const paths = { output: `${folder}/output`, errors: `${folder}/errors` };
  for (const path of Object.values(paths)) writeFileSync(path, "");
  const written = () => ({
    stdout: readFileSync(paths.output, "latin1"),
    stderr: readFileSync(paths.errors, "latin1"),
  });
  const child = idle.pop() ?? startServer(server);
  let seen = 0;
  const look = (): void => {
    const { stdout, stderr } = written();
    const text = stdout + stderr;
    if (text.length > seen) onOutput?.(text, (signal) => child.kill(signal));
    seen = text.length;
  };
  const looking = onOutput === undefined ? undefined : setInterval(look, lookEveryMs);
  const directory = cwd ?? process.cwd();
  try {
    const end = await answer(child, { words, directory, environment, ...paths }, limitMs);
    if (end === "timeout") {
      const { stdout, stderr } = written();
      throw new Error(`no end after ${limitMs} ms\n${stdout}\n${stderr}`);
    }
    look();
    return { ...written(), ...end };
  } finally {
    clearInterval(looking);
    rmSync(folder, { recursive: true, force: true });
  }
}

function startServer(server: string): ChildProcess {
  return spawn(process.execPath, [server, project], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

type End = Pick<Outcome, "status" | "signal">;

async function answer(
  child: ChildProcess,
  run: WarmRun,
  limitMs: number,
): Promise<End | "timeout"> {
  child.ref();
  child.channel?.ref();
  const ended = new Promise<End | "timeout">((resolve) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      resolve("timeout");
    }, limitMs);
    child.once("message", (status) => {
      clearTimeout(timer);
      child.removeAllListeners("exit");
      idle.push(child);
      resolve({ status: Number(status), signal: undefined });
    });
    child.once("exit", (status, signal) => {
      clearTimeout(timer);
      resolve({ status: status ?? undefined, signal: signal ?? undefined });
    });
  });
  child.send(run);
  const end = await ended;
  child.unref();
  child.channel?.unref();
  return end;
}
