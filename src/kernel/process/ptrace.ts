/**
 * Takes a child that has stopped itself up to the end of its exec and holds it there: ptrace(2) and
 * waitid(2). Both belong to the calling thread, so everything here is synchronous.
 */

import { constants } from "node:os";
import { struct, u32 } from "../../base/struct.ts";
import { checkResult } from "../kernel-error.ts";
import { addressOf, syscall, type Word } from "../native.ts";
import { systemCallNumber } from "../system-call-numbers.ts";

const PTRACE_CONT = 7;
const PTRACE_DETACH = 17;
const PTRACE_SEIZE = 0x4206;
const PTRACE_O_TRACEEXEC = 0x10;
/** The child dies with us: a held process must not run on unobserved. */
const PTRACE_O_EXITKILL = 0x100000;
const PTRACE_EVENT_EXEC = 4;
const PTRACE_EVENT_STOP = 128;

const P_PID = 1;
const WSTOPPED = 2;
const WEXITED = 4;
const WNOWAIT = 0x0100_0000;
const CLD_TRAPPED = 4;
const CLD_STOPPED = 5;

/** `siginfo_t` of SIGCHLD on 64-bit machines. */
const childInfo = struct({
  signal: u32,
  error: u32,
  code: u32,
  padding: u32,
  pid: u32,
  user: u32,
  status: u32,
  rest: u32,
});
const siginfoSize = 128;

/** Blocks until the child has stopped; false where it has ended instead. */
export function waitForStop(pid: number): boolean {
  return waitForChange(pid) !== undefined;
}

/**
 * A stopped child goes on and is held when its next exec is done, before the new program's first
 * instruction. False where it ended without one.
 */
export function holdAtExec(pid: number): boolean {
  ptrace("take", PTRACE_SEIZE, pid, 0, PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL);
  process.kill(pid, "SIGCONT");
  for (;;) {
    const stop = waitForChange(pid);
    if (stop === undefined) return false;
    const event = stop >> 8;
    if (event === PTRACE_EVENT_EXEC) return true;
    const signal = event === PTRACE_EVENT_STOP ? 0 : stop & 0x7f;
    ptrace("continue", PTRACE_CONT, pid, 0, signal);
  }
}

/** Lets a held child go. */
export function detach(pid: number): void {
  ptrace("let go of", PTRACE_DETACH, pid, 0, 0);
}

function ptrace(verb: string, ...words: readonly Word[]): void {
  checkResult(syscall(systemCallNumber("ptrace"), ...words), `${verb} process ${words[1]}`);
}

/**
 * The stop's signal, and its event above it; undefined where the child has ended. Ends are left
 * for Node to reap. Stops are not: Node would take a stop of a traced child for its end.
 */
function waitForChange(pid: number): number | undefined {
  const { code, status } = waitForChild(pid, WSTOPPED | WEXITED | WNOWAIT);
  if (code !== CLD_STOPPED && code !== CLD_TRAPPED) return undefined;
  waitForChild(pid, WSTOPPED);
  return status;
}

function waitForChild(pid: number, options: number): { code: number; status: number } {
  const info = new ArrayBuffer(siginfoSize);
  for (;;) {
    const number = systemCallNumber("waitid");
    const result = Number(syscall(number, P_PID, pid, addressOf(info), options, 0));
    if (result === -constants.errno.EINTR) continue;
    checkResult(result, `wait for process ${pid}`);
    return childInfo.decode(info);
  }
}
