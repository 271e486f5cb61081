/** Actions: what a clause records, and what it does besides. */

import type { CheckedAction, CheckedExpression } from "../../check/checked-program.ts";
import type { Field, RecordedAction } from "../../enabling.ts";
import { activities, mapNames, stateWords } from "../../runtime-layout.ts";
import { pointerTo } from "../copying.ts";
import { faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import type { Memory } from "../firing/scratch.ts";
import { generateValue } from "../values/expression.ts";
import { storeField } from "../variables/key.ts";
import { chill } from "./chill.ts";
import { endSpeculation, speculate } from "./speculation.ts";

/** `recorded` says where in the record its values go; undefined for what records nothing. */
export function generateAction(
  firing: Firing,
  action: CheckedAction,
  recorded: RecordedAction | undefined,
): void {
  if (recorded) {
    generateRecorded(firing, action, recorded);
    return;
  }
  switch (action.name) {
    case "speculate":
      speculate(firing, action.speculation);
      return;
    case "raise":
      firing.emitter.call("bpf_send_signal", generateValue(firing, action.value));
      return;
    case "stop":
      firing.emitter.call("bpf_send_signal", stopSignal);
      return;
    case "chill":
      chill(firing, action.value);
      return;
    default:
      // The rest is refused (`refuseActions`) or all the consumer's.
      return;
  }
}

/** The fields of a record; an action without fields is all done by the consumer. */
function generateRecorded(firing: Firing, action: CheckedAction, recorded: RecordedAction): void {
  switch (recorded.name) {
    case "trace":
    case "print":
    case "stack":
      if (action.name === recorded.name) recordValue(firing, action.value, recorded.value);
      return;
    case "tracemem":
      if (action.name === "tracemem") recordMemory(firing, action, recorded);
      return;
    case "pcap":
      if (action.name === "pcap") recordPacket(firing, action, recorded);
      return;
    case "printf":
    case "system":
    case "freopen":
      if (action.name === recorded.name) recordArguments(firing, action, recorded.arguments);
      return;
    case "exit":
      if (action.name === "exit") exit(firing, action.status, recorded.status);
      return;
    case "commit":
    case "discard":
      if (action.name === recorded.name) endSpeculation(firing, action, recorded.speculation);
      return;
    default:
      recordCounts(firing, action, recorded);
  }
}

/** trunc() and normalize() carry a number for the consumer, setopt() a text. */
function recordCounts(firing: Firing, action: CheckedAction, recorded: RecordedAction): void {
  if (action.name === "normalize" && recorded.name === "normalize") {
    recordValue(firing, action.factor, recorded.factor);
  }
  if (action.name === "trunc" && recorded.name === "trunc" && action.count && recorded.count) {
    recordValue(firing, action.count, recorded.count);
  }
  if (action.name === "setopt" && recorded.name === "setopt" && action.computed) {
    if (typeof recorded.value === "object") recordValue(firing, action.computed, recorded.value);
  }
}

/** SIGSTOP on x86-64 and arm64. */
const stopSignal = 19n;

export function recordMemoryAt({ clause }: Firing, { offset }: Field): Memory {
  if (clause.record === undefined) throw new Error("an action records outside of a record");
  return { base: clause.record, offset };
}

function recordValue(firing: Firing, value: CheckedExpression, field: Field): void {
  const memory = recordMemoryAt(firing, field);
  storeField(firing, value, { memory, shape: field.shape, padded: false });
}

type Formatted = Extract<CheckedAction, { name: "printf" | "system" | "freopen" }>;

function recordArguments(firing: Firing, action: Formatted, fields: readonly Field[]): void {
  for (const [position, value] of action.arguments.entries()) {
    const field = fields[position];
    if (!field) throw new Error(`${action.name} has more arguments than fields`);
    if (position > 0) firing.clause.action += 1;
    recordValue(firing, value, field);
  }
}

type TraceMemory = Extract<CheckedAction, { name: "tracemem" }>;
type RecordedMemory = Extract<RecordedAction, { name: "tracemem" }>;

function recordMemory(firing: Firing, action: TraceMemory, recorded: RecordedMemory): void {
  const { emitter } = firing;
  const address = generateValue(firing, action.address);
  const target = pointerTo(emitter, recordMemoryAt(firing, recorded.value));
  const failed = emitter.call("bpf_probe_read_kernel", target, BigInt(action.size), address);
  faultWhen(firing, { comparison: "!=", left: failed, right: 0n }, "badAddress", address);
  if (action.dynamicSize && recorded.dynamicSize) {
    recordValue(firing, action.dynamicSize, recorded.dynamicSize);
  }
}

type TracePacket = Extract<CheckedAction, { name: "pcap" }>;
type RecordedPacket = Extract<RecordedAction, { name: "pcap" }>;

function recordPacket(firing: Firing, action: TracePacket, recorded: RecordedPacket): void {
  const { emitter } = firing;
  recordValue(firing, action.time, recorded.time);
  recordValue(firing, action.length, recorded.length);
  recordValue(firing, action.protocol, recorded.protocol);
  const start = emitter.inRegister(generateValue(firing, action.start));
  const available = generateValue(firing, action.available);
  const captured = emitter.atMost(available, BigInt(recorded.bytes.shape.size));
  const place = recordMemoryAt(firing, recorded.captured);
  emitter.store(place.base, place.offset, 4, captured);
  const target = pointerTo(emitter, recordMemoryAt(firing, recorded.bytes));
  const failed = emitter.call("bpf_probe_read_kernel", target, captured, start);
  faultWhen(firing, { comparison: "!=", left: failed, right: 0n }, "badAddress", start);
}

/** The first exit() wins and lets nothing fire any more; the rest of its clause still runs. */
function exit(firing: Firing, status: CheckedExpression, field: Field): void {
  const { emitter } = firing;
  recordValue(firing, status, field);
  const exited = {
    base: emitter.mapValue(mapNames.state, stateWords.exited),
    offset: 0,
    size: 4,
  } as const;
  const before = emitter.compareExchange(exited, 0n, 1n);
  emitter.when({ comparison: "==", left: before, right: 0n, width: 32 }, () =>
    emitter.store(
      emitter.mapValue(mapNames.state, stateWords.activity),
      0,
      4,
      BigInt(activities.draining),
    ),
  );
}
