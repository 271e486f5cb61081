/** Instructions → the kernel's 8-byte form (Documentation/bpf/standardization/instruction-set.rst). */

import { assertNever } from "../base/assert-never.ts";
import type { TextSpan } from "../base/text-span.ts";
import { helperNumbers } from "./helpers.ts";
import type {
  AccessSize,
  AluOperator,
  AtomicOperation,
  Comparison,
  Instruction,
  Operand,
  Register,
} from "./instruction.ts";
import type { ProgramSpec } from "./program-spec.ts";

/** What only the loader knows. */
export interface EncodingWorld {
  mapDescriptor(name: string): number;
  /** BTF id of a kernel function in vmlinux. */
  kernelFunction(name: string): number;
  /** Instruction set v4 (kernel 6.6): unconditional jumps have 32 bits. */
  readonly hasLongJumps?: boolean;
}

export interface EncodedProgram {
  readonly bytes: ArrayBuffer;
  /** Index of the first instruction of each function, in the program's order. */
  readonly functionStarts: readonly number[];
  /** By instruction index; both halves of a 16-byte instruction have the span. */
  readonly spans: readonly (TextSpan | undefined)[];
}

/** A jump does not fit its 16-bit offset. */
export class JumpTooFarError extends Error {}

const aluCodes: Record<AluOperator, number> = {
  "+": 0x00,
  "-": 0x10,
  "*": 0x20,
  "/": 0x30,
  "|": 0x40,
  "&": 0x50,
  "<<": 0x60,
  ">>": 0x70,
  "%": 0x90,
  "^": 0xa0,
  "s>>": 0xc0,
  "s/": 0x30,
  "s%": 0x90,
};

const jumpCodes: Record<Comparison, number> = {
  "==": 0x10,
  ">": 0x20,
  ">=": 0x30,
  "&": 0x40,
  "!=": 0x50,
  "s>": 0x60,
  "s>=": 0x70,
  "<": 0xa0,
  "<=": 0xb0,
  "s<": 0xc0,
  "s<=": 0xd0,
};

const sizeCodes: Record<AccessSize, number> = { 1: 0x10, 2: 0x08, 4: 0x00, 8: 0x18 };

const atomicCodes: Record<AtomicOperation, number> = {
  "+": 0x00,
  "|": 0x40,
  "&": 0x50,
  "^": 0xa0,
  exchange: 0xe0,
  "compare-exchange": 0xf0,
};

const fetchFlag = 0x01;
const classAlu32 = 0x04;
const classAlu64 = 0x07;
const classJump64 = 0x05;
const classJump32 = 0x06;
const sourceRegister = 0x08;

/** Pseudo source registers of the 16-byte load and of calls (uapi/linux/bpf.h). */
const pseudo = { mapDescriptor: 1, mapValue: 2, function: 4, call: 1, kernelFunction: 2 } as const;

export function encodeProgram(spec: ProgramSpec, world: EncodingWorld): EncodedProgram {
  const labels = new Map<string, number>();
  const functionStarts: number[] = [];
  const functions = new Map<string, number>();
  let length = 0;
  for (const { name, instructions } of spec.functions) {
    functionStarts.push(length);
    functions.set(name, length);
    for (const { instruction } of instructions) {
      if (instruction.op === "label") labels.set(instruction.label, length);
      length += widthOf(instruction);
    }
  }

  const bytes = new ArrayBuffer(length * 8);
  const writer = new Writer(new DataView(bytes), { labels, functions, world });
  const spans: (TextSpan | undefined)[] = [];
  for (const { instructions } of spec.functions) {
    for (const { instruction, span } of instructions) {
      writer.write(instruction);
      for (let half = 0; half < widthOf(instruction); half += 1) spans.push(span);
    }
  }
  return { bytes, functionStarts, spans };
}

/** In units of 8 bytes. */
export function widthOf(instruction: Instruction): 0 | 1 | 2 {
  switch (instruction.op) {
    case "label":
      return 0;
    case "load-immediate":
    case "load-map":
    case "load-map-value":
    case "load-function":
      return 2;
    default:
      return 1;
  }
}

interface Targets {
  readonly labels: ReadonlyMap<string, number>;
  readonly functions: ReadonlyMap<string, number>;
  readonly world: EncodingWorld;
}

interface Fields {
  readonly code: number;
  readonly into?: number;
  readonly from?: number;
  readonly offset?: number;
  readonly immediate?: number;
}

class Writer {
  readonly #view: DataView;
  readonly #targets: Targets;
  #at = 0;

  constructor(view: DataView, targets: Targets) {
    this.#view = view;
    this.#targets = targets;
  }

