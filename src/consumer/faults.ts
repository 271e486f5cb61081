/** Reads the report of a run-time fault from its record. */

import type { Enabling } from "../compiler/enabling.ts";
import { faultRecord } from "../compiler/runtime-layout.ts";
import type { Report } from "./events.ts";
import type { RecordView } from "./records/record-view.ts";

export function readFault(
  record: RecordView,
  enabling: Enabling,
): Extract<Report, { readonly kind: "fault" }> {
  const epid = record.unsigned32(faultRecord.faultedEpid);
  const ecb = enabling.ecbs[epid - 1];
  if (ecb === undefined) throw new Error(`fault of unknown clause ${epid}`);
  return {
    kind: "fault",
    ecb,
    cpu: record.cpu,
    action: record.unsigned32(faultRecord.action),
    code: record.unsigned32(faultRecord.code),
    value: record.unsigned64(faultRecord.value),
  };
}
