import assert from "node:assert/strict";
import { test } from "node:test";
import { RecordView } from "../../src/consumer/records/record-view.ts";
import { RingCursor } from "../../src/consumer/records/ring-cursor.ts";
import { runRawTracepoint } from "../../src/kernel/bpf-syscall.ts";
import { LoadedMaps, loadProgram } from "../../src/kernel/load.ts";
import { RingMemory } from "../../src/kernel/memory.ts";
import {
  call,
  copy,
  entry,
  exit,
  isBalanced,
  jumpIf,
  label,
  load,
  map,
  move,
  rawTracepoint,
  store,
} from "./blueprints.ts";

const ringSize = 4_096;
/** With its header no divisor of the ring's size: records wrap at ever new places. */
const recordSize = 40;
const perRing = Math.floor(ringSize / (recordSize + 8));

const ring = map({
  name: "ring",
  type: "ring-buffer",
  keySize: 0,
  valueSize: 0,
  maxEntries: ringSize,
});

/** Writes its first argument at both ends of a record; discards it if the second is not 0. */
const writer = rawTracepoint(
  entry(
    load(6, 1, 0),
    load(7, 1, 8),
    { op: "load-map", into: 1, map: "ring" },
    move(2, recordSize),
    move(3, 0),
    call("bpf_ringbuf_reserve"),
    jumpIf(0, "==", 0, "full"),
    store(0, 0, 6),
    store(0, recordSize - 8, 6),
    copy(1, 0),
    move(2, 1),
    jumpIf(7, "!=", 0, "discard"),
    call("bpf_ringbuf_submit"),
    move(0, 0),
    exit,
    label("discard"),
    call("bpf_ringbuf_discard"),
    move(0, 0),
    exit,
    label("full"),
    move(0, 1),
    exit,
  ),
);

interface Ring {
  readonly cursor: RingCursor;
  /** False where the ring is full. */
  write(value: number, discard?: "discard"): boolean;
  /** Takes what is there. */
  read(): readonly number[];
}

function withRing(use: (ring: Ring) => void): void {
  isBalanced(() => {
    using maps = LoadedMaps.create([ring]);
    using memory = new RingMemory(maps.get("ring").descriptor, ringSize);
    using program = loadProgram(writer, maps);
    const cursor = new RingCursor(0, memory);
    const view = new RecordView();
    use({
      cursor,
      write: (value, discard) =>
        runRawTracepoint(program.descriptor, [BigInt(value), discard ? 1n : 0n]) === 0,
      read() {
        const values: number[] = [];
        while (cursor.peek(view) === "record") {
          assert.equal(view.length, recordSize);
          assert.equal(view.unsigned32(recordSize - 8), view.unsigned32(0));
          values.push(view.unsigned32(0));
          cursor.take();
        }
        cursor.release();
        return values;
      },
    });
  });
}

const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

test("every record arrives once and in order, wherever it wraps", () => {
  withRing(({ write, read }) => {
    const all: number[] = [];
    for (let value = 0; value < 10_000; value += 1) {
      assert.ok(write(value));
      if (value % 37 === 0) all.push(...read());
    }
    all.push(...read());
    assert.deepEqual(all, numbers(0, 10_000));
  });
});

test("discarded records are stepped over, the last one too", () => {
  withRing(({ cursor, write, read }) => {
    for (const value of numbers(0, 60)) write(value, value % 3 === 2 ? "discard" : undefined);
    assert.deepEqual(
      read(),
      numbers(0, 60).filter((value) => value % 3 !== 2),
    );
    assert.equal(cursor.unread, 0);
  });
});

test("a full ring refuses records until room is given back", () => {
  withRing(({ write, read }) => {
    const taken = numbers(0, 200).filter((value) => write(value));
    assert.deepEqual(taken, numbers(0, perRing));
    assert.deepEqual(read(), taken);
    assert.ok(write(1_000));
    assert.deepEqual(read(), [1_000]);
  });
});

test("nothing is given back while records are only looked at", () => {
  withRing(({ cursor, write }) => {
    const taken = numbers(0, 200).filter((value) => write(value));
    const view = new RecordView();
    assert.equal(cursor.peek(view), "record");
    assert.equal(cursor.peek(view), "record");
    assert.equal(view.unsigned32(0), taken[0]);
    assert.equal(write(1_000), false);
  });
});
