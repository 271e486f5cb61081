/** Aggregations described in JSON, aggregated as the kernel would, and printed. */

import {
  llquantizeBucket,
  lquantizeBucket,
  quantizeBucket,
} from "../../src/format/aggregations/buckets.ts";
import { type AggregationFunction, bucketsOf } from "../../src/format/aggregations/functions.ts";
import { isPackable, type PackedOptions } from "../../src/format/aggregations/packed.ts";
import {
  compilePrinta,
  formatEntries,
  formatHistogram,
  formatPacked,
  type PrintedAggregations,
  type PrintedEntry,
} from "../../src/format/printa.ts";
import type { FormatOptions } from "../../src/format/printf.ts";
import { parseFormat } from "../../src/format/printf-plan.ts";
import type { Value, ValueShape } from "../../src/format/value.ts";
import { fixedNames } from "./fixed-names.ts";

/** Numbers are JSON numbers, or texts where they are larger than those are exact. */
type JsonNumber = number | string;

export interface PrintaScene {
  readonly kind: "printa";
  readonly keys: readonly ValueShape[];
  readonly functions: readonly AggregationFunction[];
  readonly entries: readonly {
    readonly key: readonly JsonKey[];
    /** For each function what is aggregated: a value, or a value and an increment. */
    readonly aggregated: readonly (readonly (JsonNumber | readonly [JsonNumber, JsonNumber])[])[];
  }[];
  readonly normal?: number;
  readonly format?: string;
  /** `agghist`, `aggpack` */
  readonly layout?: "histogram" | "packed";
  readonly zoom?: boolean;
  readonly encoding?: "ascii" | "utf8";
}

type JsonKey =
  | JsonNumber
  | { readonly text: string }
  | { readonly bytes: readonly number[] }
  | { readonly process: number; readonly address: string }
  | { readonly process: number; readonly frames: readonly string[] };

export function printaScene(scene: PrintaScene): string {
  const options: FormatOptions & PackedOptions = {
    names: fixedNames,
    stackIndent: 14,
    zoom: scene.zoom ?? false,
    encoding: scene.encoding,
  };
  const printed: PrintedAggregations = { keyShapes: scene.keys, functions: scene.functions };
  const entries = scene.entries.map(
    ({ key, aggregated }): PrintedEntry => ({
      key: key.map(keyValue),
      values: scene.functions.map((aggregating, index) => ({
        words: aggregate(aggregating, aggregated[index] ?? []),
        normal: BigInt(scene.normal ?? 1),
      })),
    }),
  );
  if (scene.format !== undefined) {
    const result = parseFormat(scene.format);
    if (result.kind === "error") return result.message;
    return compilePrinta(result.plan, printed, options)(entries);
  }
  const [first] = scene.functions;
  if (scene.layout === "histogram") return formatHistogram(printed, entries, options);
  const isPacked = scene.layout === "packed" && first !== undefined && isPackable(first);
  return (isPacked ? formatPacked : formatEntries)(printed, entries, options);
}

function keyValue(key: JsonKey): Value {
  if (typeof key !== "object") return BigInt(key);
  if ("text" in key) return key.text;
  if ("bytes" in key) return Uint8Array.from(key.bytes);
  if ("address" in key) return { process: key.process, address: BigInt(key.address) };
  const space = key.process === 0 ? "kernel" : "user";
  return { space, process: key.process, addresses: key.frames.map(BigInt) };
}

/** The words that the kernel's programs and the consumer would make of these values. */
function aggregate(
  aggregating: AggregationFunction,
  given: PrintaScene["entries"][number]["aggregated"][number],
): readonly bigint[] {
  const pairs = given.map((each): readonly [bigint, bigint] =>
    typeof each === "object" ? [BigInt(each[0]), BigInt(each[1])] : [BigInt(each), 1n],
  );
  const values = pairs.map(([value]) => value);
  const sum = values.reduce((total, value) => total + value, 0n);
  const count = BigInt(values.length);
  switch (aggregating.name) {
    case "count":
      return [count];
    case "sum":
      return [sum];
    case "avg":
      return [count, sum];
    case "stddev": {
      const squares = values.reduce((total, value) => total + value * value, 0n);
      return [count, sum, BigInt.asUintN(64, squares), squares >> 64n];
    }
    case "min":
      return ascending(values).slice(0, 1);
    case "max":
      return ascending(values).slice(-1);
    default:
      return distribute(aggregating, pairs);
  }
}

const ascending = (values: readonly bigint[]): readonly bigint[] =>
  [...values].sort((left, right) => (left < right ? -1 : Number(left > right)));

function distribute(
  aggregating: AggregationFunction,
  pairs: readonly (readonly [bigint, bigint])[],
): readonly bigint[] {
  const words = bucketsOf(aggregating).map(() => 0n);
  for (const [value, increment] of pairs) {
    const bucket = bucketOf(aggregating, value);
    words[bucket] = BigInt.asIntN(64, (words[bucket] ?? 0n) + increment);
  }
  return words;
}

function bucketOf(aggregating: AggregationFunction, value: bigint): number {
  if (aggregating.name === "lquantize") return lquantizeBucket(aggregating, value);
  if (aggregating.name === "llquantize") return llquantizeBucket(aggregating, value);
  return quantizeBucket(value);
}
