/**
 * Evaluates IR functions on bigint, straight from the contract in ir.ts: the judge of what the back
 * end makes of them. Addresses are numbers that only loads, stores and additions understand.
 */

import type { AluOperator, Comparison } from "../../src/bpf/instruction.ts";
import type { IrFunction, IrOperation, Terminator, Value } from "../../src/compiler/ir/ir.ts";

const memoryUnit = 1n << 32n;

export class Evaluator {
  /** By the upper half of the address. */
  readonly #memories: DataView[] = [];
  readonly #mapAddress: bigint;
  readonly #functions: ReadonlyMap<string, IrFunction>;
  /** What every helper but `bpf_loop` returns. */
  readonly #helperResult: bigint;

  constructor(functions: readonly IrFunction[], mapValue: ArrayBuffer, helperResult: bigint) {
    this.#functions = new Map(functions.map((one) => [one.name, one]));
    this.#mapAddress = this.#newMemory(mapValue);
    this.#helperResult = helperResult;
  }

  run(irFunction: IrFunction, parameters: readonly bigint[]): bigint {
    const activation = new Activation(irFunction, parameters, (size) =>
      this.#newMemory(new ArrayBuffer(size)),
    );
    let block = irFunction.blocks[0];
    while (block) {
      for (const operation of block.instructions) this.#operation(activation, operation);
      const next = this.#terminator(activation, block.terminator);
      if (typeof next === "bigint") return next;
      block = irFunction.blocks[next];
    }
    throw new Error("a block is missing");
  }

  #newMemory(buffer: ArrayBuffer): bigint {
    this.#memories.push(new DataView(buffer));
    return BigInt(this.#memories.length) * memoryUnit;
  }

  #terminator(activation: Activation, terminator: Terminator): number | bigint {
    if (terminator.op === "jump") return terminator.target;
    if (terminator.op === "return") return activation.read(terminator.value);
    const { comparison, width, left, right, whenTrue, whenFalse } = terminator;
    const holds = compare(comparison, width, activation.read(left), activation.read(right));
    return holds ? whenTrue : whenFalse;
  }

  #operation(activation: Activation, operation: IrOperation): void {
    switch (operation.op) {
      case "store":
        this.#write(activation, operation, activation.read(operation.from));
        return;
      case "atomic":
        this.#atomic(activation, operation);
        return;
      case "call": {
        const result = this.#call(activation, operation);
        if (operation.into !== undefined) activation.write(operation.into, result);
        return;
      }
      default:
        activation.write(operation.into, this.#value(activation, operation));
    }
  }

  #value(
    activation: Activation,
    operation: Exclude<IrOperation, { op: "store" | "atomic" | "call" }>,
  ): bigint {
    switch (operation.op) {
      case "load":
        return this.#load(activation, operation);
      case "map-value":
        return this.#mapAddress + BigInt(operation.offset);
      case "frame-address":
        return activation.slot(operation.slot) + BigInt(operation.offset);
      case "parameter":
        return activation.parameters[operation.index] ?? 0n;
      case "map":
      case "context":
      case "function-address":
        return 0n;
      default:
        return pureValue(activation, operation);
    }
  }

  #load(activation: Activation, access: Access): bigint {
    const [memory, at] = this.#locate(activation, access);
    switch (access.size) {
      case 1:
        return BigInt(memory.getUint8(at));
      case 2:
        return BigInt(memory.getUint16(at, true));
      case 4:
        return BigInt(memory.getUint32(at, true));
      case 8:
        return memory.getBigUint64(at, true);
    }
  }

  #write(activation: Activation, access: Access, value: bigint): void {
    const [memory, at] = this.#locate(activation, access);
    for (let byte = 0; byte < access.size; byte++) {
      memory.setUint8(at + byte, Number((value >> BigInt(8 * byte)) & 0xffn));
    }
  }

  #locate(activation: Activation, { base, offset }: Access): [DataView, number] {
    const address = activation.read(base) + BigInt(offset);
    const memory = this.#memories[Number(address / memoryUnit) - 1];
    if (!memory) throw new Error("a load from nowhere");
    return [memory, Number(address % memoryUnit)];
  }

  #atomic(activation: Activation, operation: Extract<IrOperation, { op: "atomic" }>): void {
    const bits = operation.size * 8;
    const old = this.#load(activation, operation);
    const from = BigInt.asUintN(bits, activation.read(operation.from));
    const changed = (): bigint => {
      switch (operation.operation) {
        case "exchange":
          return from;
        case "compare-exchange":
          return old === BigInt.asUintN(bits, activation.read(operation.expected ?? 0n))
            ? from
            : old;
        default:
          return alu(operation.operation, 64, old, from);
      }
    };
    this.#write(activation, operation, changed());
    if (operation.into !== undefined) activation.write(operation.into, old);
  }

  #call(activation: Activation, call: Extract<IrOperation, { op: "call" }>): bigint {
    const values = call.arguments.map((value) => activation.read(value));
    if (call.callee.kind === "function") return this.#run(call.callee.name, values);
    if (call.callee.name !== "bpf_loop") return this.#helperResult;
    const [count = 0n, , context = 0n] = values;
    const callback = activation.functionNamed(call.arguments[1]);
    for (let index = 0n; index < count; index++) {
      if (this.#run(callback, [index, context]) !== 0n) return index + 1n;
    }
    return count;
  }

  #run(name: string, parameters: readonly bigint[]): bigint {
    const irFunction = this.#functions.get(name);
    if (!irFunction) throw new Error(`no function ${name}`);
    return this.run(irFunction, parameters);
  }
}

