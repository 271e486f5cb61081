import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type LinearFunction,
  type LogLinearFunction,
  llquantizeBucket,
  lquantizeBucket,
  quantizeBucket,
} from "./buckets.ts";
import { type AggregationFunction, bucketsOf, scalarOf } from "./functions.ts";
import { compareRanks, rankOf } from "./order.ts";

/** The last bucket whose lower edge is not above the value; `edges` begin with bucket 1. */
function searchedBucket(edges: readonly bigint[], value: bigint): number {
  return edges.findLastIndex((edge) => edge <= value) + 1;
}

const anyValue = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -2000n, max: 2000n }),
);

const powers = Array.from({ length: 63 }, (_, power) => 2n ** BigInt(power));

test("quantize: a bucket begins at its power of two and is mirrored below zero", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const size = value < 0n ? -value : value;
      const expected = searchedBucket(powers, size);
      assert.equal(quantizeBucket(value), 63 + (value < 0n ? -expected : expected));
    }),
    { seed: 1 },
  );
});

test("quantize: a value is not nearer to zero than its bucket's label", () => {
  const labels = bucketsOf({ name: "quantize" }).map(({ weight }) => weight);
  fc.assert(
    fc.property(anyValue, (value) => {
      const label = labels[quantizeBucket(value)] ?? 0n;
      assert.ok(value < 0n ? value <= label : value >= label);
    }),
    { seed: 2 },
  );
});

const linear: readonly LinearFunction[] = [
  { name: "lquantize", base: -10, limit: 30, step: 10 },
  { name: "lquantize", base: 0, limit: 10, step: 4 },
  { name: "lquantize", base: -1000, limit: 1000, step: 1 },
];

/** What each inner bucket and the last one begin with. */
const edgesOf = (aggregating: AggregationFunction): readonly bigint[] =>
  bucketsOf(aggregating)
    .slice(1)
    .map(({ label }) => BigInt(label.replace(">= ", "")));

for (const aggregating of linear) {
  const { base, limit, step } = aggregating;
  test(`lquantize(x, ${base}, ${limit}, ${step}) counts where it is labelled`, () => {
    const edges = edgesOf(aggregating);
    fc.assert(
      fc.property(anyValue, (value) => {
        assert.equal(lquantizeBucket(aggregating, value), searchedBucket(edges, value));
      }),
      { seed: 3 },
    );
  });
}

const logLinear: readonly LogLinearFunction[] = [
  { name: "llquantize", factor: 10, low: 0, high: 6, steps: 20 },
  { name: "llquantize", factor: 2, low: 0, high: 30, steps: 8 },
  { name: "llquantize", factor: 10, low: 2, high: 5, steps: 100 },
  { name: "llquantize", factor: 6, low: 1, high: 4, steps: 36 },
];

for (const aggregating of logLinear) {
  const { factor, low, high, steps } = aggregating;
  test(`llquantize(x, ${factor}, ${low}, ${high}, ${steps}) counts where it is labelled`, () => {
    const edges = edgesOf(aggregating);
    fc.assert(
      fc.property(anyValue, (value) => {
        assert.equal(llquantizeBucket(aggregating, value), searchedBucket(edges, value));
      }),
      { seed: 4 },
    );
  });
}

const scalars: readonly (readonly [
  AggregationFunction["name"],
  readonly bigint[],
  bigint,
  bigint,
])[] = [
  ["count", [42n], 10n, 4n],
  ["count", [42n], 0n, 42n],
  ["stddev", [8n, 40n, 232n, 0n], 0n, 2n],
  ["sum", [-42n], 10n, -4n],
  ["avg", [4n, -10n], 1n, -2n],
  ["avg", [0n, 0n], 1n, 0n],
  // Divided by the normal first.
  ["avg", [2n, 39n], 10n, 1n],
  ["stddev", [0n, 0n, 0n, 0n], 1n, 0n],
  // 2, 4, 4, 4, 5, 5, 7, 9
  ["stddev", [8n, 40n, 232n, 0n], 1n, 2n],
  // 2^40 and -2^40: the squares need more than 64 bits.
  ["stddev", [2n, 0n, 0n, 2n ** 17n], 1n, 2n ** 40n],
  ["stddev", [2n, 0n, 0n, 2n ** 17n], 2n ** 10n, 2n ** 30n],
];

for (const [name, words, normal, expected] of scalars) {
  test(`${name} of ${words.join(" ")} by ${normal}`, () => {
    assert.equal(scalarOf({ name } as AggregationFunction, words, normal), expected);
  });
}

const quantize: AggregationFunction = { name: "quantize" };

function distribution(...values: readonly bigint[]): readonly bigint[] {
  const words = bucketsOf(quantize).map(() => 0n);
  for (const value of values) words[quantizeBucket(value)] = 1n;
  return words;
}

const ordered: readonly (readonly [
  string,
  AggregationFunction,
  readonly bigint[],
  readonly bigint[],
])[] = [
  ["sums are signed", { name: "sum" }, [-1n], [1n]],
  ["averages, not sums", { name: "avg" }, [10n, 100n], [1n, 50n]],
  ["distributions by their weight", quantize, distribution(1n, 2n), distribution(4n)],
  ["then by what is at zero", quantize, distribution(-2n, 2n), distribution(0n)],
  [
    "below the lowest power",
    { name: "llquantize", factor: 10, low: 0, high: 2, steps: 10 },
    [0n],
    [5n],
  ],
];

for (const [what, aggregating, less, more] of ordered) {
  test(`order: ${what}`, () => {
    const [low, high] = [less, more].map(rankOf(aggregating));
    assert.ok(low && high);
    assert.ok(compareRanks(low, high) < 0);
    assert.ok(compareRanks(high, low) > 0);
    assert.equal(compareRanks(high, high), 0);
  });
}
