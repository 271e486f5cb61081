/** Drops, faults and the ends of targets as dtrace(1) words them, without `dtrace: ` before them. */

import type { Ecb } from "../../compiler/enabling.ts";
import { type DropKind, faultCodes } from "../../compiler/runtime-layout.ts";
import type { Report } from "../../consumer/events.ts";

interface DropRow {
  readonly tag: string;
  /** The word that a plural `s` ends, and what follows it. */
  readonly text: string;
  readonly rest: string;
}

const dropRows: Readonly<Record<DropKind, DropRow>> = {
  principal: { tag: "DTRACEDROP_PRINCIPAL", text: "drop", rest: "" },
  aggregation: { tag: "DTRACEDROP_AGGREGATION", text: "aggregation drop", rest: "" },
  dynamicVariable: { tag: "DTRACEDROP_DYNAMIC", text: "dynamic variable drop", rest: "" },
  speculation: { tag: "DTRACEDROP_SPEC", text: "speculative drop", rest: "" },
  speculationBusy: {
    tag: "DTRACEDROP_SPECBUSY",
    text: "failed speculation",
    rest: " (available buffer(s) still busy)",
  },
  speculationUnavailable: {
    tag: "DTRACEDROP_SPECUNAVAIL",
    text: "failed speculation",
    rest: " (no speculative buffer available)",
  },
  stackStringTable: {
    tag: "DTRACEDROP_STKSTROVERFLOW",
    text: "jstack()/ustack() string table overflow",
    rest: "",
  },
  doubleError: { tag: "DTRACEDROP_DBLERROR", text: "error", rest: " in ERROR probe enabling" },
};

const faultSentences: Readonly<Record<keyof typeof faultCodes, string>> = {
  unknown: "unknown fault",
  badAddress: "invalid address",
  badAlignment: "invalid alignment",
  illegalOperation: "illegal operation",
  divideByZero: "divide-by-zero",
  noScratch: "out of scratch space",
  kernelPrivilege: "invalid kernel access",
  userPrivilege: "invalid user access",
  tupleOverflow: "tuple stack overflow",
  badStack: "bad stack",
};

/** Faults whose value is the address that was wrong. */
const withAddress: ReadonlySet<number> = new Set([
  faultCodes.badAddress,
  faultCodes.badAlignment,
  faultCodes.badStack,
]);

export const dropTag = (kind: DropKind): string => dropRows[kind].tag;

export function reportText(report: Report, { dropTags }: { readonly dropTags: boolean }): string {
  switch (report.kind) {
    case "drop": {
      const { tag, text, rest } = dropRows[report.drop];
      const plural = report.count > 1n ? "s" : "";
      const where = report.cpu === undefined ? "" : ` on CPU ${report.cpu}`;
      return `${dropTags ? `[${tag}] ` : ""}${report.count} ${text}${plural}${rest}${where}`;
    }
    case "fault":
      return `error on ${clauseText(report.ecb)}: ${faultText(report)}`;
    case "action-failed":
      return `error on ${clauseText(report.ecb)}: ${report.message}`;
    default:
      return targetText(report);
  }
}

function clauseText({ epid, probe }: Ecb): string {
  const name = [probe.provider, probe.module, probe.function, probe.name].join(":");
  return `enabled probe ID ${epid} (ID ${probe.id}: ${name})`;
}

function faultText({ code, value, action }: Extract<Report, { readonly kind: "fault" }>): string {
  const name = Object.entries(faultCodes).find(([, number]) => number === code)?.[0];
  const sentence = faultSentences[isFault(name) ? name : "unknown"];
  const address = withAddress.has(code) ? ` (0x${value.toString(16)})` : "";
  return `${sentence}${address} in ${action === 0 ? "predicate" : `action #${action}`}`;
}

const isFault = (name: string | undefined): name is keyof typeof faultCodes =>
  name !== undefined && Object.hasOwn(faultSentences, name);

function targetText({
  pid,
  status,
  signal,
}: Extract<Report, { readonly kind: "target-ended" }>): string {
  if (signal !== undefined) return `pid ${pid} terminated by ${signal}`;
  return status === undefined || status === 0
    ? `pid ${pid} has exited`
    : `pid ${pid} exited with status ${status}`;
}
