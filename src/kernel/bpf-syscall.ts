/** bpf(2): one function a command, attributes in and descriptors out. No state, no policy. */

import { chars, struct, u32, u64 } from "../base/struct.ts";
import type { MapFlag, MapType } from "../bpf/map-spec.ts";
import type { AttachType, ProgramType } from "../bpf/program-spec.ts";
import { FileDescriptor } from "./descriptor.ts";
import { checkResult } from "./kernel-error.ts";
import { addressOf, asciiBuffer, syscall } from "./native.ts";
import { systemCallNumber } from "./system-call-numbers.ts";

/** enum bpf_cmd of uapi/linux/bpf.h */
const commands = {
  BPF_MAP_CREATE: 0,
  BPF_MAP_LOOKUP_ELEM: 1,
  BPF_MAP_UPDATE_ELEM: 2,
  BPF_MAP_DELETE_ELEM: 3,
  BPF_PROG_LOAD: 5,
  BPF_PROG_TEST_RUN: 10,
  BPF_PROG_GET_NEXT_ID: 11,
  BPF_PROG_GET_FD_BY_ID: 13,
  BPF_OBJ_GET_INFO_BY_FD: 15,
  BPF_RAW_TRACEPOINT_OPEN: 17,
  BPF_BTF_LOAD: 18,
  BPF_MAP_FREEZE: 22,
  BPF_MAP_LOOKUP_BATCH: 24,
  BPF_MAP_UPDATE_BATCH: 26,
  BPF_LINK_CREATE: 28,
  BPF_LINK_GET_NEXT_ID: 31,
  BPF_ENABLE_STATS: 32,
} as const;

type Command = keyof typeof commands;

/** enum bpf_map_type */
export const mapTypeNumbers: Record<MapType, number> = {
  hash: 1,
  array: 2,
  "program-array": 3,
  "percpu-hash": 5,
  "percpu-array": 6,
  "stack-trace": 7,
  "lru-hash": 9,
  "array-of-maps": 12,
  "ring-buffer": 27,
  "task-storage": 29,
};

const mapFlagBits: Record<MapFlag, number> = {
  "no-preallocation": 1 << 0,
  "read-only-program": 1 << 7,
  mappable: 1 << 10,
};

/** enum bpf_prog_type */
export const programTypeNumbers: Record<ProgramType, number> = {
  "socket-filter": 1,
  kprobe: 2,
  tracepoint: 5,
  "perf-event": 7,
  "raw-tracepoint": 17,
  tracing: 26,
  syscall: 31,
};

/** enum bpf_attach_type */
export const attachTypeNumbers: Record<AttachType | "perf-event", number> = {
  "trace-raw-tracepoint": 23,
  "trace-fentry": 24,
  "trace-fexit": 25,
  "perf-event": 41,
  "kprobe-multi": 42,
  "uprobe-multi": 48,
  "kprobe-session": 56,
  "uprobe-session": 57,
};

const mapCreate = struct({
  mapType: u32,
  keySize: u32,
  valueSize: u32,
  maxEntries: u32,
  mapFlags: u32,
  innerMapFd: u32,
  numaNode: u32,
  mapName: chars(16),
  mapIfindex: u32,
  btfFd: u32,
  btfKeyTypeId: u32,
  btfValueTypeId: u32,
});

const mapElement = struct({ mapFd: u32, padding: u32, key: u64, value: u64, flags: u64 });

const mapBatch = struct({
  inBatch: u64,
  outBatch: u64,
  keys: u64,
  values: u64,
  count: u32,
  mapFd: u32,
  elemFlags: u64,
  flags: u64,
});

const programLoad = struct({
  progType: u32,
  insnCount: u32,
  insns: u64,
  license: u64,
  logLevel: u32,
  logSize: u32,
  logBuffer: u64,
  kernVersion: u32,
  progFlags: u32,
  progName: chars(16),
  progIfindex: u32,
  expectedAttachType: u32,
  progBtfFd: u32,
  funcInfoRecSize: u32,
  funcInfo: u64,
  funcInfoCount: u32,
  lineInfoRecSize: u32,
  lineInfo: u64,
  lineInfoCount: u32,
  attachBtfId: u32,
  attachProgFd: u32,
  coreReloCount: u32,
});

