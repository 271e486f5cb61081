import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ecb } from "../../compiler/enabling.ts";
import { type DropKind, faultCodes } from "../../compiler/runtime-layout.ts";
import type { Report } from "../../consumer/events.ts";
import { reportText } from "./report-text.ts";

type Fault = Extract<Report, { readonly kind: "fault" }>;

const probe = { id: 1, provider: "dtrace", module: "", function: "", name: "BEGIN" };

function textOf(fault: Pick<Fault, "code" | "value" | "action">): string {
  // Of the clause only what is told of it.
  const ecb = { epid: 2, probe } as Ecb;
  return reportText({ kind: "fault", ecb, cpu: 0, ...fault }, { dropTags: false });
}

const clause = "error on enabled probe ID 2 (ID 1: dtrace:::BEGIN): ";

for (const [code, action, said] of [
  [faultCodes.tupleOverflow, 1, "tuple stack overflow in action #1"],
  [faultCodes.divideByZero, 0, "divide-by-zero in predicate"],
  [faultCodes.badAddress, 3, "invalid address (0xff) in action #3"],
  [faultCodes.badAlignment, 2, "invalid alignment (0xff) in action #2"],
  [faultCodes.illegalOperation, 1, "illegal operation in action #1"],
  [faultCodes.noScratch, 1, "out of scratch space in action #1"],
  [faultCodes.kernelPrivilege, 1, "invalid kernel access in action #1"],
  [faultCodes.userPrivilege, 1, "invalid user access in action #1"],
  [faultCodes.badStack, 1, "bad stack (0xff) in action #1"],
  [99, 1, "unknown fault in action #1"],
] as const) {
  test(said, () => {
    assert.equal(textOf({ code, value: 0xffn, action }), clause + said);
  });
}

const drops: readonly (readonly [DropKind, tag: string, one: string, several: string])[] = [
  ["principal", "PRINCIPAL", "1 drop on CPU 2", "5 drops on CPU 2"],
  ["aggregation", "AGGREGATION", "1 aggregation drop on CPU 2", "5 aggregation drops on CPU 2"],
  ["dynamicVariable", "DYNAMIC", "1 dynamic variable drop", "5 dynamic variable drops"],
  ["speculation", "SPEC", "1 speculative drop", "5 speculative drops"],
  [
    "speculationBusy",
    "SPECBUSY",
    "1 failed speculation (available buffer(s) still busy)",
    "5 failed speculations (available buffer(s) still busy)",
  ],
  [
    "speculationUnavailable",
    "SPECUNAVAIL",
    "1 failed speculation (no speculative buffer available)",
    "5 failed speculations (no speculative buffer available)",
  ],
  [
    "stackStringTable",
    "STKSTROVERFLOW",
    "1 jstack()/ustack() string table overflow",
    "5 jstack()/ustack() string table overflows",
  ],
  [
    "doubleError",
    "DBLERROR",
    "1 error in ERROR probe enabling",
    "5 errors in ERROR probe enabling",
  ],
];

for (const [drop, tag, one, several] of drops) {
  test(several, () => {
    const cpu = drop === "principal" || drop === "aggregation" ? 2 : undefined;
    const told = (count: bigint, dropTags: boolean): string =>
      reportText({ kind: "drop", drop, cpu, count }, { dropTags });
    assert.equal(told(1n, false), one);
    assert.equal(told(5n, false), several);
    assert.equal(told(5n, true), `[DTRACEDROP_${tag}] ${several}`);
  });
}
