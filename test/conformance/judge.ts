/** Says whether a test went as the illumos driver wants it, or in one line why not. */

import type { Expectation } from "./tests.ts";

export interface Ended {
  /** Undefined where a signal ended it. */
  readonly status: number | undefined;
  readonly timedOut: boolean;
  readonly output: Buffer;
  readonly errors: string;
}

export interface Judged {
  readonly expects: Expectation;
  readonly language: "d" | "ksh";
  readonly output: Buffer | undefined;
}

/** Undefined where the test passes. */
export function failureOf(test: Judged, ended: Ended): string | undefined {
  if (ended.timedOut) return "time limit";
  return (
    statusFailure(test, ended) ??
    tagFailure(test, ended) ??
    outputFailure(test.output, ended.output)
  );
}

function statusFailure({ expects }: Judged, { status, errors }: Ended): string | undefined {
  if (status === undefined) return "ended by a signal";
  if (expects.kind === "error") return status === 0 ? "no error" : undefined;
  return status === 0 ? undefined : `exit ${status}: ${firstError(errors)}`;
}

/** A script of the shell judges what it saw itself. */
function tagFailure({ expects, language }: Judged, { errors }: Ended): string | undefined {
  if (language === "ksh" || expects.kind === "success" || expects.tag === undefined)
    return undefined;
  const seen = expects.kind === "error" ? firstOfDtrace(errors) : errors;
  return seen.includes(`[${expects.tag}]`)
    ? undefined
    : `no [${expects.tag}]: ${firstError(errors)}`;
}

/** The preprocessor may warn of what dtrace refuses after it. */
const firstOfDtrace = (errors: string): string => /^dtrace: .*/m.exec(errors)?.[0] ?? "";

function outputFailure(wanted: Buffer | undefined, output: Buffer): string | undefined {
  if (wanted === undefined || wanted.equals(output)) return undefined;
  let at = 0;
  while (at < wanted.length && wanted[at] === output[at]) at += 1;
  const line = wanted.subarray(0, at).toString("latin1").split("\n").length;
  return `output differs in line ${line}`;
}

/** The first line that is no notice of what was matched, with nothing that differs between runs. */
function firstError(errors: string): string {
  const lines = errors.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((text) => !/matched \d+ probes?$|allowing destructive/.test(text)) ?? "";
  return line
    .replace(/^dtrace: /, "")
    .replaceAll(/\/tmp\/\S*?(?=[\s:]|$)/g, "/tmp/…")
    .replaceAll(/\b(0x[0-9a-f]+|\d{3,})\b/g, "N")
    .slice(0, 160);
}