const programRun = struct({
  progFd: u32,
  retval: u32,
  dataSizeIn: u32,
  dataSizeOut: u32,
  dataIn: u64,
  dataOut: u64,
  repeat: u32,
  duration: u32,
  ctxSizeIn: u32,
  ctxSizeOut: u32,
  ctxIn: u64,
  ctxOut: u64,
  flags: u32,
  cpu: u32,
  batchSize: u32,
});

const rawTracepointOpen = struct({ name: u64, progFd: u32, padding: u32, cookie: u64 });
const btfLoad = struct({ btf: u64, logBuffer: u64, size: u32, logSize: u32, logLevel: u32 });
const linkCreatePerfEvent = struct({
  progFd: u32,
  targetFd: u32,
  attachType: u32,
  flags: u32,
  bpfCookie: u64,
});
const identifier = struct({ id: u32, nextId: u32, openFlags: u32 });
const infoByDescriptor = struct({ bpfFd: u32, infoLen: u32, info: u64 });
const enableStats = struct({ type: u32 });
const mapOnly = struct({ mapFd: u32 });

function bpf(command: Command, attributes: ArrayBuffer): number {
  const result = syscall(
    systemCallNumber("bpf"),
    commands[command],
    addressOf(attributes),
    attributes.byteLength,
  );
  return Number(result);
}

/** Also said where only some kinds of programs are not permitted. */
export const noPrivilege =
  "tracing needs root, or CAP_BPF and CAP_PERFMON, and a kernel that is not locked down";

function remedyFor(result: number): string | undefined {
  return result === -1 ? noPrivilege : undefined;
}

function owned(result: number, call: string): FileDescriptor {
  return FileDescriptor.own(checkResult(result, call, remedyFor(result)));
}

export interface MapAttributes {
  readonly name: string;
  readonly type: MapType;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly flags: readonly MapFlag[];
  readonly inner?: FileDescriptor | undefined;
  readonly btf?: {
    readonly descriptor: FileDescriptor;
    readonly key: number;
    readonly value: number;
  };
}

export function createMap(map: MapAttributes): FileDescriptor {
  const attributes = mapCreate.encode({
    mapType: mapTypeNumbers[map.type],
    keySize: map.keySize,
    valueSize: map.valueSize,
    maxEntries: map.maxEntries,
    mapFlags: map.flags.reduce((bits, flag) => bits | mapFlagBits[flag], 0),
    innerMapFd: map.inner?.number ?? 0,
    mapName: kernelName(map.name),
    btfFd: map.btf?.descriptor.number ?? 0,
    btfKeyTypeId: map.btf?.key ?? 0,
    btfValueTypeId: map.btf?.value ?? 0,
  });
  return owned(bpf("BPF_MAP_CREATE", attributes), `create map ${map.name}`);
}

/** The kernel takes letters, digits, `_` and `.` in 15 characters. */
function kernelName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.]/g, "_").slice(0, 15);
}

/** Fills `value`; false where the map has no such key. */
export function lookupElement(map: FileDescriptor, key: ArrayBuffer, value: ArrayBuffer): boolean {
  const attributes = mapElement.encode({
    mapFd: map.number,
    key: addressOf(key),
    value: addressOf(value),
  });
  const result = bpf("BPF_MAP_LOOKUP_ELEM", attributes);
  if (result === -2) return false;
  checkResult(result, "look up element");
  return true;
}

export function updateElement(map: FileDescriptor, key: ArrayBuffer, value: ArrayBuffer): void {
  const attributes = mapElement.encode({
    mapFd: map.number,
    key: addressOf(key),
    value: addressOf(value),
  });
  checkResult(bpf("BPF_MAP_UPDATE_ELEM", attributes), "update element");
}

/** All at once: the kernel waits for its programs once, not for each element of an array-of-maps. */
export function updateBatch(
  map: FileDescriptor,
  { keys, values, count }: { keys: ArrayBuffer; values: ArrayBuffer; count: number },
): void {
  const attributes = mapBatch.encode({
    keys: addressOf(keys),
    values: addressOf(values),
    count,
    mapFd: map.number,
  });
  checkResult(bpf("BPF_MAP_UPDATE_BATCH", attributes), "update batch");
}

/** False where the map has no such key. */
export function deleteElement(map: FileDescriptor, key: ArrayBuffer): boolean {
  const attributes = mapElement.encode({ mapFd: map.number, key: addressOf(key) });
  const result = bpf("BPF_MAP_DELETE_ELEM", attributes);
  if (result === -2) return false;
  checkResult(result, "delete element");
  return true;
}

