/**
 * The little BTF that the kernel wants of us: the key and value types of task storage, and the
 * functions of a program with callbacks. Format: Documentation/bpf/btf.rst.
 */

import type { FunctionRole, ProgramSpec, ProgramType } from "../bpf/program-spec.ts";

/** Types that every blob of ours begins with, at these ids. */
export const btfIds = { int: 1, long: 2, voidPointer: 3, longArray: 4, structure: 5 } as const;

const magic = 0xeb9f;
const headerLength = 24;

const kinds = { int: 1, pointer: 2, array: 3, struct: 4, function: 12, prototype: 13 } as const;

class BlobWriter {
  readonly #words: number[] = [];
  #strings = "\0";

  string(text: string): number {
    const offset = this.#strings.length;
    this.#strings += `${text}\0`;
    return offset;
  }

  words(...words: readonly number[]): void {
    this.#words.push(...words);
  }

  finish(): ArrayBuffer {
    const typesLength = this.#words.length * 4;
    const blob = new ArrayBuffer(headerLength + typesLength + this.#strings.length);
    const view = new DataView(blob);
    view.setUint16(0, magic, true);
    view.setUint8(2, 1);
    view.setUint32(4, headerLength, true);
    view.setUint32(12, typesLength, true);
    view.setUint32(16, typesLength, true);
    view.setUint32(20, this.#strings.length, true);
    for (const [index, word] of this.#words.entries()) {
      view.setUint32(headerLength + index * 4, word, true);
    }
    for (let at = 0; at < this.#strings.length; at += 1) {
      view.setUint8(headerLength + typesLength + at, this.#strings.charCodeAt(at));
    }
    return blob;
  }
}

const info = (kind: number, count = 0): number => (kind << 24) | count;
/** BTF_INT_SIGNED in the encoding byte, the bits in the lowest. */
const signedInteger = (bits: number): number => (1 << 24) | bits;

function writeBaseTypes(writer: BlobWriter, structureSize: number): void {
  writer.words(writer.string("int"), info(kinds.int), 4, signedInteger(32));
  writer.words(writer.string("long"), info(kinds.int), 8, signedInteger(64));
  writer.words(0, info(kinds.pointer), 0);
  writer.words(0, info(kinds.array), 0, btfIds.long, btfIds.int, structureSize / 8);
  writer.words(writer.string("value"), info(kinds.struct, 1), structureSize);
  writer.words(writer.string("words"), btfIds.longArray, 0);
}

/** Key type `btfIds.int`, value type `btfIds.structure` of that many bytes, a multiple of 8. */
export function storageBtf(valueSize: number): ArrayBuffer {
  const writer = new BlobWriter();
  writeBaseTypes(writer, valueSize);
  return writer.finish();
}

export interface ProgramFunctions {
  readonly btf: ArrayBuffer;
  /** `struct bpf_func_info`: instruction offset and type id of each function. */
  readonly records: ArrayBuffer;
}

/** How the kernel knows a pointer to the context (kernel/bpf/btf.c, btf_is_prog_ctx_type). */
const contextStructures: Partial<Record<ProgramType, string>> = {
  "raw-tracepoint": "bpf_raw_tracepoint_args",
  "perf-event": "bpf_perf_event_data",
  kprobe: process.arch === "arm64" ? "user_pt_regs" : "pt_regs",
};

/** BTF_FUNC_STATIC and BTF_FUNC_GLOBAL. */
const staticLinkage = 0;
const globalLinkage = 1;

/** Of `bpf_loop`'s callbacks the kernel looks at the types: index and context. */
const staticParameters: Readonly<Record<FunctionRole, readonly number[]>> = {
  entry: [btfIds.voidPointer],
  subprogram: [btfIds.voidPointer],
  global: [btfIds.voidPointer],
  callback: [btfIds.long, btfIds.voidPointer],
};

/** Describes the functions of a program: `bpf_loop` takes only callbacks that BTF describes. */
export function programFunctions(
  { type, functions }: ProgramSpec,
  starts: readonly number[],
): ProgramFunctions {
  const writer = new BlobWriter();
  writeBaseTypes(writer, 8);
  const context = contextStructures[type];
  const contextPointer = btfIds.structure + 2;
  writer.words(writer.string(context ?? "none"), info(kinds.struct), 0);
  writer.words(0, info(kinds.pointer), btfIds.structure + 1);

  const records = new Uint32Array(functions.length * 2);
  let nextId = contextPointer + 1;
  for (const [index, { name, role, parameterCount = 1 }] of functions.entries()) {
    // Without a name for its context a program's functions are verified for each of their calls.
    const isGlobal = role === "global" && context !== undefined;
    const parameters = isGlobal
      ? [contextPointer, ...Array<number>(parameterCount - 1).fill(btfIds.long)]
      : staticParameters[role];
    writer.words(0, info(kinds.prototype, parameters.length), btfIds.long);
    for (const [position, parameter] of parameters.entries()) {
      writer.words(writer.string(`p${position}`), parameter);
    }
    writer.words(
      writer.string(name),
      info(kinds.function, isGlobal ? globalLinkage : staticLinkage),
      nextId,
    );
    records[index * 2] = starts[index] ?? 0;
    records[index * 2 + 1] = nextId + 1;
    nextId += 2;
  }
  return { btf: writer.finish(), records: records.buffer };
}
