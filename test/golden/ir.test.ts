/** IR functions as built and the eBPF made of them; `UPDATE_GOLDEN=1` writes what was produced. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { IrBuilder } from "../../src/compiler/ir/builder.ts";
import { generateCode } from "../../src/compiler/ir/lower.ts";
import { printIr } from "../../src/compiler/ir/print-ir.ts";
import { cases } from "./ir/cases.ts";
import { printInstructions } from "./ir/print-instructions.ts";

const folder = join(import.meta.dirname, "ir");

for (const [name, build] of Object.entries(cases)) {
  test(`ir/${name}`, () => {
    const produced = textOf(build, !name.endsWith("-without-v4"));
    const golden = join(folder, `${name}.txt`);
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, produced);
    assert.equal(produced, readFileSync(golden, "utf8"));
  });
}

test("ir: every golden file has its case", () => {
  const files = readdirSync(folder).filter((file) => file.endsWith(".txt"));
  const orphans = files.filter((file) => !(file.slice(0, -".txt".length) in cases));
  assert.deepEqual(orphans, []);
});

function textOf(build: (builder: IrBuilder) => void, instructionSetV4: boolean): string {
  const builder = new IrBuilder("entry", "entry", 1);
  build(builder);
  const irFunction = builder.finish();
  const code = generateCode([irFunction], { instructionSetV4 });
  assert.equal(code.kind, "code");
  const instructions = code.kind === "code" ? (code.functions[0]?.instructions ?? []) : [];
  return `${printIr(irFunction)}\n${printInstructions(instructions)}`;
}
