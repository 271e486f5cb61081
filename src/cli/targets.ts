/** The processes of -c and -p, opened before anything is compiled: $target is their number. */

import { listOption, type Options } from "../compiler/options/options.ts";
import type { Target } from "../consumer/target.ts";
import { ExecuteError, HeldProcess } from "../kernel/held-process.ts";
import { LiveProcess } from "../kernel/live-process.ts";
import type { TargetArgument } from "./arguments.ts";
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
  const words = text.split(/[\f\n\r\t\v ]+/).filter((word) => word !== "");
  const held = start(words, environmentFor(options));
  return {
    pid: held.pid,
    release: (onEnd) =>
      held.release((end) => onEnd({ kind: "target-ended", pid: held.pid, ...end })),
    [Symbol.dispose]: () => held.abandon(),
  };
}

function start(words: readonly string[], environment: NodeJS.ProcessEnv): HeldProcess {
  try {
    return HeldProcess.start(words, environment);
  } catch (error) {
    throw error instanceof ExecuteError ? new Failure(error.message) : error;
  }
}

function environmentFor(options: Options): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  for (const setting of listOption(options, "setenv")) {
    const [name = "", ...value] = setting.split("=");
    environment[name] = value.join("=");
  }
  for (const name of listOption(options, "unsetenv")) delete environment[name];
  return environment;
}

function grab(text: string): Target & Disposable {
  if (!/^\d+$/.test(text)) throw new Failure(`invalid pid: ${text}`);
  const live = LiveProcess.open(Number(text));
  if (live === undefined) throw new Failure(`failed to grab pid ${text}: No such process`);
  return {
    pid: live.pid,
    release: (onEnd) =>
      live.watch(() =>
        onEnd({ kind: "target-ended", pid: live.pid, status: undefined, signal: undefined }),
      ),
    [Symbol.dispose]: () => live[Symbol.dispose](),
  };
}
