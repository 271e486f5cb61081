/**
 * Starts a process and holds it right after its execve(2), before its first instruction: a shell
 * stops itself, is seized by ptrace(2), goes on to execute the command, and stays stopped there.
 * The pid is the command's own from the start.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { checkResult } from "./kernel-error.ts";
import { addressOf, syscall } from "./native.ts";
import { systemCallNumber } from "./system-call-numbers.ts";

const PTRACE_CONT = 7;
const PTRACE_DETACH = 17;
const PTRACE_SEIZE = 0x4206;
const PTRACE_O_TRACEEXEC = 0x10;
const PTRACE_EVENT_EXEC = 4;
const PTRACE_EVENT_STOP = 128;
const SIGTRAP = 5;
const SIGCONT = 18;
const WALL = 0x4000_0000;

/** The command cannot be executed; the message is libdtrace's. */
export class ExecuteError extends Error {}

export interface ProcessEnd {
  readonly status: number | undefined;
  readonly signal: string | undefined;
}

export class HeldProcess {
  readonly pid: number;
  readonly #child: ChildProcess;
  #held = true;

  private constructor(child: ChildProcess, pid: number) {
    this.#child = child;
    this.pid = pid;
  }

  /** `words` is the command and its arguments. */
  static start(words: readonly string[], environment: NodeJS.ProcessEnv): HeldProcess {
    const [command = "", ...rest] = words;
    const path = findCommand(command, environment["PATH"]);
    const script = 'kill -STOP $$; path=$1; shift; exec "$path" "$@"';
    const child = spawn("/bin/sh", ["-c", script, "sh", path, ...rest], {
      stdio: "inherit",
      env: environment,
    });
    if (child.pid === undefined) throw new ExecuteError(`failed to execute ${command}`);
    waitUntilStopped(child.pid);
    holdAtExec(child.pid, command);
    return new HeldProcess(child, child.pid);
  }

  /** Lets it run, and calls `onEnd` once it has ended. */
  release(onEnd: (end: ProcessEnd) => void): void {
    this.#child.once("exit", (status, signal) =>
      onEnd({ status: status ?? undefined, signal: signal ?? undefined }),
    );
    this.#detach();
  }

  /** Ends a process that was never let go. */
  abandon(): void {
    if (!this.#held) return;
    this.#child.kill("SIGKILL");
    this.#detach();
  }

  #detach(): void {
    if (!this.#held) return;
    this.#held = false;
    syscall(systemCallNumber("ptrace"), PTRACE_DETACH, this.pid, 0, 0);
  }
}

function findCommand(command: string, searchPath: string | undefined): string {
  const folders = (searchPath ?? "/usr/bin:/bin").split(":");
  const candidates = command.includes("/") ? [command] : folders.map((at) => `${at}/${command}`);
  const found = candidates.find(isExecutable);
  if (found === undefined) {
    throw new ExecuteError(`failed to execute ${command}: ${reasonFor(candidates)}`);
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function reasonFor(candidates: readonly string[]): string {
  const exists = candidates.some((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
  return exists ? "Permission denied" : "No such file or directory";
}

const sleeper = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

/** The shell needs a few milliseconds to come to its own `kill -STOP`. */
function waitUntilStopped(pid: number): void {
  const word = sleeper();
  for (let waited = 0; waited < 5_000; waited += 1) {
    const status = readFileSync(`/proc/${pid}/stat`, "latin1");
    if (status.charAt(status.lastIndexOf(")") + 2) === "T") return;
    Atomics.wait(word, 0, 0, 1);
  }
  throw new ExecuteError(`process ${pid} does not stop`);
}

/**
 * Every stop on the way to the execve is passed on: the end of the shell's own stop, the SIGCONT.
 * The wait blocks, so that libuv, which waits for its children too, never sees these stops.
 */
function holdAtExec(pid: number, command: string): void {
  const call = `trace process ${pid}`;
  checkResult(syscall(systemCallNumber("ptrace"), PTRACE_SEIZE, pid, 0, PTRACE_O_TRACEEXEC), call);
  process.kill(pid, "SIGCONT");
  const status = new Int32Array(1);
  for (;;) {
    checkResult(syscall(systemCallNumber("wait4"), pid, addressOf(status.buffer), WALL, 0), call);
    const stop = status[0] ?? 0;
    const stopped = (stop & 0xff) === 0x7f;
    if (!stopped) throw new ExecuteError(`failed to execute ${command}`);
    const signal = (stop >> 8) & 0xff;
    const event = stop >> 16;
    if (signal === SIGTRAP && event === PTRACE_EVENT_EXEC) return;
    const passedOn = event === PTRACE_EVENT_STOP || signal === SIGCONT ? 0 : signal;
    syscall(systemCallNumber("ptrace"), PTRACE_CONT, pid, 0, passedOn);
  }
}
