import assert from "node:assert/strict";
import { test } from "node:test";
import type { AggregationLayout, FieldShape } from "../../compiler/enabling.ts";
import type { Place } from "../../format/value.ts";
import { keyFormOf, rememberedPlaces } from "./aggregation-keys.ts";

function layoutOf(shape: FieldShape): AggregationLayout {
  return {
    id: 1,
    name: "a",
    function: { name: "count" },
    map: "aggregation_1",
    keySize: shape.size,
    cpuOffset: undefined,
    keys: [{ offset: 0, shape }],
    valueSize: 8,
    forms: undefined,
    generationOffset: undefined,
  };
}

/** Functions of 0x100 bytes, ten in a module; nothing below 0x1000. */
function placeOf(address: bigint): Place | undefined {
  if (address < 0x1000n) return undefined;
  const offset = address & 0xffn;
  return {
    module: `m${(address - 0x1000n) / 0xa00n}`,
    symbol: `f${address - offset}`,
    offset,
  };
}

const names = { kernelPlace: placeOf, userPlace: (_: number, address: bigint) => placeOf(address) };

const kernelKey = (address: bigint): Buffer => Buffer.from(new BigUint64Array([address]).buffer);
const userKey = (process: bigint, address: bigint): Buffer =>
  Buffer.from(new BigUint64Array([process, address]).buffer);

function formOf(form: Extract<FieldShape, { kind: "symbol" }>["form"], size: 8 | 16) {
  const shape = { kind: "symbol", form, size } as const;
  const keyNames = { probeName: () => "", placeOf: rememberedPlaces(names) };
  return keyFormOf(layoutOf(shape), keyNames);
}

for (const form of ["sym", "func"] as const) {
  test(`${form}() keys are the same within a function, and kept as its start`, () => {
    const { textOf, bytesOf } = formOf(form, 8);
    assert.equal(textOf(kernelKey(0x2005n)), textOf(kernelKey(0x20ffn)));
    assert.notEqual(textOf(kernelKey(0x20ffn)), textOf(kernelKey(0x2100n)));
    const kept = bytesOf(kernelKey(0x2005n), "");
    assert.equal(kept, kernelKey(0x2000n).toString("latin1"));
  });
}

test("mod() keys are the same within a module", () => {
  const { textOf, bytesOf } = formOf("mod", 8);
  assert.equal(textOf(kernelKey(0x1005n)), textOf(kernelKey(0x1905n)));
  assert.notEqual(textOf(kernelKey(0x1005n)), textOf(kernelKey(0x1a05n)));
  const key = kernelKey(0x1905n);
  assert.equal(bytesOf(key, ""), key.toString("latin1"));
});

test("keys of processes differ by process", () => {
  for (const form of ["usym", "ufunc", "umod"] as const) {
    const { textOf } = formOf(form, 16);
    assert.equal(textOf(userKey(7n, 0x2005n)), textOf(userKey(7n, 0x2006n)), form);
    assert.notEqual(textOf(userKey(7n, 0x2005n)), textOf(userKey(8n, 0x2005n)), form);
  }
});

test("addresses without a name, and uaddr(), stay what they are", () => {
  const func = formOf("func", 8);
  assert.notEqual(func.textOf(kernelKey(0x5n)), func.textOf(kernelKey(0x6n)));
  const uaddr = formOf("uaddr", 16);
  assert.notEqual(uaddr.textOf(userKey(7n, 0x2005n)), uaddr.textOf(userKey(7n, 0x2006n)));
});

test("a key stays the same when its process has ended and has no names any more", () => {
  let isAlive = true;
  const mortal = {
    ...names,
    userPlace: (_: number, address: bigint) => (isAlive ? placeOf(address) : undefined),
  };
  const shape = { kind: "symbol", form: "ufunc", size: 16 } as const;
  const keyNames = { probeName: () => "", placeOf: rememberedPlaces(mortal) };
  const { textOf } = keyFormOf(layoutOf(shape), keyNames);
  const before = textOf(userKey(7n, 0x2005n));
  isAlive = false;
  assert.equal(textOf(userKey(7n, 0x2005n)), before);
});
