import assert from "node:assert/strict";
import { test } from "node:test";
import type { MapSpec } from "../../bpf/map-spec.ts";
import type { Options } from "../../compiler/options/options.ts";
import { initialOptions, setOption } from "../../compiler/options/options.ts";
import { fitBuffers } from "./fit-buffers.ts";

const gibibyte = 2 ** 30;

function settings(values: Readonly<Record<string, string>>): Options {
  const options = initialOptions();
  for (const [name, value] of Object.entries(values))
    setOption(options, "command-line", { name, value });
  return options;
}

const ring = (size: number): MapSpec => ({
  name: "buffer_0",
  type: "ring-buffer",
  keySize: 0,
  valueSize: 0,
  maxEntries: size,
  flags: [],
});

const aggregation = (maxEntries: number): MapSpec => ({
  name: "aggregation_1",
  type: "hash",
  keySize: 8,
  valueSize: 8,
  maxEntries,
  flags: ["no-preallocation"],
});

const fit = (maps: readonly MapSpec[], values: Readonly<Record<string, string>>) =>
  fitBuffers(maps, settings(values), () => 8 * gibibyte);

test("what fits stays as it is", () => {
  const maps = [ring(1 << 22), aggregation(1000)];
  assert.deepEqual(fit(maps, {}), { maps, notices: [] });
});

test("buffers share a sixteenth of the memory", () => {
  const maps = [ring(4 * gibibyte), ring(4 * gibibyte)];
  const fitted = fit(maps, { bufsize: "4g" });
  assert.deepEqual(fitted.maps, [ring(gibibyte / 4), ring(gibibyte / 4)]);
  assert.deepEqual(fitted.notices, ["buffer size lowered to 256m"]);
});

test("buffers of an array are lowered together", () => {
  const buffers: MapSpec = {
    ...ring(8),
    name: "buffers",
    type: "array-of-maps",
    inner: ring(gibibyte),
  };
  const fitted = fit([buffers], { bufsize: "1g" });
  assert.deepEqual(fitted.maps[0]?.inner, ring(gibibyte / 16));
});

test("an aggregation is lowered to what the kernel takes", () => {
  const fitted = fit([aggregation(2 ** 40)], { aggsize: "100t" });
  assert.deepEqual(fitted.maps, [aggregation(2 ** 25)]);
  assert.deepEqual(fitted.notices, ["aggregation size lowered to 3200m"]);
});

for (const [name, maps] of [
  ["bufsize", [ring(2 ** 47)]],
  ["aggsize", [aggregation(2 ** 40)]],
  ["specsize", []],
] as const) {
  test(`bufresize=manual refuses ${name}=100t`, () => {
    assert.throws(
      () => fit(maps, { [name]: "100t", bufresize: "manual" }),
      /size of 100t: ENOMEM \(bufresize=auto takes less\)/,
    );
  });
}
