/** What the kernel refuses, as typed errors: the call, the errno, and what to do about it. */

import { constants } from "node:os";
import type { TextSpan } from "../base/text-span.ts";

const errnoNames = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));

export interface Refusal {
  /** What was being done: `create map state`. */
  readonly call: string;
  /** Positive. */
  readonly errno: number;
  readonly remedy?: string | undefined;
}

export class KernelError extends Error {
  readonly call: string;
  /** `EPERM`, or `errno 524` where C has no name. */
  readonly code: string;
  readonly remedy: string | undefined;

  constructor({ call, errno, remedy }: Refusal) {
    const code = errnoName(errno);
    super(`${call}: ${code}${remedy === undefined ? "" : ` (${remedy})`}`);
    this.name = "KernelError";
    this.call = call;
    this.code = code;
    this.remedy = remedy;
  }
}

/** `EPERM` for 1; `errno 524` where C has no name. */
export function errnoName(errno: number): string {
  return errnoNames.get(errno) ?? `errno ${errno}`;
}

/** The verifier refused a program of ours: our bug, whatever the user wrote. */
export class VerifierError extends KernelError {
  readonly log: string;
  /** The D source the refused instruction was made for. */
  readonly span: TextSpan | undefined;

  constructor(refusal: Refusal, { log, span }: { log: string; span: TextSpan | undefined }) {
    super(refusal);
    this.name = "VerifierError";
    this.log = log;
    this.span = span;
  }
}

/** What the verifier says at the end of its log, before its statistics. */
export function objectionIn(log: string): string {
  const lines = log
    .split("\n")
    .filter((line) => line !== "" && !/^(processed|verification time|stack depth) /.test(line));
  return lines.at(-1) ?? "";
}

/** A kernel result or an error: negative results from -4095 up are errnos. */
export function checkResult(result: number | bigint, call: string, remedy?: string): number {
  const number = Number(result);
  if (number < 0 && number >= -4095) throw new KernelError({ call, errno: -number, remedy });
  return number;
}

export function isKernelError(error: unknown, ...codes: readonly string[]): error is KernelError {
  return error instanceof KernelError && (codes.length === 0 || codes.includes(error.code));
}
