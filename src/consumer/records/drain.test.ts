import assert from "node:assert/strict";
import { test } from "node:test";
import { type DrainLimits, drainRecords, RingHead } from "./drain.ts";
import { RecordView } from "./record-view.ts";
import { type MappedRing, RingCursor } from "./ring-cursor.ts";

const size = 4096;
const all = Number.POSITIVE_INFINITY;

/** A ring as the kernel would fill it: each record is an EPID and a time. */
class FakeRing {
  readonly ring: MappedRing;
  readonly cursor: RingCursor;
  readonly #once = new ArrayBuffer(size * 2);
  #position: bigint;

  constructor(cpu: number, position = 0n) {
    this.#position = position;
    this.ring = {
      consumer: new BigInt64Array([position]).buffer,
      producer: new BigInt64Array([position]).buffer,
      data: this.#once,
      size,
    };
    this.cursor = new RingCursor(cpu, this.ring);
  }

  /** Gives the header, to be marked ready where the record was left busy. */
  write(epid: number, time: number, flags = 0): Uint32Array {
    const start = Number(this.#position) & (size - 1);
    const words = new Uint32Array(this.#once);
    const header = (16 | flags) >>> 0;
    for (const at of [start, start + size]) {
      words.set([header, 0, epid, 0, time, 0].slice(0, (size * 2 - at) / 4), at / 4);
    }
    // The second half of a record that wraps is seen through the second mapping as well.
    words.copyWithin(0, size / 4, size / 4 + Math.max(0, start + 24 - size) / 4);
    this.#position += 24n;
    new BigInt64Array(this.ring.producer)[0] = this.#position;
    return words.subarray(start / 4, start / 4 + 1);
  }

  get consumed(): bigint {
    return new BigInt64Array(this.ring.consumer)[0] ?? -1n;
  }
}

function drain(
  rings: readonly FakeRing[],
  limits: Pick<DrainLimits, "before" | "order"> & Partial<DrainLimits>,
): readonly string[] {
  const seen: string[] = [];
  const heads = rings.map(({ cursor }) => new RingHead(cursor, new RecordView()));
  drainRecords(heads, { most: all, onCpu: () => seen.push("cpu"), ...limits }, (record) => {
    seen.push(`${record.cpu}:${record.epid}@${record.timestamp}`);
  });
  return seen;
}

test("records of several rings come in time order", () => {
  const [first, second] = [new FakeRing(0), new FakeRing(1)];
  for (const time of [1, 2, 6]) first.write(1, time);
  for (const time of [3, 4, 5, 7]) second.write(2, time);
  assert.deepEqual(drain([first, second], { before: all, order: "time" }), [
    "0:1@1",
    "0:1@2",
    "1:2@3",
    "1:2@4",
    "1:2@5",
    "0:1@6",
    "1:2@7",
  ]);
});

test("without time order each CPU's records come together", () => {
  const [first, second] = [new FakeRing(0), new FakeRing(1)];
  first.write(1, 9);
  second.write(2, 1);
  assert.deepEqual(drain([first, second], { before: all, order: "cpu" }), [
    "cpu",
    "0:1@9",
    "cpu",
    "1:2@1",
  ]);
});

test("a limited drain goes on where it stopped", () => {
  const ring = new FakeRing(0);
  for (const time of [1, 2, 3]) ring.write(1, time);
  assert.deepEqual(drain([ring], { before: all, order: "time", most: 2 }), ["0:1@1", "0:1@2"]);
  assert.deepEqual(drain([ring], { before: all, order: "time", most: 2 }), ["0:1@3"]);
});

test("records younger than the watermark stay", () => {
  const ring = new FakeRing(0);
  for (const time of [1, 2, 3]) ring.write(1, time);
  assert.deepEqual(drain([ring], { before: 3, order: "time" }), ["0:1@1", "0:1@2"]);
  assert.deepEqual(drain([ring], { before: all, order: "time" }), ["0:1@3"]);
});

test("a record still being written holds back what may be younger, on every CPU", () => {
  const [first, second] = [new FakeRing(0), new FakeRing(1)];
  const busy = first.write(1, 5, 0x8000_0000);
  second.write(2, 6);
  assert.deepEqual(drain([first, second], { before: all, order: "time" }), []);
  busy[0] = 16;
  assert.deepEqual(drain([first, second], { before: all, order: "time" }), ["0:1@5", "1:2@6"]);
});

test("discarded records are stepped over and their room given back", () => {
  const ring = new FakeRing(0);
  ring.write(1, 1, 0x4000_0000);
  ring.write(2, 2);
  assert.deepEqual(drain([ring], { before: all, order: "time" }), ["0:2@2"]);
  assert.equal(ring.consumed, 48n);
});

test("positions go on past 2^32 and past the end of the data", () => {
  const ring = new FakeRing(0, 2n ** 32n - 24n * 3n);
  const expected: string[] = [];
  for (let time = 0; time < 400; time++) {
    ring.write(1, time);
    expected.push(`0:1@${time}`);
    if (time % 100 !== 99) continue;
    assert.deepEqual(drain([ring], { before: all, order: "time" }), expected.splice(0));
  }
  assert.equal(ring.consumed, 2n ** 32n - 72n + 400n * 24n);
});

test("the record after the oldest can be looked at", () => {
  const ring = new FakeRing(0);
  ring.write(1, 1);
  const view = new RecordView();
  ring.cursor.peek(view);
  assert.equal(ring.cursor.followingEpid(), 0);
  ring.write(2, 2);
  assert.equal(ring.cursor.followingEpid(), 2);
});
