import assert from "node:assert/strict";
import { test } from "node:test";
import { capturedPacket, captureFileHeader } from "./capture.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("a file begins with its magic number, version, limit and link type", () => {
  assert.equal(
    hex(captureFileHeader(101, 2048)),
    "4d3cb2a1" + "0200" + "0400" + "00000000" + "00000000" + "00080000" + "65000000",
  );
});

test("a packet has its time, what was kept and how long it was", () => {
  const packet = {
    time: 1_700_000_000_123_456_789n,
    length: 1500,
    protocol: 101,
    bytes: Uint8Array.of(0x45, 0x00, 0xff),
  };
  assert.equal(
    hex(capturedPacket(packet)),
    "00f15365" + "15cd5b07" + "03000000" + "dc050000" + "4500ff",
  );
});
