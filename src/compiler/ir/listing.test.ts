/** A listing changes nothing of the code, and finds the statement of every instruction. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { IrBuilder } from "./builder.ts";
import { generateCode } from "./lower.ts";

const span = { start: 3, end: 9, line: 2 };

function build(): IrBuilder {
  const builder = new IrBuilder("entry", "entry", 1);
  const context = builder.context();
  builder.withSpan(span, () => {
    const loaded = builder.load(context, 8, 8);
    builder.when("==", loaded, 0n, () => builder.store(context, 0, 8, 1n));
  });
  builder.return(0n);
  return builder;
}

test("the code is the same with a listing as without, spans included", () => {
  const plain = generateCode([build().finish()], { instructionSetV4: true });
  const listed = generateCode([build().finish()], { instructionSetV4: true, listing: true });
  assert.ok(plain.kind === "code" && listed.kind === "code");
  assert.deepEqual(listed.functions, plain.functions);
  assert.deepEqual(plain.listing, []);
});

test("every instruction knows its statement", () => {
  const listed = generateCode([build().finish()], { instructionSetV4: true, listing: true });
  assert.ok(listed.kind === "code");
  const [instructions = [], origins = []] = [
    listed.functions[0]?.instructions,
    listed.listing[0]?.origins,
  ];
  const statements = listed.listing[0]?.ir.blocks.flatMap(
    ({ instructions: inBlock, terminator }) => [...inBlock.map(({ op }) => op), terminator.op],
  );
  const ops = instructions.map(({ instruction: { op } }, index) => {
    const origin = origins[index];
    return [op, origin === undefined ? undefined : statements?.[origin]];
  });
  assert.deepEqual(
    ops.filter(([op]) => op !== "label"),
    [
      ["load", "load"],
      ["jump-if", "branch"],
      ["store", "store"],
      ["move", "return"],
      ["exit", "return"],
    ],
  );
});
