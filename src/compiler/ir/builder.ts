/**
 * Builds one IrFunction: makes virtual registers and blocks and appends instructions to the current
 * block. Methods that compute return a fresh register; those that name `into` assign to a given one.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type { HelperName } from "../../bpf/helpers.ts";
import type {
  AccessSize,
  AluOperator,
  AtomicOperation,
  Comparison,
} from "../../bpf/instruction.ts";
import type {
  Block,
  BlockId,
  Callee,
  FrameSlot,
  IrFunction,
  IrInstruction,
  IrOperation,
  Terminator,
  Value,
  Virtual,
} from "./ir.ts";

export interface BranchOptions {
  /** 64 where absent. */
  readonly width?: 32 | 64;
  readonly unlikely?: "true" | "false";
}

interface OpenBlock {
  readonly instructions: IrInstruction[];
  terminator: Terminator | undefined;
}

export class IrBuilder {
  /** Given to every instruction emitted from now on; `withSpan` sets it for a while. */
  span: TextSpan | undefined;

  readonly #name: string;
  readonly #role: IrFunction["role"];
  readonly #parameterCount: number;
  readonly #blocks: OpenBlock[] = [];
  readonly #frameSlots: number[] = [];
  #virtualCount = 0;
  /** Undefined after a terminator: what follows cannot be reached and is dropped. */
  #current: OpenBlock | undefined;

  /** The entry block is entered. */
  constructor(name: string, role: IrFunction["role"], parameterCount: number) {
    this.#name = name;
    this.#role = role;
    this.#parameterCount = parameterCount;
    this.enter(this.block());
  }

  virtual(): Virtual {
    const index = this.#virtualCount;
    this.#virtualCount += 1;
    return index as Virtual;
  }

