/**
 * The builder of IR with what code generation adds to it: tests as values, pieces of the frame that
 * are used again, holes whose code is known only later.
 */

import type { TextSpan } from "../../../base/text-span.ts";
import type { HelperName } from "../../../bpf/helpers.ts";
import type {
  AccessSize,
  AluOperator,
  AtomicOperation,
  Comparison,
} from "../../../bpf/instruction.ts";
import { IrBuilder } from "../../ir/builder.ts";
import type { BlockId, FrameSlot, IrFunction, IrOperation, Value, Virtual } from "../../ir/ir.ts";

export interface Test {
  readonly comparison: Comparison;
  readonly left: Value;
  readonly right: Value;
  readonly width?: 32 | 64;
}

export interface Targets {
  readonly whenTrue: BlockId;
  readonly whenFalse: BlockId;
  readonly unlikely?: "true" | "false";
}

/** A place in the code: filled later, or passed through. */
export interface Hole {
  readonly from: BlockId;
  readonly to: BlockId;
}

export interface AtomicPlace {
  readonly base: Virtual;
  readonly offset: number;
  readonly size: 4 | 8;
}

/** Temporaries come in these sizes, so that one that is free again serves the next of its size. */
const temporarySizes = [8, 16, 32, 64, 128] as const;

const farthestOffset = 0x7fff;

export class Emitter {
  readonly name: string;
  readonly #builder: IrBuilder;
  readonly #freeTemporaries = new Map<number, FrameSlot[]>();
  readonly #openHoles = new Set<Hole>();
  #temporariesInUse: { readonly slot: FrameSlot; readonly size: number }[] = [];

  constructor(name: string, role: IrFunction["role"], parameterCount: number) {
    this.name = name;
    this.#builder = new IrBuilder(name, role, parameterCount);
  }

  /** Holes that nobody filled are passed through. */
  finish(): IrFunction {
    for (const hole of [...this.#openHoles]) this.fill(hole, () => undefined);
    return this.#builder.finish();
  }

  withSpan(span: TextSpan | undefined, emit: () => void): void {
    this.#builder.withSpan(span, emit);
  }

  get reachable(): boolean {
    return this.#builder.reachable;
  }

  block(): BlockId {
    return this.#builder.block();
  }

  /** What follows goes into `block`; an open block before it falls into it. */
  place(block: BlockId): void {
    this.#builder.enter(block);
  }

  hole(): Hole {
    const hole = { from: this.block(), to: this.block() };
    this.jump(hole.from);
    this.place(hole.to);
    this.#openHoles.add(hole);
    return hole;
  }

  /** After the function's last instruction only. */
  fill(hole: Hole, emit: () => void): void {
    if (this.#builder.reachable) throw new Error("a hole is filled while code is open");
    this.#openHoles.delete(hole);
    this.place(hole.from);
    emit();
    this.jump(hole.to);
    // Holes lie between statements, where no temporary holds anything.
    this.freeTemporaries();
  }

  fresh(): Virtual {
    return this.#builder.virtual();
  }

  emit(operation: IrOperation): void {
    this.#builder.emit(operation);
  }

  jump(target: BlockId): void {
    this.#builder.jump(target);
  }

  return(value: Value): void {
    this.#builder.return(value);
  }

  branch({ comparison, left, right, width }: Test, targets: Targets): void {
    const { whenTrue, whenFalse, unlikely } = targets;
    this.#builder.branch(comparison, left, right, whenTrue, whenFalse, {
      width: width ?? 64,
      ...(unlikely && { unlikely }),
    });
  }

  /** Goes to `target` where the test holds, which is rare. */
  leaveWhen({ comparison, left, right, width }: Test, target: BlockId): void {
    this.#builder.leaveIf(comparison, left, right, target, { width: width ?? 64 });
  }

  when({ comparison, left, right, width }: Test, then: () => void): void {
    this.#builder.when(comparison, left, right, then, { width: width ?? 64 });
  }

  /** As `when`, for what hardly ever happens: the code is laid out of line. */
  whenRarely({ comparison, left, right, width }: Test, then: () => void): void {
    this.#builder.when(comparison, left, right, then, { width: width ?? 64, unlikely: "true" });
  }

  either({ comparison, left, right, width }: Test, then: () => void, otherwise: () => void): void {
    this.#builder.choose(comparison, left, right, then, otherwise, { width: width ?? 64 });
  }

  /**
   * The value, or `otherwise` where it is above `most`, unsigned. Only a copy made where the bound is
   * known has it for verifiers before 6.8: they know no bounds of what was spilled before.
   */
  atMost(value: Value, most: bigint, otherwise = most): Virtual {
    const result = this.set(otherwise);
    this.when({ comparison: "<=", left: this.inRegister(value), right: most }, () =>
      this.copy(result, value),
    );
    return result;
  }

  copy(into: Virtual, from: Value): void {
    this.#builder.assign(into, from);
  }

  /** The value in a register of its own. */
  set(from: Value): Virtual {
    return this.#builder.copy(from);
  }

  inRegister(value: Value): Virtual {
    return this.#builder.register(value);
  }

  alu(operator: AluOperator, left: Value, right: Value, width: 32 | 64 = 64): Virtual {
    return width === 64
      ? this.#builder.alu(operator, left, right)
      : this.#builder.alu32(operator, left, right);
  }

  add(left: Value, right: Value): Virtual {
    return this.alu("+", left, right);
  }

  extend(from: Value, size: 1 | 2 | 4, signed: boolean): Virtual {
    return this.#builder.extend(from, size, signed);
  }

  negate(of: Value): Virtual {
    return this.#builder.negate(of);
  }

  toBigEndian(from: Value, bits: 16 | 32 | 64): Virtual {
    return this.#builder.toBigEndian(from, bits);
  }

  load(base: Virtual, offset: number, size: AccessSize): Virtual {
    return this.#builder.load(...this.#reach(base, offset), size);
  }

  loadInto(into: Virtual, base: Virtual, offset: number, size: AccessSize): void {
    this.#builder.loadInto(into, ...this.#reach(base, offset), size);
  }

  /** A load that gives the same value for the whole firing. */
  loadOnce(base: Virtual, offset: number, size: AccessSize): Virtual {
    return this.#builder.loadPure(...this.#reach(base, offset), size);
  }

  store(base: Virtual, offset: number, size: AccessSize, from: Value): void {
    this.#builder.store(...this.#reach(base, offset), size, from);
  }

  /** Instructions have 16 bits for an offset. */
  #reach(base: Virtual, offset: number): [Virtual, number] {
    return offset <= farthestOffset ? [base, offset] : [this.add(base, BigInt(offset)), 0];
  }

