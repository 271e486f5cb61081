/** An enabling loaded into the running kernel: run, attached, its records and values as text. */

import type {
  AggregationLayout,
  Attachment,
  Enabling,
  Field,
  RecordedAction,
} from "../../src/compiler/enabling.ts";
import {
  dropKinds,
  faultRecord,
  mapNames,
  recordHeader,
} from "../../src/compiler/runtime-layout.ts";
import { readAggregation } from "../../src/consumer/aggregations/read-aggregation.ts";
import { openRings } from "../../src/consumer/records/open-rings.ts";
import { RecordView } from "../../src/consumer/records/record-view.ts";
import type { RingCursor } from "../../src/consumer/records/ring-cursor.ts";
import { SessionState } from "../../src/consumer/session-state.ts";
import {
  linkPerfEvent,
  lookupElement,
  openRawTracepoint,
  runRawTracepoint,
} from "../../src/kernel/bpf-syscall.ts";
import { possibleCpuCount } from "../../src/kernel/cpus.ts";
import { Disposables, type FileDescriptor } from "../../src/kernel/descriptor.ts";
import { linkTracingProgram } from "../../src/kernel/links.ts";
import { LoadedMaps, loadProgram, setTailCalls } from "../../src/kernel/load.ts";
import { mapArray } from "../../src/kernel/memory.ts";
import { openCpuClock } from "../../src/kernel/perf-event.ts";

export class TracedEnabling implements Disposable {
  readonly enabling: Enabling;
  readonly maps: LoadedMaps;
  readonly state: SessionState;
  readonly stateWords: BigInt64Array;
  readonly #owned = new Disposables();
  readonly #programs: readonly { attachment: Attachment; descriptor: FileDescriptor }[];
  readonly #rings: readonly RingCursor[];

  constructor(enabling: Enabling) {
    this.enabling = enabling;
    this.maps = this.#owned.use(LoadedMaps.create(enabling.maps));
    const { descriptor, spec } = this.maps.get(mapNames.state);
    const memory = this.#owned.use(mapArray(descriptor, spec.valueSize, 1));
    this.state = new SessionState(memory.view);
    this.stateWords = new BigInt64Array(memory.view);
    this.#rings = openRings(this.maps, possibleCpuCount(), this.#owned);
    this.#programs = enabling.programs.map(({ spec, attachment }) => {
      const { descriptor } = this.#owned.use(loadProgram(spec, this.maps));
      if (attachment.kind === "tail-call") {
        setTailCalls(this.maps.get(attachment.map), attachment.indexes, descriptor);
      }
      return { attachment, descriptor };
    });
  }

  get programs(): readonly FileDescriptor[] {
    return this.#programs.map(({ descriptor }) => descriptor);
  }

  run(name: "BEGIN" | "END"): void {
    for (const { attachment, descriptor } of this.#programs) {
      if (attachment.kind === "session" && attachment.probe.name === name) {
        runRawTracepoint(descriptor, []);
      }
    }
  }

  attach(): void {
    this.state.activity = "active";
    for (const { attachment, descriptor } of this.#programs) this.#attach(attachment, descriptor);
  }

  #attach(attachment: Attachment, program: FileDescriptor): void {
    if (attachment.kind === "system-call") {
      const event = attachment.edge === "entry" ? "sys_enter" : "sys_exit";
      this.#owned.use(openRawTracepoint(program, event, 0n));
    } else if (attachment.kind === "raw-tracepoint") {
      for (const { event, cookie } of attachment.events) {
        this.#owned.use(openRawTracepoint(program, event, cookie));
      }
    } else if (attachment.kind === "function-trampoline") {
      const attachType = attachment.edge === "entry" ? "trace-fentry" : "trace-fexit";
      this.#owned.use(linkTracingProgram(program, attachType, 0n));
    } else if (attachment.kind === "timer") {
      for (const { periodNs, cookie } of attachment.timers) {
        const event = this.#owned.use(openCpuClock(0, periodNs));
        this.#owned.use(linkPerfEvent(program, event, cookie));
      }
    }
  }

  /** Copies of the first records there are. */
  rawRecords(limit: number): readonly RecordView[] {
    const copies: RecordView[] = [];
    const view = new RecordView();
    for (const ring of this.#rings) {
      while (copies.length < limit && ring.peek(view) === "record") {
        const copy = new RecordView();
        copy.moveTo(view.copy(), 0, view.length);
        copies.push(copy);
        ring.take();
      }
      ring.release();
    }
    return copies;
  }

  /** One line a record, in the order of each CPU. */
  records(): readonly string[] {
    const lines: string[] = [];
    const view = new RecordView();
    for (const ring of this.#rings) {
      while (ring.peek(view) === "record") {
        lines.push(this.#textOf(view));
        ring.take();
      }
      ring.release();
    }
    return lines;
  }

  #textOf(view: RecordView): string {
    if (view.epid === 0) return faultText(view);
    const ecb = this.enabling.ecbs[view.epid - 1];
    if (!ecb) return `no ECB ${view.epid}`;
    const speculation = view.speculation === 0 ? "" : ` speculation ${view.speculation}`;
    const actions = ecb.record.actions.map(
      (action) => ` ${actionText(view, action, this.#nameOf)}`,
    );
    return `${view.epid} ${ecb.probe.function}:${ecb.probe.name}${speculation}${actions.join("")}`;
  }

  readonly #nameOf = (id: number, part: "provider" | "module" | "function" | "name"): string =>
    this.enabling.ecbs.find(({ probe }) => probe.id === id)?.probe[part] ?? `probe ${id}`;

  /** Drops by kind, those of all CPUs together; only kinds that happened. */
  drops(): Readonly<Record<string, bigint>> {
    const { spec, descriptor } = this.maps.get(mapNames.drops);
    const counters = new ArrayBuffer(spec.valueSize * possibleCpuCount());
    lookupElement(descriptor, new ArrayBuffer(4), counters);
    const words = new BigUint64Array(counters);
    const drops: Record<string, bigint> = {};
    for (const [index, kind] of dropKinds.entries()) {
      for (let cpu = 0; cpu < possibleCpuCount(); cpu += 1) {
        const count = words[cpu * dropKinds.length + index] ?? 0n;
        if (count > 0n) drops[kind] = (drops[kind] ?? 0n) + count;
      }
    }
    return drops;
  }

  /** Words of each key's value, added over all CPUs. */
  aggregation(id: number): ReadonlyMap<string, readonly bigint[]> {
    const layout = this.enabling.aggregations.find((candidate) => candidate.id === id);
    if (!layout) throw new Error(`no aggregation ${id}`);
    const { descriptor } = this.maps.get(layout.map);
    const found = new Map<string, readonly bigint[]>();
    readAggregation(layout, { map: descriptor, cpus: possibleCpuCount() }, (reading) => {
      const words = layout.valueSize / 8;
      const values = new BigInt64Array(reading.values.buffer);
      for (let slot = 0; slot < reading.count * reading.cpus; slot += 1) {
        const key = this.#keyText(layout, reading.keys, Math.floor(slot / reading.cpus));
        const before = found.get(key);
        const value = values.subarray(slot * words, (slot + 1) * words);
        found.set(
          key,
          [...value].map((word, at) => word + (before?.[at] ?? 0n)),
        );
      }
    });
    return found;
  }

  #keyText(layout: AggregationLayout, keys: Uint8Array, element: number): string {
    const { cpuOffset } = layout;
    if (cpuOffset === undefined) return "";
    const bytes = keys.slice(element * (cpuOffset + 4), element * (cpuOffset + 4) + cpuOffset);
    const view = new RecordView();
    view.moveTo({ bytes, words: new Uint32Array(bytes.buffer) }, 0, layout.keySize);
    return layout.keys.map((field) => fieldText(view, field, this.#nameOf)).join(",");
  }

  [Symbol.dispose](): void {
    this.#owned[Symbol.dispose]();
  }
}