  block(): BlockId {
    this.#blocks.push({ instructions: [], terminator: undefined });
    return (this.#blocks.length - 1) as BlockId;
  }

  /** Continues in `block`; a current block that is still open jumps there. */
  enter(block: BlockId): void {
    this.jump(block);
    this.#current = this.#blockAt(block);
  }

  /** False after a terminator: code emitted now is dropped. */
  get reachable(): boolean {
    return this.#current !== undefined;
  }

  withSpan<Result>(span: TextSpan | undefined, emit: () => Result): Result {
    const outer = this.span;
    this.span = span ?? outer;
    try {
      return emit();
    } finally {
      this.span = outer;
    }
  }

  emit(operation: IrOperation): void {
    this.#current?.instructions.push({ ...operation, span: this.span });
  }

  // Values

  /** A register that holds `value`: itself where it is one. */
  register(value: Value): Virtual {
    return typeof value === "bigint" ? this.copy(value) : value;
  }

  copy(from: Value): Virtual {
    return this.assign(this.virtual(), from);
  }

  assign(into: Virtual, from: Value): Virtual {
    this.emit({ op: "copy", into, from });
    return into;
  }

  alu(operator: AluOperator, left: Value, right: Value): Virtual {
    return this.aluInto(this.virtual(), operator, left, right);
  }

  aluInto(into: Virtual, operator: AluOperator, left: Value, right: Value): Virtual {
    this.emit({ op: "alu", operator, width: 64, into, left, right });
    return into;
  }

  /** Computes on the low halves; the upper half of the result is zero. */
  alu32(operator: AluOperator, left: Value, right: Value): Virtual {
    const into = this.virtual();
    this.emit({ op: "alu", operator, width: 32, into, left, right });
    return into;
  }

  negate(of: Value): Virtual {
    const into = this.virtual();
    this.emit({ op: "negate", into, of });
    return into;
  }

  /** All 64 bits inverted. */
  complement(of: Value): Virtual {
    return this.alu("^", of, -1n);
  }

  extend(from: Value, size: 1 | 2 | 4, signed: boolean): Virtual {
    const into = this.virtual();
    this.emit({ op: "extend", into, from, size, signed });
    return into;
  }

  toBigEndian(from: Value, bits: 16 | 32 | 64): Virtual {
    const into = this.virtual();
    this.emit({ op: "to-big-endian", into, from, bits });
    return into;
  }

  /** 1 where it holds, else 0; on all 64 bits. */
  compare(comparison: Comparison, left: Value, right: Value): Virtual {
    const into = this.virtual();
    this.emit({ op: "compare", comparison, into, left, right });
    return into;
  }

  // Memory

  load(base: Virtual, offset: number, size: AccessSize): Virtual {
    return this.loadInto(this.virtual(), base, offset, size);
  }

  loadInto(into: Virtual, base: Virtual, offset: number, size: AccessSize): Virtual {
    this.emit({ op: "load", into, base, offset, size, pure: false });
    return into;
  }

  /** The same load gives the same value for the whole firing. */
  loadPure(base: Virtual, offset: number, size: AccessSize): Virtual {
    const into = this.virtual();
    this.emit({ op: "load", into, base, offset, size, pure: true });
    return into;
  }

  store(base: Virtual, offset: number, size: AccessSize, from: Value): void {
    this.emit({ op: "store", base, offset, size, from });
  }

  /** Nothing is fetched. */
  atomic(
    operation: "+" | "|" | "&" | "^",
    base: Virtual,
    offset: number,
    size: 4 | 8,
    from: Value,
  ): void {
    this.#atomic(operation, undefined, base, offset, size, from, undefined);
  }

  /** Gives the old value. */
  atomicFetch(
    operation: Exclude<AtomicOperation, "compare-exchange">,
    base: Virtual,
    offset: number,
    size: 4 | 8,
    from: Value,
  ): Virtual {
    const into = this.virtual();
    this.#atomic(operation, into, base, offset, size, from, undefined);
    return into;
  }

  /** Stores `from` where the memory holds `expected`; gives the old value. */
  compareExchange(
    base: Virtual,
    offset: number,
    size: 4 | 8,
    expected: Value,
    from: Value,
  ): Virtual {
    const into = this.virtual();
    this.#atomic("compare-exchange", into, base, offset, size, from, expected);
    return into;
  }

  #atomic(
    operation: AtomicOperation,
    into: Virtual | undefined,
    base: Virtual,
    offset: number,
    size: 4 | 8,
    from: Value,
    expected: Value | undefined,
  ): void {
    this.emit({ op: "atomic", operation, into, size, base, offset, from, expected });
  }

  // Addresses

  context(): Virtual {
    const into = this.virtual();
    this.emit({ op: "context", into });
    return into;
  }

  parameter(index: number): Virtual {
    const into = this.virtual();
    this.emit({ op: "parameter", into, index });
    return into;
  }

  /** Room on the stack, 8-byte aligned, for as long as the function runs. */
  frameSlot(size: number): FrameSlot {
    this.#frameSlots.push(size);
    return (this.#frameSlots.length - 1) as FrameSlot;
  }

  frameAddress(slot: FrameSlot, offset: number): Virtual {
    const into = this.virtual();
    this.emit({ op: "frame-address", into, slot, offset });
    return into;
  }

  map(map: string): Virtual {
    const into = this.virtual();
    this.emit({ op: "map", into, map });
    return into;
  }

  mapValue(map: string, offset: number): Virtual {
    const into = this.virtual();
    this.emit({ op: "map-value", into, map, offset });
    return into;
  }

  functionAddress(name: string): Virtual {
    const into = this.virtual();
    this.emit({ op: "function-address", into, function: name });
    return into;
  }

  // Calls

  call(helper: HelperName, values: readonly Value[]): Virtual {
    return this.#call({ kind: "helper", name: helper }, values, false);
  }

  /** No effect, and the same result for the same arguments during one firing. */
  callPure(helper: HelperName, values: readonly Value[]): Virtual {
    return this.#call({ kind: "helper", name: helper }, values, true);
  }

  callKfunc(name: string, values: readonly Value[]): Virtual {
    return this.#call({ kind: "kfunc", name }, values, false);
  }

  callFunction(name: string, values: readonly Value[]): Virtual {
    return this.#call({ kind: "function", name }, values, false);
  }

  #call(callee: Callee, values: readonly Value[], pure: boolean): Virtual {
    const into = this.virtual();
    this.emit({ op: "call", into, callee, arguments: values, pure });
    return into;
  }

