/**
 * A program of -c: started, and held before its first instruction until it is released.
 *
 * Node cannot stop a child before its exec, so a shell stops itself and then becomes the program,
 * keeping its process id; ptrace carries it over the exec. Where a policy forbids ptrace, the shell
 * is held instead, and what it calls up to the exec is seen as calls of the target.
 */

import type { ChildProcess } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { constants as systemConstants } from "node:os";
import { delimiter, join } from "node:path";
import { isKernelError, KernelError } from "../kernel-error.ts";
import { childProcess } from "./child-process.ts";
import type { ProcessEnd } from "./process-end.ts";
import { detach, holdAtExec, waitForStop } from "./ptrace.ts";

/** `exec` looks the name up once more and leaves argv[0] as the user wrote it. */
const launcher = 'kill -STOP $$; exec "$0" "$@"';

export class HeldProcess implements Disposable {
  readonly pid: number;
  readonly #child: ChildProcess;
  #state: "traced" | "stopped" | "running";
  #end: ProcessEnd | undefined;
  #onEnd: (end: ProcessEnd) => void = () => {};

  private constructor(child: ChildProcess, pid: number, state: "traced" | "stopped") {
    this.pid = pid;
    this.#child = child;
    this.#state = state;
    child.once("exit", (status, signal) => {
      this.#end = { pid, status: status ?? undefined, signal: signal ?? undefined };
      this.#onEnd(this.#end);
    });
  }

  /** The program is looked up in PATH. Throws KernelError where it cannot be executed. */
  static start(program: string, parameters: readonly string[]): HeldProcess {
    requireProgram(program);
    const child = childProcess().spawn("/bin/sh", ["-c", launcher, program, ...parameters], {
      stdio: "inherit",
    });
    // Errors of spawn itself show as a missing process id, at once.
    child.on("error", () => {});
    const { pid } = child;
    if (pid === undefined || !waitForStop(pid)) throw cannotExecute(program, "ENOENT");
    try {
      if (!holdAtExec(pid)) throw cannotExecute(program, "ENOEXEC");
      return new HeldProcess(child, pid, "traced");
    } catch (error) {
      if (!isKernelError(error, "EPERM")) throw error;
      return new HeldProcess(child, pid, "stopped");
    }
  }

  /** Lets it run; `onEnd` is called once, when it has ended. */
  release(onEnd: (end: ProcessEnd) => void): void {
    this.#onEnd = onEnd;
    const state = this.#state;
    this.#state = "running";
    // It may have been killed while it was held.
    if (this.#end !== undefined) onEnd(this.#end);
    else if (state === "traced") ignoringTheDead(() => detach(this.pid));
    else if (state === "stopped") ignoringTheDead(() => process.kill(this.pid, "SIGCONT"));
  }

  /** DTrace kills what it has started when it stops looking, even where that still runs. */
  [Symbol.dispose](): void {
    if (this.#end === undefined) this.#child.kill("SIGKILL");
  }
}

/** Its end is reported by the event loop a little later. */
function ignoringTheDead(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** As execvp(3) looks: a name with a slash is a path, any other is searched for in PATH. */
function requireProgram(program: string): void {
  const candidates = program.includes("/")
    ? [program]
    : (process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
        .split(delimiter)
        .map((folder) => join(folder === "" ? "." : folder, program));
  const files = candidates.filter(isFile);
  if (files.some(isExecutable)) return;
  throw cannotExecute(program, files.length > 0 ? "EACCES" : "ENOENT");
}

/** What cannot be looked at is passed over, as execvp(3) does. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function cannotExecute(program: string, code: "EACCES" | "ENOENT" | "ENOEXEC"): KernelError {
  return new KernelError({ call: `execute ${program}`, errno: systemConstants.errno[code] });
}
