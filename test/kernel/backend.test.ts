import { test } from "node:test";
import fc from "fast-check";
import type { AluOperator, Comparison } from "../../src/bpf/instruction.ts";
import { IrBuilder } from "../../src/compiler/ir/builder.ts";
import type { IrFunction, Value, Virtual } from "../../src/compiler/ir/ir.ts";
import { cellCount, checkAgainstKernel } from "./backend-runner.ts";

const operators: readonly AluOperator[] = [
  "+",
  "-",
  "*",
  "/",
  "%",
  "s/",
  "s%",
  "|",
  "&",
  "^",
  "<<",
  ">>",
  "s>>",
];

const comparisons: readonly Comparison[] = [
  "==",
  "!=",
  ">",
  ">=",
  "<",
  "<=",
  "s>",
  "s>=",
  "s<",
  "s<=",
  "&",
];

const interesting: readonly bigint[] = [
  0n,
  1n,
  -1n,
  2n,
  5n,
  63n,
  64n,
  255n,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_ffffn,
  0x1_0000_0000n,
  0x7fff_ffff_ffff_ffffn,
  -0x8000_0000_0000_0000n,
  0x1234_5678_9abc_def0n,
];

const word = fc.oneof(
  fc.constantFrom(...interesting),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
);

/** Inputs are the first half of the cells, results the second. */
const half = cellCount / 2;
const inputCells = fc.array(fc.array(word, { minLength: half, maxLength: half }), {
  minLength: 3,
  maxLength: 3,
});

/** A random program: one small number a decision. */
const program = fc.record({
  choices: fc.array(fc.nat(0xffff_ffff), { minLength: 30, maxLength: 400 }),
  inputs: inputCells,
  instructionSetV4: fc.boolean(),
});

class Choices {
  readonly #choices: readonly number[];
  #next = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  get left(): number {
    return this.#choices.length - this.#next;
  }

  below(limit: number): number {
    const choice = this.#choices[this.#next] ?? 0;
    this.#next += 1;
    return choice % limit;
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to choose from");
    return item;
  }
}

class ProgramMaker {
  readonly #builder = new IrBuilder("entry", "entry", 1);
  readonly #choices: Choices;
  readonly #map: Virtual;
  readonly #slot;
  readonly #values: Virtual[] = [];
  #branches = 0;

  constructor(choices: Choices) {
    this.#choices = choices;
    this.#slot = this.#builder.frameSlot(64);
    this.#map = this.#builder.mapValue("data", 0);
    for (let index = 0; index < 12; index++) {
      this.#values.push(this.#builder.load(this.#map, 8 * index, 8));
    }
    for (let offset = 0; offset < 64; offset += 8) {
      this.#builder.store(this.#builder.frameAddress(this.#slot, 0), offset, 8, BigInt(offset));
    }
  }

  make(): IrFunction {
    while (this.#choices.left > 0) this.#step(0);
    for (const [index, value] of this.#values.slice(-half).entries()) {
      this.#builder.store(this.#map, 8 * (half + index), 8, value);
    }
    this.#builder.return(this.#value());
    return this.#builder.finish();
  }

  #value(): Virtual {
    // Mostly recent ones: the rest stays alive for long and must be spilled.
    const reach = this.#choices.below(3) === 0 ? 40 : 8;
    return this.#choices.of(this.#values.slice(-reach));
  }

