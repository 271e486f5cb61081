/** Runs the real command, built, in a process of its own. */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runWarm } from "./warm-runs.ts";

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
}

export interface RunOptions {
  readonly timeoutMs?: number;
  readonly cwd?: string;
  readonly input?: string;
  /** Called with everything written so far whenever there is more: to answer, to interrupt. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

const usualTimeoutMs = 20_000;

function ownEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  delete environment["NODE_EXTRA_CA_CERTS"];
  return environment;
}

/** A machine that is only emulated takes longer for everything. */
export const slowness: number = Number(process.env["DTRACE_TEST_SLOWNESS"] ?? 1);

export const commandPath: string = fileURLToPath(new URL("../../bin/dtrace", import.meta.url));

/** Where a start takes seconds: the process that runs the command more than once. */
const warmCommand = process.env["DTRACE_TEST_WARM"];

export function runDtrace(words: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  if (warmCommand === undefined || options.input !== undefined) {
    return runCommand(process.execPath, [commandPath, ...words], options);
  }
  const limitMs = (options.timeoutMs ?? usualTimeoutMs) * slowness;
  return runWarm(warmCommand, words, { ...options, limitMs, environment: ownEnvironment() });
}

export function runCommand(
  command: string,
  words: readonly string[],
  { timeoutMs = usualTimeoutMs, cwd, input, onOutput }: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { cwd, env: ownEnvironment() });
    const text = { stdout: "", stderr: "" };
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`no end after ${timeoutMs} ms\n${text.stdout}\n${text.stderr}`));
    }, timeoutMs * slowness);

    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("latin1").on("data", (piece: string) => {
        text[name] += piece;
        onOutput?.(text.stdout + text.stderr, (signal) => child.kill(signal));
      });
    }
    child.on("error", reject);
    child.on("close", (status, signal) => {
      clearTimeout(timer);
      resolve({ ...text, status: status ?? undefined, signal: signal ?? undefined });
    });
    // Commands that read nothing may be gone by now.
    child.stdin.on("error", () => undefined).end(input ?? "");
  });
}
