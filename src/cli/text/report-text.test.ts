import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ecb } from "../../compiler/enabling.ts";
import { faultCodes } from "../../compiler/runtime-layout.ts";
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
  [99, 1, "unknown fault in action #1"],
] as const) {
  test(said, () => {
    assert.equal(textOf({ code, value: 0xffn, action }), clause + said);
  });
}
