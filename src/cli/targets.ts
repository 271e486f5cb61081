/** The processes of -c and -p, opened before anything is compiled: $target is their number. */

import { listOption, type Options } from "../compiler/options/options.ts";
import type { Target } from "../consumer/target.ts";
import { isKernelError } from "../kernel/kernel-error.ts";
import { HeldProcess } from "../kernel/process/held-process.ts";
import { LiveProcess } from "../kernel/process/live-process.ts";
import type { ProcessEnd } from "../kernel/process/process-end.ts";
import type { TargetArgument } from "./arguments.ts";
import { errorText } from "./error-text.ts";
import { Failure } from "./failure.ts";

export interface OpenTargets extends Disposable {
  readonly targets: readonly Target[];
}

export function openTargets(words: readonly TargetArgument[], options: Options): OpenTargets {
  const opened: (Target & Disposable)[] = [];
  const dispose = (): void => {
    for (const target of opened.splice(0)) target[Symbol.dispose]();
  };
  try {
    for (const word of words) {
      opened.push(word.kind === "command" ? startCommand(word.text, options) : grab(word.text));
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return { targets: [...opened], [Symbol.dispose]: dispose };
}

/** DTrace splits a command at white space; there are no quotes. */
function startCommand(text: string, options: Options): Target & Disposable {
  const [program = text, ...parameters] = text
    .split(/[\f\n\r\t\v ]+/)
    .filter((word) => word !== "");
  changeEnvironment(options);
  try {
    return targetOf(HeldProcess.start(program, parameters));
  } catch (error) {
    throw isKernelError(error, "ENOENT", "EACCES", "ENOEXEC")
      ? new Failure(`failed to execute ${program}: ${errorText(error)}`)
      : error;
  }
}

function grab(text: string): Target & Disposable {
  if (!/^\d+$/.test(text)) throw new Failure(`invalid pid: ${text}`);
  try {
    return targetOf(new LiveProcess(Number(text)));
  } catch (error) {
    throw isKernelError(error, "ESRCH", "EINVAL", "ENOENT")
      ? new Failure(`failed to grab pid ${text}: No such process`)
      : error;
  }
}

interface Process extends Disposable {
  readonly pid: number;
  release(onEnd: (end: ProcessEnd) => void): void;
}

function targetOf(process: Process): Target & Disposable {
  const { pid } = process;
  return {
    pid,
    release: (onEnd) =>
      process.release(({ status, signal }) => onEnd({ kind: "target-ended", pid, status, signal })),
    [Symbol.dispose]: () => process[Symbol.dispose](),
  };
}

/** Targets get our own environment, as setenv and unsetenv change it. */
function changeEnvironment(options: Options): void {
  for (const setting of listOption(options, "setenv")) {
    const equals = setting.indexOf("=");
    if (equals > 0) process.env[setting.slice(0, equals)] = setting.slice(equals + 1);
  }
  for (const name of listOption(options, "unsetenv")) delete process.env[name];
}
