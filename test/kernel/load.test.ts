import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlacedInstruction } from "../../src/bpf/instruction.ts";
import {
  listIds,
  lookupBatch,
  lookupElement,
  objectId,
  openRawTracepoint,
  runRawTracepoint,
  updateElement,
} from "../../src/kernel/bpf-syscall.ts";
import { possibleCpuCount } from "../../src/kernel/cpus.ts";
import { VerifierError } from "../../src/kernel/kernel-error.ts";
import { LoadedMaps, loadProgram } from "../../src/kernel/load.ts";
import { mapArray, RingMemory } from "../../src/kernel/memory.ts";
import {
  entry,
  exit,
  goneFromKernel,
  immediate,
  isBalanced,
  jumpIf,
  label,
  map,
  move,
  place,
  rawTracepoint,
} from "./blueprints.ts";

const r = (register: 0 | 1 | 2 | 3 | 4 | 5 | 6) => ({ register });

test("a map gives back what was stored", () => {
  isBalanced(() => {
    using maps = LoadedMaps.create([map({})]);
    const { descriptor } = maps.get("test");
    const key = new Uint32Array([7]).buffer;
    const value = new BigUint64Array(1);

    assert.equal(lookupElement(descriptor, key, value.buffer), false);
    updateElement(descriptor, key, new BigUint64Array([42n]).buffer);
    assert.equal(lookupElement(descriptor, key, value.buffer), true);
    assert.equal(value[0], 42n);
  });
});

test("a batch of a per-CPU hash has a value for each CPU", () => {
  isBalanced(() => {
    using maps = LoadedMaps.create([map({ type: "percpu-hash" })]);
    const { descriptor } = maps.get("test");
    const cpus = possibleCpuCount();
    const values = BigUint64Array.from({ length: cpus }, (_, cpu) => BigInt(cpu + 1));
    updateElement(descriptor, new Uint32Array([9]).buffer, values.buffer);

    const batch = {
      keys: new ArrayBuffer(16 * 4),
      values: new ArrayBuffer(16 * 8 * cpus),
      capacity: 16,
      position: undefined,
    };
    const result = lookupBatch(descriptor, batch);
    assert.ok(typeof result === "object");
    assert.equal(result.count, 1);
    assert.equal(result.last, true);
    assert.equal(new Uint32Array(batch.keys)[0], 9);
    assert.deepEqual(new BigUint64Array(batch.values).subarray(0, cpus), values);
  });
});

test("a program runs and returns a value", () => {
  isBalanced(() => {
    using maps = LoadedMaps.create([]);
    using program = loadProgram(
      rawTracepoint(
        entry(
          { op: "load", into: 0, base: 1, offset: 8, size: 8 },
          { op: "alu", operator: "+", width: 64, into: 0, by: immediate(1) },
          exit,
        ),
      ),
      maps,
    );
    assert.equal(runRawTracepoint(program.descriptor, [1n, 41n]), 42);
  });
});

test("frozen contents and mapped arrays are what the program sees", () => {
  isBalanced(() => {
    using maps = LoadedMaps.create([
      map({
        name: "constants",
        type: "array",
        maxEntries: 1,
        contents: new Uint8Array([5, 0, 0, 0, 0, 0, 0, 0]),
        frozen: true,
      }),
      map({ name: "words", type: "array", valueSize: 16, maxEntries: 1, flags: ["mappable"] }),
    ]);
    using memory = mapArray(maps.get("words").descriptor, 16, 1);
    using program = loadProgram(
      rawTracepoint(
        entry(
          { op: "load-map-value", into: 1, map: "constants", offset: 0 },
          { op: "load", into: 2, base: 1, offset: 0, size: 8 },
          { op: "load-map-value", into: 1, map: "words", offset: 8 },
          { op: "atomic", operation: "+", fetch: false, size: 8, base: 1, offset: 0, from: 2 },
          { op: "move", width: 64, into: 0, from: immediate(0) },
          exit,
        ),
      ),
      maps,
    );
    runRawTracepoint(program.descriptor, []);
    runRawTracepoint(program.descriptor, []);
    assert.equal(new BigInt64Array(memory.view)[1], 10n);
  });
});