type NameOf = (id: number, part: "provider" | "module" | "function" | "name") => string;

function faultText(view: RecordView): string {
  const epid = view.unsigned32(faultRecord.faultedEpid);
  const action = view.unsigned32(faultRecord.action);
  const code = view.unsigned32(faultRecord.code);
  return `fault of ${epid} in action ${action}: ${code} 0x${view.unsigned64(faultRecord.value).toString(16)}`;
}

function actionText(view: RecordView, action: RecordedAction, nameOf: NameOf): string {
  const fields = Object.values(action).flatMap((value: unknown) => fieldsIn(value));
  const values = fields.map((field) => fieldText(view, field, nameOf));
  return `${action.name}(${values.join(", ")})`;
}

function fieldsIn(value: unknown): readonly Field[] {
  if (Array.isArray(value)) return value.flatMap(fieldsIn);
  if (typeof value !== "object" || value === null) return [];
  return "offset" in value && "shape" in value ? [value as Field] : [];
}

export function fieldText(view: RecordView, { offset, shape }: Field, nameOf: NameOf): string {
  const data = new DataView(view.bytes.buffer, view.bytes.byteOffset + view.start + offset);
  switch (shape.kind) {
    case "integer":
      return integerText(data, shape);
    case "string": {
      const bytes = new Uint8Array(data.buffer, data.byteOffset, shape.size);
      const end = bytes.indexOf(0);
      if (end < 0) return "unterminated";
      return JSON.stringify(new TextDecoder().decode(bytes.slice(0, end)));
    }
    case "probe-name":
      return nameOf(data.getUint32(0, true), shape.part);
    case "stack": {
      let frames = 0;
      while (frames < shape.frames && data.getBigUint64(8 + frames * 8, true) !== 0n) frames += 1;
      return `${shape.space} stack of ${frames > 0 ? "some" : "no"} frames`;
    }
    case "bytes":
      return Array.from({ length: shape.size }, (_, at) =>
        data.getUint8(at).toString(16).padStart(2, "0"),
      ).join("");
    case "symbol":
      return `${shape.form} 0x${data.getBigUint64(shape.size - 8, true).toString(16)}`;
  }
}

function integerText(
  data: DataView,
  { size, signed }: { readonly size: number; readonly signed: boolean },
): string {
  let value = 0n;
  for (let at = size - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(data.getUint8(at));
  return String(signed ? BigInt.asIntN(size * 8, value) : value);
}

export const headerSize = recordHeader.size;
