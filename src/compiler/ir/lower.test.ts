import assert from "node:assert/strict";
import { test } from "node:test";
import { IrBuilder } from "./builder.ts";
import { generateCode } from "./lower.ts";

const target = { instructionSetV4: true };

test("too much stack is said with what took it", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  for (const size of [100, 400, 16]) {
    const slot = builder.frameSlot(size);
    builder.call("bpf_get_current_comm", [builder.frameAddress(slot, 0), 16n]);
  }
  builder.return(0n);
  assert.deepEqual(generateCode([builder.finish()], target), {
    kind: "frame-overflow",
    function: "entry",
    slots: [400, 100, 16],
    spilled: 0,
    limit: 512,
  });
});

test("spilled values count as stack", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  const values = Array.from({ length: 80 }, (_, index) =>
    builder.load(builder.context(), 8 * index, 8),
  );
  builder.call("bpf_ktime_get_ns", []);
  builder.return(values.reduce((left, right) => builder.alu("^", left, right)));
  const code = generateCode([builder.finish()], target);
  assert.equal(code.kind, "frame-overflow");
  assert.equal(code.kind === "frame-overflow" && code.spilled, 8 * (80 - 4));
});

test("a jump over more than 32767 slots is refused", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  const end = builder.block();
  builder.leaveIf("==", builder.load(builder.context(), 0, 8), 0n, end);
  for (let count = 0; count < 40_000; count++) builder.call("bpf_ktime_get_ns", []);
  builder.jump(end);
  builder.enter(end);
  builder.return(0n);
  const code = generateCode([builder.finish()], target);
  assert.equal(code.kind, "function-too-large");
});

test("a register that some path has not written is a bug that is named", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  const value = builder.virtual();
  const tested = builder.load(builder.context(), 0, 8);
  builder.when("==", tested, 0n, () => builder.loadInto(value, builder.context(), 8, 8));
  builder.return(value);
  assert.throws(
    () => generateCode([builder.finish()], target),
    /function entry: v\d+ is read before it is written/,
  );
});

test("instructions keep the span they were built with", () => {
  const builder = new IrBuilder("entry", "entry", 1);
  const span = { start: 3, end: 9, line: 2 };
  builder.withSpan(span, () => builder.call("bpf_ktime_get_ns", []));
  builder.return(0n);
  const code = generateCode([builder.finish()], target);
  const placed = code.kind === "code" ? code.functions[0]?.instructions : [];
  const call = placed?.find(({ instruction }) => instruction.op === "call-helper");
  assert.deepEqual(call?.span, span);
});