test("a record reserved in the ring of the CPU arrives", () => {
  isBalanced(() => {
    const size = 65_536;
    using maps = LoadedMaps.create([
      map({
        name: "buffers",
        type: "array-of-maps",
        valueSize: 4,
        maxEntries: possibleCpuCount(),
        inner: map({
          name: "ring",
          type: "ring-buffer",
          keySize: 0,
          valueSize: 0,
          maxEntries: size,
        }),
      }),
    ]);
    using program = loadProgram(
      rawTracepoint(
        entry(
          { op: "call-helper", helper: "bpf_get_smp_processor_id" },
          { op: "store", base: 10, offset: -4, size: 4, from: r(0) },
          { op: "move", width: 64, into: 2, from: { register: 10 } },
          { op: "alu", operator: "+", width: 64, into: 2, by: immediate(-4) },
          { op: "load-map", into: 1, map: "buffers" },
          { op: "call-helper", helper: "bpf_map_lookup_elem" },
          {
            op: "jump-if",
            comparison: "==",
            width: 64,
            left: 0,
            right: immediate(0),
            target: "out",
          },
          { op: "move", width: 64, into: 1, from: r(0) },
          { op: "move", width: 64, into: 2, from: immediate(16) },
          { op: "move", width: 64, into: 3, from: immediate(0) },
          { op: "call-helper", helper: "bpf_ringbuf_reserve" },
          {
            op: "jump-if",
            comparison: "==",
            width: 64,
            left: 0,
            right: immediate(0),
            target: "out",
          },
          { op: "store", base: 0, offset: 0, size: 8, from: immediate(77) },
          { op: "move", width: 64, into: 1, from: r(0) },
          { op: "move", width: 64, into: 2, from: immediate(1) },
          { op: "call-helper", helper: "bpf_ringbuf_submit" },
          { op: "label", label: "out" },
          { op: "move", width: 64, into: 0, from: immediate(0) },
          exit,
        ),
      ),
      maps,
    );
    runRawTracepoint(program.descriptor, [], 0);
    const [ring] = maps.get("buffers").inner;
    assert.ok(ring);
    using memory = new RingMemory(ring, size);
    assert.equal(new Int32Array(memory.producer)[0], 24);
    assert.equal(new Int32Array(memory.data)[0], 16);
    assert.equal(new Int32Array(memory.data)[2], 77);
    assert.equal(new Int32Array(memory.data)[size / 4 + 2], 77);
  });
});

test("a callback of bpf_loop runs as often as asked", () => {
  isBalanced(() => {
    using maps = LoadedMaps.create([map({ name: "words", type: "array", maxEntries: 1 })]);
    using program = loadProgram(
      rawTracepoint(
        entry(
          { op: "move", width: 64, into: 1, from: immediate(1000) },
          { op: "load-function", into: 2, function: "body" },
          { op: "move", width: 64, into: 3, from: immediate(0) },
          { op: "move", width: 64, into: 4, from: immediate(0) },
          { op: "call-helper", helper: "bpf_loop" },
          exit,
        ),
        {
          name: "body",
          role: "callback",
          instructions: place([
            { op: "load-map-value", into: 1, map: "words", offset: 0 },
            { op: "move", width: 64, into: 2, from: immediate(1) },
            { op: "atomic", operation: "+", fetch: false, size: 8, base: 1, offset: 0, from: 2 },
            { op: "move", width: 64, into: 0, from: immediate(0) },
            exit,
          ]),
        },
      ),
      maps,
    );
    assert.equal(runRawTracepoint(program.descriptor, []), 1000);
    const value = new BigUint64Array(1);
    lookupElement(maps.get("words").descriptor, new ArrayBuffer(4), value.buffer);
    assert.equal(value[0], 1000n);
  });
});