  #operand(): Value {
    return this.#choices.below(3) === 0 ? this.#choices.of(interesting) : this.#value();
  }

  #step(depth: number): void {
    const builder = this.#builder;
    switch (this.#choices.below(12)) {
      case 0:
      case 1:
      case 2:
        this.#keep(builder.alu(this.#choices.of(operators), this.#operand(), this.#operand()));
        return;
      case 3:
        this.#keep(builder.alu32(this.#choices.of(operators), this.#operand(), this.#operand()));
        return;
      case 4:
        this.#keep(
          builder.extend(
            this.#operand(),
            this.#choices.of([1, 2, 4] as const),
            this.#choices.below(2) === 0,
          ),
        );
        return;
      case 5:
        this.#keep(
          builder.compare(this.#choices.of(comparisons), this.#operand(), this.#operand()),
        );
        return;
      case 6:
        this.#keep(builder.negate(this.#operand()));
        this.#keep(builder.toBigEndian(this.#operand(), this.#choices.of([16, 32, 64] as const)));
        return;
      case 7:
        this.#call();
        return;
      case 8:
        this.#memory();
        return;
      case 9:
        builder.assign(this.#value(), this.#operand());
        builder.aluInto(
          this.#value(),
          this.#choices.of(operators),
          this.#operand(),
          this.#operand(),
        );
        return;
      case 10:
        this.#atomic();
        return;
      default:
        this.#branch(depth);
    }
  }

  #keep(value: Virtual): void {
    this.#values.push(value);
  }

  /** Helpers whose result is not looked at: what counts is that they take r0–r5. */
  #call(): void {
    const clock = this.#builder.call("bpf_ktime_get_ns", []);
    this.#keep(this.#builder.alu("&", clock, 0n));
  }

  #memory(): void {
    const builder = this.#builder;
    const size = this.#choices.of([1, 2, 4, 8] as const);
    const offset = size * this.#choices.below(64 / size);
    const base = this.#choices.below(2) === 0 ? this.#map : builder.frameAddress(this.#slot, 0);
    builder.store(base, offset, size, this.#operand());
    const other = this.#choices.of([1, 2, 4, 8] as const);
    this.#keep(builder.load(base, other * this.#choices.below(64 / other), other));
  }

  #atomic(): void {
    const builder = this.#builder;
    const size = this.#choices.of([4, 8] as const);
    const offset = size * this.#choices.below(64 / size);
    const kind = this.#choices.of(["+", "|", "&", "^", "exchange", "compare-exchange"] as const);
    if (kind === "compare-exchange") {
      const expected = this.#choices.below(2) === 0 ? builder.load(this.#map, offset, size) : 0n;
      this.#keep(builder.compareExchange(this.#map, offset, size, expected, this.#operand()));
    } else if (kind !== "exchange" && this.#choices.below(2) === 0) {
      builder.atomic(kind, this.#map, offset, size, this.#operand());
    } else {
      this.#keep(builder.atomicFetch(kind, this.#map, offset, size, this.#operand()));
    }
  }

  #branch(depth: number): void {
    this.#branches += 1;
    if (depth > 2 || this.#branches > 10) return;
    const builder = this.#builder;
    const side = (): void => {
      const known = this.#values.length;
      for (let steps = this.#choices.below(5); steps >= 0; steps--) this.#step(depth + 1);
      builder.assign(this.#choices.of(this.#values.slice(0, known)), this.#value());
      this.#values.length = known;
    };
    const unlikely = this.#choices.of(["neither", "true", "false"] as const);
    const width = this.#choices.of([32, 64] as const);
    const options = unlikely === "neither" ? { width } : { width, unlikely };
    const comparison = this.#choices.of(comparisons);
    if (this.#choices.below(2) === 0) {
      builder.when(comparison, this.#operand(), this.#operand(), side, options);
    } else {
      builder.choose(comparison, this.#operand(), this.#operand(), side, side, options);
    }
  }
}

test("random programs do in the kernel what the evaluator says", () => {
  fc.assert(
    fc.property(program, ({ choices, inputs, instructionSetV4 }) => {
      const made = new ProgramMaker(new Choices(choices)).make();
      checkAgainstKernel([made], inputs, instructionSetV4);
    }),
    { numRuns: Number(process.env["FC_RUNS"] ?? 60), includeErrorInReport: true },
  );
});

/** Adds up `count` cells in a callback of bpf_loop, which also calls a subprogram. */
function loopProgram(count: bigint): readonly IrFunction[] {
  const entry = new IrBuilder("entry", "entry", 1);
  const sums = entry.frameSlot(16);
  entry.store(entry.frameAddress(sums, 0), 0, 8, 7n);
  entry.store(entry.frameAddress(sums, 0), 8, 8, 0n);
  const callback = entry.functionAddress("step");
  const done = entry.call("bpf_loop", [count, callback, entry.frameAddress(sums, 0), 0n]);
  const map = entry.mapValue("data", 0);
  entry.store(map, 256, 8, entry.load(entry.frameAddress(sums, 0), 0, 8));
  entry.store(map, 264, 8, entry.load(entry.frameAddress(sums, 0), 8, 8));
  entry.store(map, 272, 8, done);
  entry.return(0n);

  const step = new IrBuilder("step", "callback", 2);
  const index = step.parameter(0);
  const memory = step.parameter(1);
  const outside = step.block();
  step.leaveIf(">=", index, 32n, outside);
  const address = step.alu("+", step.mapValue("data", 0), step.alu("<<", index, 3n));
  const cell = step.load(address, 0, 8);
  step.store(memory, 0, 8, step.alu("+", step.load(memory, 0, 8), cell));
  const mixed = step.callFunction("mix", [step.load(memory, 8, 8), cell, 1n, index, -1n]);
  step.store(memory, 8, 8, mixed);
  step.return(0n);
  step.enter(outside);
  step.return(1n);

  const mix = new IrBuilder("mix", "subprogram", 5);
  const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((one) => mix.parameter(one));
  if (a === undefined || b === undefined || c === undefined) throw new Error("no parameters");
  if (d === undefined || e === undefined) throw new Error("no parameters");
  const product = mix.alu("*", mix.alu("^", a, b), mix.alu("+", c, d));
  mix.return(mix.alu("-", product, e));
  return [entry.finish(), step.finish(), mix.finish()];
}

test("callbacks and subprograms", () => {
  const inputs = fc.sample(inputCells, { numRuns: 3, seed: 1 }).flat();
  checkAgainstKernel(loopProgram(20n), inputs, true);
  checkAgainstKernel(loopProgram(40n), inputs, false);
});

test("a loop of blocks", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  const map = builder.mapValue("data", 0);
  const [index, previous, current] = [0n, 0n, 1n].map((start) => builder.copy(start));
  if (index === undefined || previous === undefined || current === undefined) {
    throw new Error("no variables");
  }
  const head = builder.block();
  const body = builder.block();
  const after = builder.block();
  builder.enter(head);
  builder.branch("<", index, 30n, body, after);
  builder.enter(body);
  const next = builder.alu("+", previous, current);
  builder.assign(previous, current);
  builder.assign(current, next);
  builder.aluInto(index, "+", index, 1n);
  builder.jump(head);
  builder.enter(after);
  builder.store(map, 256, 8, previous);
  builder.store(map, 264, 8, current);
  builder.return(index);
  checkAgainstKernel([builder.finish()], [[]], true);
});

test("every operator, width and comparison on the corner values", () => {
  const pairs = interesting.flatMap((left) => interesting.map((right) => [left, right]));
  for (const instructionSetV4 of [true, false]) {
    for (const width of [32, 64] as const) {
      const builder = new IrBuilder("entry", "entry", 1);
      const map = builder.mapValue("data", 0);
      const left = builder.load(map, 0, 8);
      const right = builder.load(map, 8, 8);
      for (const [index, operator] of operators.entries()) {
        const result =
          width === 64 ? builder.alu(operator, left, right) : builder.alu32(operator, left, right);
        builder.store(map, 256 + 8 * index, 8, result);
      }
      for (const [index, comparison] of comparisons.entries()) {
        builder.store(map, 384 + index, 1, builder.compare(comparison, left, right));
        const holds = builder.copy(0n);
        builder.when(comparison, left, right, () => builder.assign(holds, 1n), { width });
        builder.store(map, 400 + index, 1, holds);
      }
      builder.return(0n);
      checkAgainstKernel([builder.finish()], pairs, instructionSetV4);
    }
  }
});