  write(instruction: Instruction): void {
    switch (instruction.op) {
      case "label":
        return;
      case "alu":
        this.#alu(
          aluCodes[instruction.operator],
          instruction,
          instruction.operator === "s/" || instruction.operator === "s%" ? 1 : 0,
        );
        return;
      case "move":
        this.#alu(0xb0, { ...instruction, by: instruction.from }, 0);
        return;
      case "negate":
        this.#put({ code: 0x80 | aluClass(instruction.width), into: instruction.into });
        return;
      case "to-big-endian":
        this.#put({
          code: 0xd0 | sourceRegister | classAlu32,
          into: instruction.into,
          immediate: instruction.bits,
        });
        return;
      case "load-immediate":
        this.#putWide(instruction.into, 0, instruction.value);
        return;
      case "load-map":
        this.#putWide(
          instruction.into,
          pseudo.mapDescriptor,
          BigInt(this.#targets.world.mapDescriptor(instruction.map)),
        );
        return;
      case "load-map-value":
        this.#putWide(
          instruction.into,
          pseudo.mapValue,
          BigInt(this.#targets.world.mapDescriptor(instruction.map)) |
            (BigInt(instruction.offset) << 32n),
        );
        return;
      case "load-function":
        this.#putWide(
          instruction.into,
          pseudo.function,
          BigInt.asUintN(32, BigInt(this.#distance(this.#targets.functions, instruction.function))),
        );
        return;
      case "exit":
        this.#put({ code: 0x95 });
        return;
      default:
        this.#writeAccessOrControl(instruction);
    }
  }

  #writeAccessOrControl(
    instruction: Extract<
      Instruction,
      {
        op: "load" | "store" | "atomic" | "jump" | "jump-if" | `call-${string}`;
      }
    >,
  ): void {
    switch (instruction.op) {
      case "load":
        this.#put({
          code: 0x61 | sizeCodes[instruction.size],
          into: instruction.into,
          from: instruction.base,
          offset: instruction.offset,
        });
        return;
      case "store":
        this.#store(instruction);
        return;
      case "atomic":
        this.#put({
          code: 0xc3 | sizeCodes[instruction.size],
          into: instruction.base,
          from: instruction.from,
          offset: instruction.offset,
          immediate: atomicCodes[instruction.operation] | (instruction.fetch ? fetchFlag : 0),
        });
        return;
      case "jump":
        this.#jump(instruction.target);
        return;
      case "jump-if":
        this.#jumpIf(instruction);
        return;
      case "call-helper":
        this.#put({ code: 0x85, immediate: helperNumbers.get(instruction.helper) ?? 0 });
        return;
      case "call-kfunc":
        this.#put({
          code: 0x85,
          from: pseudo.kernelFunction,
          immediate: this.#targets.world.kernelFunction(instruction.name),
        });
        return;
      case "call-function":
        this.#put({
          code: 0x85,
          from: pseudo.call,
          immediate: this.#distance(this.#targets.functions, instruction.function),
        });
        return;
      default:
        assertNever(instruction);
    }
  }

  #alu(
    code: number,
    { width, into, by }: { readonly width: 32 | 64; readonly into: Register; readonly by: Operand },
    offset: number,
  ): void {
    const base = { code: code | aluClass(width), into, offset };
    if ("register" in by)
      this.#put({ ...base, code: base.code | sourceRegister, from: by.register });
    else this.#put({ ...base, immediate: by.immediate });
  }

  #store(store: Extract<Instruction, { op: "store" }>): void {
    const base = { into: store.base, offset: store.offset };
    const size = sizeCodes[store.size];
    if ("register" in store.from)
      this.#put({ ...base, code: 0x63 | size, from: store.from.register });
    else this.#put({ ...base, code: 0x62 | size, immediate: store.from.immediate });
  }

  #jump(label: string): void {
    const distance = this.#distance(this.#targets.labels, label);
    if (this.#targets.world.hasLongJumps && !fitsJump(distance)) {
      this.#put({ code: classJump32, immediate: distance });
    } else {
      this.#put({ code: classJump64, offset: this.#jumpOffset(label) });
    }
  }

  #jumpIf(jump: Extract<Instruction, { op: "jump-if" }>): void {
    const code = jumpCodes[jump.comparison] | (jump.width === 64 ? classJump64 : classJump32);
    const base = { into: jump.left, offset: this.#jumpOffset(jump.target) };
    if ("register" in jump.right) {
      this.#put({ ...base, code: code | sourceRegister, from: jump.right.register });
    } else {
      this.#put({ ...base, code, immediate: jump.right.immediate });
    }
  }

  #jumpOffset(label: string): number {
    const offset = this.#distance(this.#targets.labels, label);
    if (!fitsJump(offset)) {
      throw new JumpTooFarError(
        `a jump over ${offset} instructions does not fit eBPF's 16 bits (-32768 to 32767)`,
      );
    }
    return offset;
  }

  #distance(places: ReadonlyMap<string, number>, name: string): number {
    const place = places.get(name);
    if (place === undefined) throw new Error(`no label or function ${name}: a bug in dtrace`);
    return place - this.#at - 1;
  }

  #putWide(into: Register, from: number, value: bigint): void {
    this.#put({ code: 0x18, into, from, immediate: Number(BigInt.asIntN(32, value)) });
    this.#put({ code: 0, immediate: Number(BigInt.asIntN(32, value >> 32n)) });
  }

  #put({ code, into = 0, from = 0, offset = 0, immediate = 0 }: Fields): void {
    const byte = this.#at * 8;
    this.#view.setUint8(byte, code);
    this.#view.setUint8(byte + 1, into | (from << 4));
    this.#view.setInt16(byte + 2, offset, true);
    this.#view.setInt32(byte + 4, immediate, true);
    this.#at += 1;
  }
}

const aluClass = (width: 32 | 64): number => (width === 64 ? classAlu64 : classAlu32);

const fitsJump = (distance: number): boolean => distance >= -32_768 && distance <= 32_767;
