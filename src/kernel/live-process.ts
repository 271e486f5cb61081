/** A process that runs already (-p): held by a pidfd, so that its number cannot mean another. */

import { FileDescriptor } from "./descriptor.ts";
import { checkResult, isKernelError } from "./kernel-error.ts";
import { addressOf, syscall } from "./native.ts";
import { systemCallNumber } from "./system-call-numbers.ts";

const POLLIN = 1;
const lookEveryMs = 50;

export class LiveProcess implements Disposable {
  readonly pid: number;
  readonly #descriptor: FileDescriptor;
  #timer: NodeJS.Timeout | undefined;

  private constructor(pid: number, descriptor: FileDescriptor) {
    this.pid = pid;
    this.#descriptor = descriptor;
  }

  /** Undefined where there is no such process. */
  static open(pid: number): LiveProcess | undefined {
    try {
      const result = syscall(systemCallNumber("pidfd_open"), pid, 0);
      const descriptor = FileDescriptor.own(checkResult(result, `open process ${pid}`));
      return new LiveProcess(pid, descriptor);
    } catch (error) {
      if (isKernelError(error, "ESRCH", "EINVAL")) return undefined;
      throw error;
    }
  }

  /** Calls `onEnd` once, when the process has ended. */
  watch(onEnd: () => void): void {
    this.#timer = setInterval(() => {
      if (!this.#hasEnded()) return;
      this.#stopWatching();
      onEnd();
    }, lookEveryMs);
  }

  [Symbol.dispose](): void {
    this.#stopWatching();
    this.#descriptor[Symbol.dispose]();
  }

  #stopWatching(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** A pidfd is readable once its process has ended. */
  #hasEnded(): boolean {
    const entry = new Int32Array([this.#descriptor.number, POLLIN]);
    const now = new BigInt64Array(2);
    const result = syscall(
      systemCallNumber("ppoll"),
      addressOf(entry.buffer),
      1,
      addressOf(now.buffer),
      0,
      0,
    );
    return Number(result) > 0;
  }
}