  /** Nothing is fetched. */
  atomic(operation: "+" | "|" | "&" | "^", { base, offset, size }: AtomicPlace, from: Value): void {
    this.#builder.atomic(operation, base, offset, size, from);
  }

  atomicAdd(base: Virtual, offset: number, size: 4 | 8, from: Value): void {
    this.#builder.atomic("+", base, offset, size, from);
  }

  /** Gives what was there. */
  fetch(
    operation: Exclude<AtomicOperation, "compare-exchange">,
    { base, offset, size }: AtomicPlace,
    from: Value,
  ): Virtual {
    return this.#builder.atomicFetch(operation, base, offset, size, from);
  }

  /** Gives what was there; `from` is stored where that was `expected`. */
  compareExchange({ base, offset, size }: AtomicPlace, expected: Value, from: Value): Virtual {
    return this.#builder.compareExchange(base, offset, size, expected, from);
  }

  context(): Virtual {
    return this.#builder.context();
  }

  parameter(index: number): Virtual {
    return this.#builder.parameter(index);
  }

  map(map: string): Virtual {
    return this.#builder.map(map);
  }

  mapValue(map: string, offset: number): Virtual {
    return this.#builder.mapValue(map, offset);
  }

  frameAddress(slot: FrameSlot, offset = 0): Virtual {
    return this.#builder.frameAddress(slot, offset);
  }

  call(name: HelperName, ...values: readonly Value[]): Virtual {
    return this.#builder.call(name, values);
  }

  /** A helper without effect that gives the same result for the whole firing. */
  callOnce(name: HelperName, ...values: readonly Value[]): Virtual {
    return this.#builder.callPure(name, values);
  }

  callKernelFunction(name: string, ...values: readonly Value[]): Virtual {
    return this.#builder.callKfunc(name, values);
  }

  callFunction(name: string, ...values: readonly Value[]): Virtual {
    return this.#builder.callFunction(name, values);
  }

  /** A callback, for helpers that call one. */
  functionAddress(name: string): Virtual {
    return this.#builder.functionAddress(name);
  }

  /** A piece of the frame until `freeTemporaries`; at most 128 bytes. */
  temporary(size: number): FrameSlot {
    const rounded = temporarySizes.find((candidate) => candidate >= size);
    if (rounded === undefined) throw new Error(`${size} bytes do not belong on the frame`);
    const slot = this.#freeTemporaries.get(rounded)?.pop() ?? this.#builder.frameSlot(rounded);
    this.#temporariesInUse.push({ slot, size: rounded });
    return slot;
  }

  /** A temporary that nothing looks at any more. */
  freeTemporary(slot: FrameSlot): void {
    const index = this.#temporariesInUse.findIndex((each) => each.slot === slot);
    const [found] = index < 0 ? [] : this.#temporariesInUse.splice(index, 1);
    if (found) this.#addFree(found);
  }

  #addFree({ slot, size }: { readonly slot: FrameSlot; readonly size: number }): void {
    const free = this.#freeTemporaries.get(size) ?? [];
    free.push(slot);
    this.#freeTemporaries.set(size, free);
  }

  /** At the end of a statement: its temporaries can serve the next one. */
  freeTemporaries(): void {
    for (const each of this.#temporariesInUse) this.#addFree(each);
    this.#temporariesInUse = [];
  }
}
