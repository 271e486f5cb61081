/** What is said where the kernel does not let us trace; a refused program is a bug of ours. */

import { writeFileSync } from "node:fs";
import { type Options, textOption } from "../compiler/options/options.ts";
import { isKernelError, VerifierError } from "../kernel/kernel-error.ts";
import { errorText } from "./error-text.ts";
import { Failure } from "./failure.ts";

/** Lines of the verifier's log that say why, at its end. */
const shownLines = 12;

/** Runs what enables tracing; what the kernel refuses ends the command with a message. */
export function enabling<T>(options: Options, enable: () => T): T {
  try {
    return enable();
  } catch (error) {
    if (error instanceof VerifierError) throw new Failure(refusalText(error, options));
    if (isKernelError(error)) throw new Failure(`could not enable tracing: ${error.message}`);
    throw error;
  }
}

/** It looks at a million instructions on all paths, at 8,192 jumps in a row, and lengthens short jumps. */
const tooMuch = /program is too large|is too complex|too many states|16-bit range/i;

function refusalText(error: VerifierError, options: Options): string {
  if (!tooMuch.test(error.log.slice(-1000))) return verifierText(error, options);
  return (
    `could not enable tracing: ${error.call}: too complex for the kernel's verifier: ` +
    "fewer or simpler clauses at one probe may do"
  );
}

function verifierText({ message, span, log }: VerifierError, options: Options): string {
  const place = span === undefined ? "" : `, made for line ${span.line} of the program`;
  const end = log.trimEnd().split("\n").slice(-shownLines).join("\n");
  return (
    `could not enable tracing: ${message}: the kernel's verifier refused code${place}\n` +
    `${end}\nThis is a bug in dtrace, not in the program. ${keepLog(log, options)}`
  );
}

function keepLog(log: string, options: Options): string {
  const path = textOption(options, "verifierlog");
  if (path === undefined) return "-xverifierlog=FILE keeps the whole log.";
  try {
    writeFileSync(path, log);
    return `The whole log is in ${path}.`;
  } catch (error) {
    return `The log could not be written to ${path}: ${errorText(error)}.`;
  }
}