interface Access {
  readonly base: Value;
  readonly offset: number;
  readonly size: 1 | 2 | 4 | 8;
}

class Activation {
  readonly parameters: readonly bigint[];
  readonly #function: IrFunction;
  readonly #registers = new Map<number, bigint>();
  readonly #slots: readonly bigint[];

  constructor(
    irFunction: IrFunction,
    parameters: readonly bigint[],
    newMemory: (size: number) => bigint,
  ) {
    this.parameters = parameters;
    this.#function = irFunction;
    this.#slots = irFunction.frameSlots.map(newMemory);
  }

  read(value: Value): bigint {
    if (typeof value === "bigint") return BigInt.asUintN(64, value);
    const held = this.#registers.get(value);
    if (held === undefined) throw new Error(`v${value} is read before it is written`);
    return held;
  }

  write(into: number, value: bigint): void {
    this.#registers.set(into, BigInt.asUintN(64, value));
  }

  slot(index: number): bigint {
    return this.#slots[index] ?? 0n;
  }

  functionNamed(value: Value | undefined): string {
    for (const { instructions } of this.#function.blocks) {
      for (const one of instructions) {
        if (one.op === "function-address" && one.into === value) return one.function;
      }
    }
    throw new Error("no callback");
  }
}

function pureValue(
  activation: Activation,
  operation: Extract<
    IrOperation,
    { op: "copy" | "alu" | "negate" | "extend" | "to-big-endian" | "compare" }
  >,
): bigint {
  switch (operation.op) {
    case "copy":
      return activation.read(operation.from);
    case "negate":
      return -activation.read(operation.of);
    case "alu":
      return alu(
        operation.operator,
        operation.width,
        activation.read(operation.left),
        activation.read(operation.right),
      );
    case "extend": {
      const bits = operation.size * 8;
      const from = activation.read(operation.from);
      return operation.signed ? BigInt.asIntN(bits, from) : BigInt.asUintN(bits, from);
    }
    case "to-big-endian":
      return reversed(activation.read(operation.from), operation.bits / 8);
    case "compare":
      return compare(
        operation.comparison,
        64,
        activation.read(operation.left),
        activation.read(operation.right),
      )
        ? 1n
        : 0n;
  }
}

function reversed(value: bigint, bytes: number): bigint {
  let result = 0n;
  for (let index = 0; index < bytes; index++) {
    result = (result << 8n) | ((value >> BigInt(8 * index)) & 0xffn);
  }
  return result;
}

export function alu(operator: AluOperator, width: 32 | 64, left: bigint, right: bigint): bigint {
  const a = BigInt.asUintN(width, left);
  const b = BigInt.asUintN(width, right);
  const signedA = BigInt.asIntN(width, left);
  const signedB = BigInt.asIntN(width, right);
  const shift = b & BigInt(width - 1);
  const results: Record<AluOperator, () => bigint> = {
    "+": () => a + b,
    "-": () => a - b,
    "*": () => a * b,
    "/": () => (b === 0n ? 0n : a / b),
    "%": () => (b === 0n ? a : a % b),
    "s/": () => (b === 0n ? 0n : signedA / signedB),
    "s%": () => (b === 0n ? signedA : signedA % signedB),
    "|": () => a | b,
    "&": () => a & b,
    "^": () => a ^ b,
    "<<": () => a << shift,
    ">>": () => a >> shift,
    "s>>": () => signedA >> shift,
  };
  return BigInt.asUintN(width, results[operator]());
}

export function compare(
  comparison: Comparison,
  width: 32 | 64,
  left: bigint,
  right: bigint,
): boolean {
  const a = BigInt.asUintN(width, left);
  const b = BigInt.asUintN(width, right);
  const signedA = BigInt.asIntN(width, left);
  const signedB = BigInt.asIntN(width, right);
  const results: Record<Comparison, () => boolean> = {
    "==": () => a === b,
    "!=": () => a !== b,
    ">": () => a > b,
    ">=": () => a >= b,
    "<": () => a < b,
    "<=": () => a <= b,
    "s>": () => signedA > signedB,
    "s>=": () => signedA >= signedB,
    "s<": () => signedA < signedB,
    "s<=": () => signedA <= signedB,
    "&": () => (a & b) !== 0n,
  };
  return results[comparison]();
}
