/**
 * printf(): a plan and the shapes of its arguments become a function from records to text, made once
 * for a clause. Columns count characters, which are bytes, as in C.
 */

import type { DistributionOptions } from "./aggregations/bars.ts";
import { type Convert, compileConversion, type NumberSource } from "./printf/compile-conversion.ts";
import type { Conversion, FormatPlan } from "./printf-plan.ts";
import type { NameSource, Value, ValueShape } from "./value.ts";

export interface FormatOptions extends DistributionOptions {
  readonly names: NameSource;
  /** Spaces before a frame of a stack that is shown without a format. */
  readonly stackIndent: number;
  /** `rawbytes`: keys that are bytes are dumped, also where they look like text. */
  readonly rawBytes?: boolean;
  /** `strsize`: of a text that does not print, all of its room is dumped. */
  readonly stringSize?: number;
}

/** Where a value comes from, in whatever the caller has for a record. */
export interface Source<R> {
  readonly shape: ValueShape;
  readonly read: (record: R) => Value;
}

export interface Sources<R> {
  /** In the order of the arguments, or of the keys. */
  readonly values: readonly Source<R>[];
  /** What `%@` takes, for printa() only. */
  readonly aggregations?: readonly Source<R>[];
}

export function compileRecordFormat<R>(
  plan: FormatPlan,
  sources: Sources<R>,
  options: FormatOptions,
): (record: R) => string {
  const cursor = new SourceCursor(sources);
  const texts: string[] = [""];
  const conversions: Convert<R>[] = [];
  for (const piece of plan.pieces) {
    if (piece.kind === "text" || piece.name === "%") {
      texts.push(`${texts.pop() ?? ""}${piece.kind === "text" ? piece.text : "%"}`);
      continue;
    }
    const target = cursor.targetOf(piece);
    if (target === undefined) continue;
    const isKey = sources.aggregations !== undefined;
    conversions.push(compileConversion(piece, { ...target, isKey }, options));
    texts.push("");
  }
  return interleave(texts, conversions);
}

/** The fixed texts of a format with what its conversions give in between; few of them need no loop. */
function interleave<R>(
  texts: readonly string[],
  conversions: readonly Convert<R>[],
): (record: R) => string {
  const [start = "", after = "", then = "", end = ""] = texts;
  const [first, second, third, fourth] = conversions;
  if (first === undefined) return () => start;
  if (second === undefined) return (record) => start + first(record) + after;
  if (third === undefined) {
    return (record) => start + first(record) + after + second(record) + then;
  }
  if (fourth === undefined) {
    return (record) => start + first(record) + after + second(record) + then + third(record) + end;
  }
  return (record) => {
    let text = start;
    for (let index = 0; index < conversions.length; index += 1) {
      text += `${conversions[index]?.(record)}${texts[index + 1]}`;
    }
    return text;
  };
}

interface Target<R> {
  readonly source: Source<R>;
  readonly width: NumberSource<R>;
  readonly precision: NumberSource<R>;
}

/** Hands out sources to conversions, left to right. */
class SourceCursor<R> {
  readonly #values: readonly Source<R>[];
  readonly #aggregations: readonly Source<R>[];
  #next = 0;
  #nextAggregation = 0;

  constructor({ values, aggregations = [] }: Sources<R>) {
    this.#values = values;
    this.#aggregations = aggregations;
  }

  /** Undefined where there are more conversions than values. */
  targetOf(conversion: Conversion): Target<R> | undefined {
    const width = this.#numberOf(conversion.width);
    const precision = this.#numberOf(conversion.precision);
    const source = conversion.aggregation ? this.#takeAggregation() : this.#take();
    return source && { source, width, precision };
  }

  #numberOf(given: number | "argument"): NumberSource<R> {
    return given === "argument" ? numberReader(this.#take()) : given;
  }

  #take(): Source<R> | undefined {
    this.#next += 1;
    return this.#values[this.#next - 1];
  }

  /** The last aggregation serves all conversions that are left. */
  #takeAggregation(): Source<R> | undefined {
    const index = Math.min(this.#nextAggregation, this.#aggregations.length - 1);
    this.#nextAggregation += 1;
    return this.#aggregations[index];
  }
}

/** An `int` of C, whatever the argument's size. */
function numberReader<R>(source: Source<R> | undefined): NumberSource<R> {
  if (source === undefined) return 0;
  return (record) => {
    const value = source.read(record);
    const isNumeric = typeof value === "number" || typeof value === "bigint";
    return isNumeric ? Number(BigInt.asIntN(32, BigInt(value))) : 0;
  };
}
