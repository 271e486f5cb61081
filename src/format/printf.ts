/**
 * printf(): a plan and the shapes of its arguments become a function from values to text, made once
 * for a clause. Columns count characters, which are bytes, as in C.
 */

import type { DistributionOptions } from "./aggregations/bars.ts";
import { formatConversion } from "./printf/printf-conversions.ts";
import type { Conversion, ConversionFlags, FormatPlan } from "./printf-plan.ts";
import type { NameSource, Value, ValueShape } from "./value.ts";

export interface FormatOptions extends DistributionOptions {
  readonly names: NameSource;
  /** Spaces before a frame of a stack that is shown without a format. */
  readonly stackIndent: number;
  /** `rawbytes`: keys that are bytes are dumped, also where they look like text. */
  readonly rawBytes?: boolean;
}

/** Text of one record's values, in the order of the arguments. */
export type Formatter = (values: readonly Value[]) => string;

/** `aggregation` is the position of the first aggregation value, for `%@`. */
export interface Arguments {
  readonly shapes: readonly ValueShape[];
  readonly aggregation?: number;
}

type Step = (values: readonly Value[]) => string;

export function compileFormat(
  plan: FormatPlan,
  given: Arguments,
  options: FormatOptions,
): Formatter {
  const cursor = new ArgumentCursor(given);
  const steps = plan.pieces.flatMap((piece) => {
    if (piece.kind === "text") return [() => piece.text];
    if (piece.name === "%") return [() => "%"];
    const target = cursor.targetOf(piece);
    if (target === undefined) return [];
    const isKey = given.aggregation !== undefined;
    return [compileConversion(piece, { ...target, isKey }, options)];
  });
  return (values) => {
    let text = "";
    for (const step of steps) text += step(values);
    return text;
  };
}

/** Hands out arguments to conversions, left to right. */
class ArgumentCursor {
  readonly #shapes: readonly ValueShape[];
  #next = 0;
  #nextAggregation: number;

  constructor({ shapes, aggregation = shapes.length }: Arguments) {
    this.#shapes = shapes;
    this.#nextAggregation = aggregation;
  }

  /** Undefined where printa() has more conversions than keys. */
  targetOf(conversion: Conversion): Target | undefined {
    const width = this.#numberOf(conversion.width);
    const precision = this.#numberOf(conversion.precision);
    const index = conversion.aggregation ? this.#takeAggregation() : this.#take();
    const shape = this.#shapes[index];
    return shape && { index, shape, width, precision };
  }

  #numberOf(given: number | "argument"): NumberSource {
    return given === "argument" ? argumentNumber(this.#take()) : given;
  }

  #take(): number {
    this.#next += 1;
    return this.#next - 1;
  }

  /** The last aggregation serves all conversions that are left. */
  #takeAggregation(): number {
    const index = Math.min(this.#nextAggregation, this.#shapes.length - 1);
    this.#nextAggregation += 1;
    return index;
  }
}

type NumberSource = number | ((values: readonly Value[]) => number);

const argumentNumber =
  (index: number): NumberSource =>
  (values) =>
    Number(BigInt.asIntN(32, BigInt(toNumeric(values[index]))));

const toNumeric = (value: Value | undefined): number | bigint =>
  typeof value === "number" || typeof value === "bigint" ? value : 0;

interface Target {
  readonly index: number;
  readonly shape: ValueShape;
  readonly width: NumberSource;
  readonly precision: NumberSource;
}

function compileConversion(
  conversion: Conversion,
  { index, shape, width, precision, isKey }: Target & { readonly isKey: boolean },
  options: FormatOptions,
): Step {
  const { name, flags } = conversion;
  if (isPlain(flags) && width === 0 && precision === 0 && showsAsIs(name, shape)) {
    return (values) => String(values[index] ?? "");
  }
  if (typeof width === "number" && typeof precision === "number") {
    const layout = { name, flags, width: bounded(width), precision: bounded(precision), isKey };
    return (values) => formatConversion(layout, { value: values[index] ?? 0, shape }, options);
  }
  return (values) => {
    const widthNow = typeof width === "number" ? width : width(values);
    const precisionNow = typeof precision === "number" ? precision : precision(values);
    const layout = {
      name,
      flags: flagsFor(flags, widthNow),
      width: bounded(Math.abs(widthNow)),
      precision: bounded(Math.max(0, precisionNow)),
      isKey,
    };
    return formatConversion(layout, { value: values[index] ?? 0, shape }, options);
  };
}

const isPlain = (flags: ConversionFlags): boolean => !Object.values(flags).includes(true);

/** JavaScript's own text of the value is what the conversion gives. */
function showsAsIs(name: string, shape: ValueShape): boolean {
  if (shape.kind === "string") return name === "s";
  return shape.kind === "integer" && (name === "d" || (name === "i" && shape.signed));
}

/** A traced value may be a width: it must not use up the memory of dtrace. */
const bounded = (columns: number): number => Math.min(columns, 1 << 20);

/** A negative width from an argument means the left side, as in C. */
const flagsFor = (flags: ConversionFlags, width: number): ConversionFlags =>
  width < 0 ? { ...flags, left: true, zero: false } : flags;
