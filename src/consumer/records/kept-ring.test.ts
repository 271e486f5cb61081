import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordSource } from "./drain.ts";
import { KeptRing } from "./kept-ring.ts";
import { memoryOf, RecordView } from "./record-view.ts";

/** Records of 16 bytes whose EPIDs count up. */
function sourceOf(count: number): RecordSource {
  let next = 1;
  return {
    cpu: 3,
    peek(view) {
      if (next > count) return "empty";
      view.moveTo(memoryOf(new Uint32Array([next, 0, 0, 0]).buffer), 0, 16);
      return "record";
    },
    take: () => {
      next += 1;
    },
    release: () => {},
    followingEpid: () => 0,
  };
}

function epidsOf(ring: KeptRing): readonly number[] {
  const view = new RecordView();
  const epids: number[] = [];
  while (ring.peek(view) === "record") {
    epids.push(view.epid);
    ring.take();
  }
  return epids;
}

const chargeOf = () => 16;

test("ring: the newest records that fit are kept", () => {
  const ring = new KeptRing(sourceOf(10), { policy: "ring", capacity: 48, chargeOf });
  ring.absorb();
  assert.equal(ring.followingEpid(), 9);
  assert.deepEqual(epidsOf(ring), [8, 9, 10]);
});

test("ring: many records pass through a small one", () => {
  const ring = new KeptRing(sourceOf(5000), { policy: "ring", capacity: 32, chargeOf });
  ring.absorb();
  assert.deepEqual(epidsOf(ring), [4999, 5000]);
});

test("fill: the oldest records that fit are kept, and those that are free", () => {
  const ring = new KeptRing(sourceOf(10), {
    policy: "fill",
    capacity: 40,
    chargeOf: (epid) => (epid === 9 ? 0 : 16),
  });
  ring.absorb();
  assert.equal(ring.isFilled, true);
  assert.deepEqual(epidsOf(ring), [1, 2, 9]);
});

test("fill: a buffer that is just full is not filled", () => {
  const ring = new KeptRing(sourceOf(3), { policy: "fill", capacity: 48, chargeOf });
  ring.absorb();
  assert.equal(ring.isFilled, false);
  assert.deepEqual(epidsOf(ring), [1, 2, 3]);
});
