/** The lines of JSON that are no records: start, reports, errors and the end. */

import type { Probe } from "../../compiler/environment.ts";
import { faultCodes } from "../../compiler/runtime-layout.ts";
import type { Report } from "../../consumer/events.ts";
import { dropTag, reportText } from "../text/report-text.ts";
import type { StartedProgram } from "../trace-output.ts";
import { addressJson, arrayJson, integerJson, objectJson, textJson } from "./json-text.ts";

/** Raised when a member is renamed, removed or means something else; new ones may come any time. */
const schemaVersion = 1;

export function startJson(programs: readonly StartedProgram[]): string {
  return objectJson({
    kind: '"start"',
    schema: String(schemaVersion),
    pid: String(process.pid),
    time: integerJson(BigInt(Date.now()) * 1_000_000n),
    timestamp: integerJson(process.hrtime.bigint()),
    programs: arrayJson(
      programs.map(({ title, matched }) =>
        objectJson({ title: textJson(title), matched: String(matched) }),
      ),
    ),
  });
}

export function noticeJson(message: string): string {
  return objectJson({ kind: '"notice"', message: textJson(message) });
}

export function endJson(end: { readonly status: number; readonly interrupted: boolean }): string {
  return objectJson({
    kind: '"end"',
    timestamp: integerJson(process.hrtime.bigint()),
    status: String(end.status),
    interrupted: String(end.interrupted),
  });
}

/** What ended the command before it traced, or while it did. */
export function failureJson(message: string, tag: string | undefined): string {
  return objectJson({
    kind: '"error"',
    cause: tag === undefined ? '"failure"' : '"compile"',
    tag: tag === undefined ? undefined : textJson(tag),
    message: textJson(message),
  });
}

export function probeJson({ id, provider, module, function: name, name: last }: Probe): string {
  return objectJson({
    id: String(id),
    provider: textJson(provider),
    module: textJson(module),
    function: textJson(name),
    name: textJson(last),
  });
}

export function reportJson(report: Report): string {
  const message = textJson(reportText(report, { dropTags: false }));
  switch (report.kind) {
    case "drop":
      return objectJson({
        kind: '"drop"',
        tag: textJson(dropTag(report.drop)),
        count: integerJson(report.count),
        cpu: report.cpu === undefined ? undefined : String(report.cpu),
        message,
      });
    case "fault":
      return faultJson(report, message);
    case "action-failed":
      return objectJson({
        kind: '"error"',
        cause: '"action"',
        epid: String(report.ecb.epid),
        probe: probeJson(report.ecb.probe),
        message,
      });
    default:
      return objectJson({
        kind: '"target"',
        pid: String(report.pid),
        status: report.status === undefined ? undefined : String(report.status),
        signal: report.signal === undefined ? undefined : textJson(report.signal),
        message,
      });
  }
}

/** Names of sys/dtrace.h. */
const faultNames: Readonly<Record<keyof typeof faultCodes, string>> = {
  unknown: "DTRACEFLT_UNKNOWN",
  badAddress: "DTRACEFLT_BADADDR",
  badAlignment: "DTRACEFLT_BADALIGN",
  illegalOperation: "DTRACEFLT_ILLOP",
  divideByZero: "DTRACEFLT_DIVZERO",
  noScratch: "DTRACEFLT_NOSCRATCH",
  kernelPrivilege: "DTRACEFLT_KPRIV",
  userPrivilege: "DTRACEFLT_UPRIV",
  tupleOverflow: "DTRACEFLT_TUPOFLOW",
  badStack: "DTRACEFLT_BADSTACK",
};

const namesByCode: ReadonlyMap<number, string> = new Map(
  Object.entries(faultNames).map(([key, name]) => [
    faultCodes[key as keyof typeof faultCodes],
    name,
  ]),
);

function faultJson(
  { ecb, cpu, action, code, value }: Extract<Report, { readonly kind: "fault" }>,
  message: string,
): string {
  return objectJson({
    kind: '"error"',
    cause: '"fault"',
    fault: textJson(namesByCode.get(code) ?? faultNames.unknown),
    cpu: String(cpu),
    epid: String(ecb.epid),
    probe: probeJson(ecb.probe),
    action: String(action),
    address: addressJson(value),
    message,
  });
}