export interface Batch {
  readonly keys: ArrayBuffer;
  /** For per-CPU maps: the values of all possible CPUs, each rounded up to 8 bytes, by key. */
  readonly values: ArrayBuffer;
  /** The most elements that fit. */
  readonly capacity: number;
  /** Where to go on: 4 bytes for hashes, arrays alike; undefined at the start. */
  readonly position: ArrayBuffer | undefined;
}

export interface BatchResult {
  readonly count: number;
  readonly position: ArrayBuffer;
  /** Nothing is left after these. */
  readonly last: boolean;
}

/** A hash bucket does not fit the batch: try again with a larger one. */
export const batchTooSmall = "batch-too-small";

export function lookupBatch(map: FileDescriptor, batch: Batch): BatchResult | typeof batchTooSmall {
  const position = new ArrayBuffer(8);
  const attributes = mapBatch.encode({
    inBatch: batch.position === undefined ? 0n : addressOf(batch.position),
    outBatch: addressOf(position),
    keys: addressOf(batch.keys),
    values: addressOf(batch.values),
    count: batch.capacity,
    mapFd: map.number,
  });
  const result = bpf("BPF_MAP_LOOKUP_BATCH", attributes);
  const count = mapBatch.decode(attributes).count;
  if (result === -28) return batchTooSmall;
  if (result === -2) return { count, position, last: true };
  checkResult(result, "look up batch");
  return { count, position, last: false };
}

export function freezeMap(map: FileDescriptor): void {
  checkResult(bpf("BPF_MAP_FREEZE", mapOnly.encode({ mapFd: map.number })), "freeze map");
}

export function loadBtf(blob: ArrayBuffer): FileDescriptor {
  const attributes = btfLoad.encode({ btf: addressOf(blob), size: blob.byteLength });
  return owned(bpf("BPF_BTF_LOAD", attributes), "load BTF");
}

export interface ProgramAttributes {
  readonly name: string;
  readonly type: ProgramType;
  readonly attachType: AttachType | undefined;
  readonly attachBtfId: number | undefined;
  readonly instructions: ArrayBuffer;
  readonly licence: string;
  /** Types and function records; only programs with callbacks need them. */
  readonly functions:
    | { readonly btf: FileDescriptor; readonly records: ArrayBuffer; readonly count: number }
    | undefined;
}

export type ProgramLoad =
  | { readonly kind: "loaded"; readonly descriptor: FileDescriptor }
  | { readonly kind: "refused"; readonly errno: number; readonly log: string };

const EAGAIN = 11;
const mostAttempts = 20;

/** Loads; with `logSize` greater than 0 the verifier's log comes with a refusal. */
export function loadProgram(program: ProgramAttributes, logSize: number): ProgramLoad {
  const log = new ArrayBuffer(logSize);
  // The verifier gives up when a signal comes in (kernel/bpf/verifier.c): the signal is ours to
  // handle later, the program is to be loaded all the same.
  let result = attemptLoad(program, log);
  for (let again = 0; result === -EAGAIN && again < mostAttempts; again += 1) {
    result = attemptLoad(program, log);
  }
  if (result >= 0) return { kind: "loaded", descriptor: FileDescriptor.own(result) };
  return { kind: "refused", errno: -result, log: textOf(log) };
}

/** The descriptor, or a negated errno. Addresses are taken anew: they last for one call. */
function attemptLoad(program: ProgramAttributes, log: ArrayBuffer): number {
  const logSize = log.byteLength;
  const attributes = programLoad.encode({
    progType: programTypeNumbers[program.type],
    insnCount: program.instructions.byteLength / 8,
    insns: addressOf(program.instructions),
    license: addressOf(asciiBuffer(program.licence)),
    logLevel: logSize > 0 ? 1 : 0,
    logSize,
    logBuffer: logSize > 0 ? addressOf(log) : 0n,
    progName: kernelName(program.name),
    expectedAttachType:
      program.attachType === undefined ? 0 : attachTypeNumbers[program.attachType],
    attachBtfId: program.attachBtfId ?? 0,
    progBtfFd: program.functions?.btf.number ?? 0,
    funcInfoRecSize: program.functions === undefined ? 0 : 8,
    funcInfo: program.functions === undefined ? 0n : addressOf(program.functions.records),
    funcInfoCount: program.functions?.count ?? 0,
  });
  return bpf("BPF_PROG_LOAD", attributes);
}