test("task storage keeps a value for the running thread", () => {
  isBalanced(() => {
    using maps = LoadedMaps.create([
      map({
        name: "thread",
        type: "task-storage",
        valueSize: 16,
        maxEntries: 0,
        flags: ["no-preallocation"],
      }),
    ]);
    using program = loadProgram(
      rawTracepoint(
        entry(
          { op: "call-helper", helper: "bpf_get_current_task_btf" },
          { op: "move", width: 64, into: 2, from: r(0) },
          { op: "load-map", into: 1, map: "thread" },
          { op: "move", width: 64, into: 3, from: immediate(0) },
          { op: "move", width: 64, into: 4, from: immediate(1) },
          { op: "call-helper", helper: "bpf_task_storage_get" },
          {
            op: "jump-if",
            comparison: "==",
            width: 64,
            left: 0,
            right: immediate(0),
            target: "out",
          },
          { op: "load", into: 6, base: 0, offset: 8, size: 8 },
          { op: "alu", operator: "+", width: 64, into: 6, by: immediate(1) },
          { op: "store", base: 0, offset: 8, size: 8, from: r(6) },
          { op: "move", width: 64, into: 0, from: r(6) },
          { op: "label", label: "out" },
          exit,
        ),
      ),
      maps,
    );
    assert.equal(runRawTracepoint(program.descriptor, []), 1);
    assert.equal(runRawTracepoint(program.descriptor, []), 2);
  });
});

const span = { start: 3, end: 5, line: 2 };

const refusals: readonly (readonly [string, string, readonly PlacedInstruction[]])[] = [
  [
    "R2 invalid mem access",
    "EACCES",
    [
      ...place([move(2, 0)]),
      { instruction: { op: "load", into: 0, base: 2, offset: 0, size: 8 }, span },
      ...place([exit]),
    ],
  ],
  [
    "unreachable insn 1",
    "EINVAL",
    [...place([exit]), { instruction: move(0, 0), span }, ...place([exit])],
  ],
  [
    "infinite loop detected",
    "EINVAL",
    [
      ...place([move(0, 0), label("again")]),
      { instruction: jumpIf(0, "==", 0, "again"), span },
      ...place([exit]),
    ],
  ],
];

for (const [objection, code, instructions] of refusals) {
  test(`a refusal names the source of the instruction and keeps the log: ${objection}`, () => {
    isBalanced(() => {
      using maps = LoadedMaps.create([]);
      const bad = rawTracepoint({ name: "entry", role: "entry", instructions });
      assert.throws(
        () => loadProgram(bad, maps),
        (error) => {
          assert.ok(error instanceof VerifierError);
          assert.equal(error.code, code);
          assert.equal(error.span, span);
          assert.ok(error.log.includes(objection), error.log);
          return true;
        },
      );
    });
  });
}

test("a raw tracepoint counts this process's own calls exactly, and leaves nothing behind", async () => {
  const left = { program: 0, link: 0 };
  isBalanced(() => {
    using maps = LoadedMaps.create([
      map({ name: "words", type: "array", maxEntries: 1, flags: ["mappable"] }),
    ]);
    using memory = mapArray(maps.get("words").descriptor, 8, 1);
    const getppid = process.arch === "arm64" ? 173 : 110;
    using program = loadProgram(
      rawTracepoint(
        entry(
          { op: "load", into: 6, base: 1, offset: 8, size: 8 },
          {
            op: "jump-if",
            comparison: "!=",
            width: 64,
            left: 6,
            right: immediate(getppid),
            target: "out",
          },
          { op: "call-helper", helper: "bpf_get_current_pid_tgid" },
          { op: "alu", operator: ">>", width: 64, into: 0, by: immediate(32) },
          {
            op: "jump-if",
            comparison: "!=",
            width: 64,
            left: 0,
            right: immediate(process.pid),
            target: "out",
          },
          { op: "load-map-value", into: 1, map: "words", offset: 0 },
          { op: "move", width: 64, into: 2, from: immediate(1) },
          { op: "atomic", operation: "+", fetch: false, size: 8, base: 1, offset: 0, from: 2 },
          { op: "label", label: "out" },
          { op: "move", width: 64, into: 0, from: immediate(0) },
          exit,
        ),
      ),
      maps,
    );
    using link = openRawTracepoint(program.descriptor, "sys_enter", 0n);
    left.program = objectId(program.descriptor);
    left.link = objectId(link);
    assert.ok(listIds("program").includes(left.program));
    for (let call = 0; call < 1234; call += 1) assert.ok(process.ppid > 0);
    assert.equal(new BigInt64Array(memory.view)[0], 1234n);
  });
  assert.ok(await goneFromKernel(left.program));
  assert.ok(!listIds("link").includes(left.link));
});
