/** A process of -p: taken while it runs, watched through a descriptor that no reuse of ids fools. */

import { readFileSync } from "node:fs";
import { i32, struct, u32, u64 } from "../../base/struct.ts";
import { FileDescriptor } from "../descriptor.ts";
import { checkResult } from "../kernel-error.ts";
import { addressOf, syscall, watchReadable } from "../native.ts";
import { systemCallNumber } from "../system-call-numbers.ts";
import { endOfWaitStatus, type ProcessEnd } from "./process-end.ts";

/** struct pidfd_info, its first version (uapi/linux/pidfd.h); exit codes come with kernel 6.15. */
const pidfdInfo = struct({
  mask: u64,
  cgroup: u64,
  pid: u32,
  tgid: u32,
  ppid: u32,
  ruid: u32,
  rgid: u32,
  euid: u32,
  egid: u32,
  suid: u32,
  sgid: u32,
  fsuid: u32,
  fsgid: u32,
  exitCode: i32,
});
const PIDFD_INFO_EXIT = 8n;
/** _IOWR(0xff, 11, struct pidfd_info) */
const PIDFD_GET_INFO = 0xc000_ff0b + pidfdInfo.size * 0x1_0000;

/** The place of `state` and `exit_code` in /proc/PID/stat, counted after the name. */
const stateField = 0;
const exitCodeField = 49;

export class LiveProcess implements Disposable {
  readonly pid: number;
  readonly #descriptor: FileDescriptor;
  #watch: Disposable | undefined;

  /** Throws KernelError (ESRCH) where there is no such process. */
  constructor(pid: number) {
    const result = syscall(systemCallNumber("pidfd_open"), pid, 0);
    this.pid = pid;
    this.#descriptor = FileDescriptor.own(checkResult(result, `open process ${pid}`));
  }

  /** Calls `onEnd` once, when the process has ended. */
  release(onEnd: (end: ProcessEnd) => void): void {
    this.#watch = watchReadable(this.#descriptor.number, () => {
      this.#unwatch();
      onEnd(this.#end());
    });
  }

  [Symbol.dispose](): void {
    this.#unwatch();
    this.#descriptor[Symbol.dispose]();
  }

  #unwatch(): void {
    this.#watch?.[Symbol.dispose]();
    this.#watch = undefined;
  }

  /** A zombie tells in /proc; once its parent has taken it, only its descriptor does. */
  #end(): ProcessEnd {
    const { pid } = this;
    const word = exitCodeOfZombie(pid) ?? this.#exitCodeOfReaped();
    if (word === undefined) return { pid, status: undefined, signal: undefined };
    return endOfWaitStatus(pid, word);
  }

  #exitCodeOfReaped(): number | undefined {
    const info = pidfdInfo.encode({ mask: PIDFD_INFO_EXIT });
    const number = systemCallNumber("ioctl");
    const result = syscall(number, this.#descriptor.number, PIDFD_GET_INFO, addressOf(info));
    const { mask, exitCode } = pidfdInfo.decode(info);
    return Number(result) === 0 && (mask & PIDFD_INFO_EXIT) !== 0n ? exitCode : undefined;
  }
}

function exitCodeOfZombie(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields[stateField] === "Z" ? Number(fields[exitCodeField]) : undefined;
  } catch {
    return undefined;
  }
}