  // Control

  jump(target: BlockId): void {
    this.#terminate({ op: "jump", target });
  }

  branch(
    comparison: Comparison,
    left: Value,
    right: Value,
    whenTrue: BlockId,
    whenFalse: BlockId,
    options?: BranchOptions,
  ): void {
    this.#terminate({
      op: "branch",
      comparison,
      width: options?.width ?? 64,
      left,
      right,
      whenTrue,
      whenFalse,
      unlikely: options?.unlikely,
      span: this.span,
    });
  }

  /** Leaves for `target`, rarely, where the comparison holds; continues in a new block. */
  leaveIf(
    comparison: Comparison,
    left: Value,
    right: Value,
    target: BlockId,
    options?: Pick<BranchOptions, "width">,
  ): void {
    const onward = this.block();
    this.branch(comparison, left, right, target, onward, { ...options, unlikely: "true" });
    this.enter(onward);
  }

  /** Runs `body` where the comparison holds; continues behind it. */
  when(
    comparison: Comparison,
    left: Value,
    right: Value,
    body: () => void,
    options?: BranchOptions,
  ): void {
    const inside = this.block();
    const after = this.block();
    this.branch(comparison, left, right, inside, after, options);
    this.enter(inside);
    body();
    this.enter(after);
  }

  /** Runs one of two bodies; continues behind both. */
  choose(
    comparison: Comparison,
    left: Value,
    right: Value,
    whenTrue: () => void,
    whenFalse: () => void,
    options?: BranchOptions,
  ): void {
    const first = this.block();
    const second = this.block();
    const after = this.block();
    this.branch(comparison, left, right, first, second, options);
    this.enter(first);
    whenTrue();
    this.jump(after);
    this.enter(second);
    whenFalse();
    this.enter(after);
  }

  return(value: Value): void {
    this.#terminate({ op: "return", value });
  }

  finish(): IrFunction {
    return {
      name: this.#name,
      role: this.#role,
      parameterCount: this.#parameterCount,
      virtualCount: this.#virtualCount,
      frameSlots: this.#frameSlots,
      blocks: this.#blocks.map((block, index) => this.#finishBlock(block, index)),
    };
  }

  /** A block made but never used ends in a return and disappears as unreachable. */
  #finishBlock({ instructions, terminator }: OpenBlock, index: number): Block {
    if (terminator) return { instructions, terminator };
    const isTarget = this.#blocks.some((block) => targetsOf(block.terminator).includes(index));
    if (isTarget || instructions.length > 0 || index === 0) {
      throw new Error(`function ${this.#name}: block ${index} does not end`);
    }
    return { instructions, terminator: { op: "return", value: 0n } };
  }

  #terminate(terminator: Terminator): void {
    if (!this.#current) return;
    this.#current.terminator = terminator;
    this.#current = undefined;
  }

  #blockAt(id: BlockId): OpenBlock {
    const block = this.#blocks[id];
    if (!block) throw new Error(`function ${this.#name}: no block ${id}`);
    if (block.terminator) throw new Error(`function ${this.#name}: block ${id} entered again`);
    return block;
  }
}

function targetsOf(terminator: Terminator | undefined): readonly number[] {
  if (terminator?.op === "jump") return [terminator.target];
  if (terminator?.op === "branch") return [terminator.whenTrue, terminator.whenFalse];
  return [];
}
