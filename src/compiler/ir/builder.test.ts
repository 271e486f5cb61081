import assert from "node:assert/strict";
import { test } from "node:test";
import { IrBuilder } from "./builder.ts";
import { printIr } from "./print-ir.ts";

test("code behind a return is dropped", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  builder.return(0n);
  assert.equal(builder.reachable, false);
  builder.store(builder.mapValue("data", 0), 0, 8, 1n);
  builder.return(1n);
  assert.equal(printIr(builder.finish()), "entry entry\nb0:\n  return 0\n");
});

test("entering a block falls into it from an open one", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  const next = builder.block();
  builder.enter(next);
  builder.return(0n);
  assert.deepEqual(builder.finish().blocks[0]?.terminator, { op: "jump", target: next });
});

test("a block that is jumped to must end", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  builder.jump(builder.block());
  assert.throws(() => builder.finish(), /function entry: block 1 does not end/);
});

test("a block is entered once", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  const next = builder.block();
  builder.enter(next);
  builder.return(0n);
  assert.throws(() => builder.enter(next), /function entry: block 1 entered again/);
});

test("spans nest", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  const span = { start: 1, end: 2, line: 1 };
  builder.withSpan(span, () => builder.copy(1n));
  builder.copy(2n);
  builder.return(0n);
  const spans = builder.finish().blocks[0]?.instructions.map((instruction) => instruction.span);
  assert.deepEqual(spans, [span, undefined]);
});
