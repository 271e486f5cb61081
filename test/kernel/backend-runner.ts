/** Runs IR functions in the kernel and in the evaluator on the same map and compares the map. */

import assert from "node:assert/strict";
import type { IrFunction } from "../../src/compiler/ir/ir.ts";
import { generateCode } from "../../src/compiler/ir/lower.ts";
import { printIr } from "../../src/compiler/ir/print-ir.ts";
import { lookupElement, runRawTracepoint, updateElement } from "../../src/kernel/bpf-syscall.ts";
import { createBtfSource } from "../../src/kernel/btf-source.ts";
import { KernelFeatures } from "../../src/kernel/features/kernel-features.ts";
import { LoadedMaps, loadProgram } from "../../src/kernel/load.ts";
import { Evaluator } from "./backend-evaluator.ts";

export const cellCount = 64;

const features = new KernelFeatures(createBtfSource());

/** The map `data` with one value of `cellCount` 64-bit cells. */
export function checkAgainstKernel(
  functions: readonly IrFunction[],
  inputs: readonly (readonly bigint[])[],
  instructionSetV4: boolean,
): void {
  const code = generateCode(functions, {
    instructionSetV4: instructionSetV4 && features.instructionSetV4,
  });
  assert.equal(code.kind, "code");
  if (code.kind !== "code") return;
  const valueSize = 8 * cellCount;
  using maps = LoadedMaps.create([
    { name: "data", type: "array", keySize: 4, valueSize, maxEntries: 1, flags: [] },
  ]);
  using program = loadProgram(
    { name: "backend", type: "raw-tracepoint", functions: code.functions },
    maps,
  );
  const { descriptor } = maps.get("data");
  const key = new Uint32Array([0]).buffer;
  const entry = functions[0];
  assert.ok(entry);
  for (const cells of inputs) {
    updateElement(descriptor, key, cellsOf(cells));
    const returned = runRawTracepoint(program.descriptor, []);
    const actual = new ArrayBuffer(valueSize);
    assert.ok(lookupElement(descriptor, key, actual));

    const expected = cellsOf(cells);
    const evaluator = new Evaluator(functions, expected, 0n);
    const expectedReturn: number = Number(BigInt.asUintN(32, evaluator.run(entry, [])));
    const text = functions.map(printIr).join("");
    assert.deepEqual(hex(actual), hex(expected), text);
    assert.equal(returned >>> 0, expectedReturn, text);
  }
}

function cellsOf(cells: readonly bigint[]): ArrayBuffer {
  const words = new BigUint64Array(cellCount);
  for (const [index, cell] of cells.entries()) words[index] = BigInt.asUintN(64, cell);
  return words.buffer;
}

function hex(buffer: ArrayBuffer): string[] {
  return [...new BigUint64Array(buffer)].map((word) => word.toString(16));
}
