/** Run-time faults: each gives the clause's record up, is reported, and fires ERROR. */

import type { Value, Virtual } from "../../ir/ir.ts";
import {
  type DropKind,
  dropKinds,
  faultCodes,
  faultRecord,
  mapNames,
} from "../../runtime-layout.ts";
import { Emitter, type Test } from "./emitter.ts";
import type { Firing, Program } from "./firing.ts";
import { reserveRecord, submitRecord } from "./records.ts";

export type FaultCode = keyof typeof faultCodes;

const reportFunction = "report_fault";
export const errorFunction = "error_clauses";

/**
 * Leaves the clause where the test holds: a fault with its code and value. The value is put aside
 * before the test: the code behind it stands out of line, and would keep every value alive until
 * there.
 */
export function faultWhen(firing: Firing, test: Test, code: FaultCode, value: Value): void {
  const { emitter, faultValue } = firing;
  if (typeof value !== "bigint") emitter.copy(faultValue, value);
  const kept = typeof value === "bigint" ? value : faultValue;
  emitter.whenRarely(test, () => raiseFault(firing, code, kept));
}

export function raiseFault(
  { emitter, clause, ...firing }: Firing,
  code: FaultCode,
  value: Value,
): void {
  emitter.copy(firing.faultWhat, BigInt(clause.action * 256 + faultCodes[code]));
  emitter.copy(firing.faultValue, value);
  emitter.jump(clause.faultExit);
}

/** At the clause's fault exit, with nothing reserved any more. */
export function reportFault({ program, emitter, clause, kind, ...firing }: Firing): void {
  if (kind === "error") {
    countDrop(emitter, "doubleError");
    return;
  }
  ensureReportFunction(program);
  const { errorGroup } = program.enabling;
  const value = errorGroup ? numberOf(emitter, firing.faultValue) : firing.faultValue;
  emitter.callFunction(reportFunction, emitter.context(), clause.epid, firing.faultWhat, value);
}

/** What the verifier knows as a pointer is a number after arithmetic; global functions take those. */
const numberOf = (emitter: Emitter, value: Virtual): Virtual =>
  emitter.negate(emitter.negate(value));

function ensureReportFunction(program: Program): void {
  if (program.functions.has(reportFunction)) return;
  program.functions.set(reportFunction, undefined);

  // With ERROR's clauses behind it, it is too long to be verified for every fault anew.
  const role = program.enabling.errorGroup ? "global" : "subprogram";
  const emitter = new Emitter(reportFunction, role, 4);
  const context = emitter.parameter(0);
  const epid = emitter.parameter(1);
  const what = emitter.parameter(2);
  const value = emitter.parameter(3);
  const action = emitter.alu(">>", what, 8n);
  const code = emitter.alu("&", what, 0xffn);
  storeReport(emitter, program.enabling.environment.possibleCpus, { epid, action, code, value });
  if (program.enabling.errorGroup) {
    program.functions.set(errorFunction, undefined);
    emitter.callFunction(errorFunction, context, epid, action, code, value);
  }
  emitter.return(0n);
  program.functions.set(reportFunction, emitter.finish());
}

interface Report {
  readonly epid: Virtual;
  readonly action: Virtual;
  readonly code: Virtual;
  readonly value: Virtual;
}

function storeReport(
  emitter: Emitter,
  possibleCpus: number,
  { epid, action, code, value }: Report,
): void {
  const dropped = emitter.block();
  const done = emitter.block();
  const record = reserveRecord(emitter, {
    size: faultRecord.size,
    full: dropped,
    possibleCpus,
  });
  emitter.store(record, 0, 8, 0n);
  emitter.store(record, 8, 8, emitter.call("bpf_ktime_get_ns"));
  emitter.store(record, faultRecord.faultedEpid, 4, epid);
  emitter.store(record, faultRecord.action, 4, action);
  emitter.store(record, faultRecord.code, 8, code);
  emitter.store(record, faultRecord.value, 8, value);
  submitRecord(emitter, record);
  emitter.jump(done);
  emitter.place(dropped);
  countDrop(emitter, "principal");
  emitter.place(done);
}

/** Counts one lost thing; drops are counted per CPU and read by the consumer. */
export function countDrop(emitter: Emitter, kind: DropKind): void {
  const key = emitter.temporary(4);
  const address = emitter.frameAddress(key);
  emitter.store(address, 0, 4, 0n);
  const counters = emitter.call("bpf_map_lookup_elem", emitter.map(mapNames.drops), address);
  emitter.when({ comparison: "!=", left: counters, right: 0n }, () =>
    emitter.atomicAdd(counters, dropKinds.indexOf(kind) * 8, 8, 1n),
  );
}