/** Opens a raw tracepoint; the descriptor is the link. `cookie` needs kernel 6.10. */
export function openRawTracepoint(
  program: FileDescriptor,
  name: string,
  cookie: bigint,
): FileDescriptor {
  const text = asciiBuffer(name);
  const attributes = rawTracepointOpen.encode({
    name: addressOf(text),
    progFd: program.number,
    cookie,
  });
  return owned(bpf("BPF_RAW_TRACEPOINT_OPEN", attributes), `attach to tracepoint ${name}`);
}

/** Attaches to a perf event; the program stays as long as the link. */
export function linkPerfEvent(
  program: FileDescriptor,
  event: FileDescriptor,
  cookie: bigint,
): FileDescriptor {
  const attributes = linkCreatePerfEvent.encode({
    progFd: program.number,
    targetFd: event.number,
    attachType: attachTypeNumbers["perf-event"],
    bpfCookie: cookie,
  });
  return createLink(attributes, "attach to perf event");
}

/** With the attributes of one of the kinds of link. */
export function createLink(attributes: ArrayBuffer, call: string): FileDescriptor {
  return owned(bpf("BPF_LINK_CREATE", attributes), call);
}

/** BPF_F_TEST_RUN_ON_CPU */
const runOnCpu = 1;

/** Runs a raw tracepoint program once with these 64-bit arguments; its return value. */
export function runRawTracepoint(
  program: FileDescriptor,
  words: readonly bigint[],
  cpu?: number,
): number {
  const context = new BigUint64Array(words.map((word) => BigInt.asUintN(64, word))).buffer;
  const attributes = programRun.encode({
    progFd: program.number,
    ctxIn: context.byteLength > 0 ? addressOf(context) : 0n,
    ctxSizeIn: context.byteLength,
    flags: cpu === undefined ? 0 : runOnCpu,
    cpu: cpu ?? 0,
  });
  checkResult(bpf("BPF_PROG_TEST_RUN", attributes), "run program");
  return programRun.decode(attributes).retval;
}

/** Fills `info` from the kernel's description of a program, map or link; the bytes it wrote. */
export function objectInfo(descriptor: FileDescriptor, info: ArrayBuffer): number {
  const attributes = infoByDescriptor.encode({
    bpfFd: descriptor.number,
    infoLen: info.byteLength,
    info: addressOf(info),
  });
  checkResult(bpf("BPF_OBJ_GET_INFO_BY_FD", attributes), "describe object");
  return infoByDescriptor.decode(attributes).infoLen;
}

/** Offset of `recursion_misses` in `struct bpf_prog_info`. */
const recursionMisses = 208;

/** How often the program was not run because it ran on that CPU already. */
export function missedRuns(program: FileDescriptor): bigint {
  const info = new ArrayBuffer(256);
  objectInfo(program, info);
  return new DataView(info).getBigUint64(recursionMisses, true);
}

/** The kernel's id of a program or link: the second word of either's description. */
export function objectId(descriptor: FileDescriptor): number {
  const info = new ArrayBuffer(256);
  objectInfo(descriptor, info);
  return new DataView(info).getUint32(4, true);
}

/** The kernel's ids of all programs or links, ascending. */
export function listIds(kind: "program" | "link"): readonly number[] {
  const command = kind === "program" ? "BPF_PROG_GET_NEXT_ID" : "BPF_LINK_GET_NEXT_ID";
  const ids: number[] = [];
  for (;;) {
    const attributes = identifier.encode({ id: ids.at(-1) ?? 0 });
    const result = bpf(command, attributes);
    if (result === -2) return ids;
    checkResult(result, `list ${kind} ids`);
    ids.push(identifier.decode(attributes).nextId);
  }
}

/** Undefined where the program is gone. */
export function programById(id: number): FileDescriptor | undefined {
  const result = bpf("BPF_PROG_GET_FD_BY_ID", identifier.encode({ id }));
  if (result === -2) return undefined;
  return owned(result, `open program ${id}`);
}

/** The kernel counts run time of programs while the descriptor is open. */
export function enableRunTimeStatistics(): FileDescriptor {
  return owned(bpf("BPF_ENABLE_STATS", enableStats.encode({ type: 0 })), "enable statistics");
}

function textOf(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(bytes.subarray(0, end < 0 ? bytes.length : end));
}
